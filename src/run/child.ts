import type { ChildProcess } from 'node:child_process'
import { bytesOf } from '../base/bytes.js'
import { reasonFor } from '../base/error.js'
import type { ChildOutcome, Environment } from '../base/tool.js'
import { builtin } from './builtin.js'

/** A program to start. */
export interface ChildSpec {
  readonly path: string
  /** Arguments, with the name it is called by at their head. */
  readonly argv: readonly string[]
  readonly env: Environment
  readonly cwd: string
  /** This process's descriptor behind each of the child's; it has no others. */
  readonly descriptors: ReadonlyMap<number, number>
  /** Of the first three, those that are closed. */
  readonly closed: readonly number[]
}

/** How a program ended; `failure` says why it could not be started. */
export type ChildEnd = ChildOutcome & { readonly failure?: string }

/** A started program. The descriptors it was given may be closed here at once. */
export interface Child {
  readonly pid: number | undefined
  readonly ended: Promise<ChildEnd>
  kill(signal: NodeJS.Signals): void
}

export function startChild(program: ChildSpec): Child {
  const exact = program.argv.every((argument) => argument.isWellFormed()) ? program : encoding(program)
  const spec = exact.closed.length > 0 ? closing(exact) : exact
  const [argv0 = spec.path, ...args] = spec.argv
  const highest = Math.max(2, ...spec.descriptors.keys())
  const stdio = Array.from({ length: highest + 1 }, (_, fd) => spec.descriptors.get(fd) ?? 'ignore')
  try {
    const child = builtin
      .childProcess()
      .spawn(spec.path, args, { argv0, cwd: spec.cwd, env: spec.env, stdio })
    return { pid: child.pid, ended: endOf(child, spec), kill: (signal) => child.kill(signal) }
  } catch (error) {
    return { pid: undefined, ended: Promise.resolve(startFailure(spec, error)), kill: () => undefined }
  }
}

/** Node opens /dev/null where a standard stream is missing, so a shell closes it. */
function closing(spec: ChildSpec): ChildSpec {
  const script = `exec "$@" ${spec.closed.map((number) => `${number}<&-`).join(' ')}`
  return { ...spec, path: '/bin/sh', argv: ['sh', '-c', script, 'sh', spec.path, ...spec.argv.slice(1)] }
}

/** Node passes on text alone, so a shell makes the bytes of each argument; the dot keeps newlines at an end. */
function encoding(spec: ChildSpec): ChildSpec {
  const script = 'for each do exact=$(printf %b. "$each"); set -- "$@" "${exact%.}"; shift; done; exec "$@"'
  const escaped = [spec.path, ...spec.argv.slice(1)].map((argument) =>
    [...bytesOf(argument)].map((byte) => `\\0${byte.toString(8)}`).join(''),
  )
  return { ...spec, path: '/bin/sh', argv: ['sh', '-c', script, 'sh', ...escaped] }
}

function endOf(child: ChildProcess, spec: ChildSpec): Promise<ChildEnd> {
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(startFailure(spec, error)))
    child.on('exit', (code, signal) => {
      if (signal === null) resolve({ code: code ?? 0 })
      else resolve({ code: 128 + builtin.os().constants.signals[signal], signal })
    })
  })
}

/** 127 when there is no such program, 126 when there is but it does not start. POSIX.1-2017 XCU 2.8.2. */
function startFailure({ path }: ChildSpec, error: unknown): ChildEnd {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'EIO'
  return { code: code === 'ENOENT' ? 127 : 126, failure: `${path}: ${reasonFor(code)}` }
}
