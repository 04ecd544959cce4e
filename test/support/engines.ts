import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { compile } from '../../src/compile.js'
import { type Place, lookUp } from '../../src/lookup.js'
import { renderDescription } from '../../src/render/help.js'
import { renderDiagnostics } from '../../src/report/diagnostics.js'
import { bytesSource, callbackSink } from '../../src/run/buffered.js'
import { inputSource, outputSink } from '../../src/run/ends.js'
import { runBeside } from '../../src/run/index.js'
import type { StageEnd } from '../../src/run/run.js'
import { ruleNames } from '../../src/optimise/rules/index.js'
import { parse } from '../../src/syntax/index.js'
import { thisMachine } from '../../src/machine.js'
import { startThread } from '../../src/threads.js'
import { toolNames } from '../../src/tools/index.js'

export const shim = resolve(import.meta.dirname, '../../bin/sluice.cjs')
/** Made by `npm run build:standalone`, of the sources as they were then. */
export const executable = resolve(import.meta.dirname, '../../build/sluice')

export interface SpecRun {
  readonly spec: string
  readonly stdin: Uint8Array
  readonly cwd: string
}

export interface SpecResult {
  readonly stdout: Buffer
  readonly stderr: string
  readonly exit: number
}

/** Every way a spec can run. Law 1: what it writes and how it ends is the same in all of them. */
export const engines = {
  /** In this process, optimised, with batches of the usual size. */
  fused: (run: SpecRun) => runHere(run, {}),
  /** In this process, as written, with batches cut after one byte. */
  unfused: (run: SpecRun) => runHere(run, { readSize: 1, without: ruleNames }),
  /** In this process, optimised, with so little memory that all that is held is spilled. */
  spilling: (run: SpecRun) => runHere(run, { memoryBudget: 2000 }),
  /** In this process, with two threads at work on the files that it reads, however small. */
  'two threads': (run: SpecRun) => runHere(run, { threads: 2, chunkSize: 512 }),
  /** As the command runs it: alone in its process. */
  command: (run: SpecRun) => runProgram(process.execPath, [shim, '-c', run.spec], run),
  /** As the command runs it when it is to leave the plan as it is. */
  'command, as written': (run: SpecRun) =>
    runProgram(process.execPath, [shim, '--no-optimise', '-c', run.spec], run),
  /** The one executable that needs no Node. */
  standalone: (run: SpecRun) => runProgram(executable, ['-c', run.spec], run),
  /** A process a stage. */
  processes: (run: SpecRun) =>
    runProgram(process.execPath, [shim, '--engine', 'processes', '-c', run.spec], run),
  /** Real bash, with our tools under their short names. */
  'bash with our tools': (run: SpecRun) => runBash(run, linkedTools()),
} satisfies Record<string, (run: SpecRun) => SpecResult | Promise<SpecResult>>

/** Real bash with the real tools. */
export function runRealBash(run: SpecRun): SpecResult {
  return runBash(run, undefined)
}

export interface RunOptions {
  readonly readSize?: number
  readonly memoryBudget?: number
  /** The rules that are switched off. */
  readonly without?: readonly string[]
  /** Work on files of any size with so many threads, all of which take part. */
  readonly threads?: number
  /** Bytes of a file that a thread takes at a time. */
  readonly chunkSize?: number
  /** How threads are started, where that is not the usual way. */
  readonly startThread?: typeof startThread
  /** Measures what each stage reads, writes and takes. */
  readonly measures?: boolean
}

/** How a spec ran in this process. */
export interface HereResult extends SpecResult {
  readonly ended: readonly StageEnd[]
  /** The optimiser's rules that fired. */
  readonly rules: readonly string[]
  /** Whether it was not started, because of findings. */
  readonly refused: boolean
}

/** Runs a spec in this process. */
export async function runHere(
  { spec, stdin, cwd }: SpecRun,
  { without = [], threads = 1, ...options }: RunOptions,
): Promise<HereResult> {
  const { PATH = '' } = process.env
  const place: Place = { env: { PATH, LC_ALL: 'C' }, cwd }
  const source = { name: '-c', text: spec }
  const compiled = await compile(source, parse(source, { declarations: false }), {
    ...place,
    name: 'sluice',
    positional: [],
    optimise: {
      without: new Set(without),
      machine: { ...thisMachine(place, threads), leastDivided: 0 },
    },
  })
  if (compiled.diagnostics.length > 0)
    return {
      stdout: Buffer.alloc(0),
      stderr: renderDiagnostics(compiled.diagnostics, source),
      exit: 2,
      ended: [],
      rules: [],
      refused: true,
    }
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  const { result } = runBeside(
    compiled.optimised.list,
    {
      ...place,
      lookUp: (argv) => lookUp(argv, place),
      describe: renderDescription,
      startThread,
      othersFirst: true,
      ...options,
    },
    () => ({
      stdin: inputSource(bytesSource(stdin, options.readSize)),
      stdout: outputSink(callbackSink((bytes) => void stdout.push(Buffer.from(bytes)))),
      stderr: outputSink(callbackSink((bytes) => void stderr.push(Buffer.from(bytes)))),
      env: place.env,
    }),
  )
  const { status, ended } = await result
  return {
    stdout: Buffer.concat(stdout),
    stderr: Buffer.concat(stderr).toString(),
    exit: status.code,
    ended,
    rules: [...new Set(compiled.optimised.fired.map(({ rule }) => rule.name))],
    refused: false,
  }
}

function runProgram(
  path: string,
  args: readonly string[],
  { stdin, cwd }: SpecRun,
  env: Record<string, string> = {},
): SpecResult {
  const { PATH = '' } = process.env
  const result = spawnSync(path, args, {
    cwd,
    input: stdin,
    env: { PATH, LC_ALL: 'C', ...env },
    maxBuffer: 1 << 30,
    timeout: 20_000,
  })
  if (result.error !== undefined) throw result.error
  return { stdout: result.stdout, stderr: result.stderr.toString(), exit: result.status ?? 255 }
}

function runBash(run: SpecRun, tools: string | undefined): SpecResult {
  const { PATH = '' } = process.env
  const path = tools === undefined ? PATH : `${tools}:${PATH}`
  // echo, printf, true and false are bash's own unless they are switched off.
  const spec = `enable -n echo printf true false; set -o pipefail; ${run.spec}`
  return runProgram('bash', ['--norc', '-c', spec], run, { PATH: path })
}

let links: string | undefined

/** A folder of links to our tools, made once for the whole test run. */
export function linkedTools(): string {
  if (links === undefined) {
    links = mkdtempSync(join(tmpdir(), 'sluice-links-'))
    const folder = links
    for (const name of toolNames) symlinkSync(shim, join(folder, name))
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  }
  return links
}

/** Runs `use` in a new folder with the given files. */
export async function withFiles<Result>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (cwd: string) => Result | Promise<Result>,
): Promise<Result> {
  const cwd = mkdtempSync(join(tmpdir(), 'sluice-test-'))
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, name)), { recursive: true })
      writeFileSync(join(cwd, name), content)
    }
    return await use(cwd)
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
}
