import { dirname, resolve } from 'node:path'
import { UsageError } from '../base/error.js'
import { positionAt } from '../base/span.js'
import { compile } from '../compile.js'
import { type Place, lookUp } from '../lookup.js'
import { readFileArguments } from '../plan/parameters.js'
import { renderDescription } from '../render/help.js'
import { renderDiagnostics } from '../report/diagnostics.js'
import { renderFailures } from '../report/outcome.js'
import { bytesSource, callbackSink } from '../run/buffered.js'
import { inputDescriptor, inputSource, outputSink } from '../run/ends.js'
import { runBeside } from '../run/index.js'
import { openFile } from '../run/redirect.js'
import { type Parsed, wordText } from '../syntax/index.js'
import type { Example, Word } from '../syntax/tree.js'
import { writeOut } from './write-out.js'
import { fileSpec, parseSpec, type Spec } from './spec.js'

/** What an example wrote and how it ended. */
interface Result {
  readonly lines: readonly string[]
  readonly code: number
  readonly stderr: string
}

/** Runs a file's examples, each in the file's folder, and tells how each went. Gives the exit code. */
export async function testFile(path: string): Promise<number> {
  const spec = fileSpec(path, [])
  const parsed = parseSpec(spec)
  if (parsed.diagnostics.length > 0) {
    process.stderr.write(renderDiagnostics(parsed.diagnostics, spec.source))
    return 2
  }
  let failures = 0
  for (const example of parsed.script.examples) {
    const difference = compare(example, await runExample(example, parsed, spec))
    const { line } = positionAt(spec.source.text, example.span.start)
    const title = `${path}:${line}: ${example.arguments.map(textOf).join(' ')}`.trimEnd()
    writeOut(`${difference === undefined ? 'ok' : 'FAILED'} ${title}\n${difference ?? ''}`)
    if (difference !== undefined) failures++
  }
  const count = parsed.script.examples.length
  writeOut(`${count - failures} passed, ${failures} failed\n`)
  return failures === 0 ? 0 : 1
}

async function runExample(example: Example, parsed: Parsed, { source }: Spec): Promise<Result> {
  const place: Place = { env: process.env, cwd: resolve(dirname(source.name)) }
  const argv = example.arguments.map(textOf)
  try {
    const given = readFileArguments(parsed.script, argv)
    if (given.kind === 'help') throw new UsageError('an example cannot ask for --help')
    const { values: parameters, positional } = given
    const compiled = await compile(source, parsed, { ...place, name: source.name, positional, parameters })
    const { diagnostics, optimised } = compiled
    if (diagnostics.length > 0) return { lines: [], code: 2, stderr: renderDiagnostics(diagnostics, source) }
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    const run = runBeside(
      optimised.list,
      { ...place, lookUp: (words) => lookUp(words, place), describe: renderDescription },
      (host) => ({
        stdin:
          example.stdin?.operator === '<'
            ? inputDescriptor(host, openFile(host, textOf(example.stdin.target), 'r'), true)
            : inputSource(
                bytesSource(
                  Buffer.from(example.stdin === undefined ? '' : `${textOf(example.stdin.target)}\n`),
                ),
              ),
        stdout: outputSink(callbackSink((bytes) => void stdout.push(Buffer.from(bytes)))),
        stderr: outputSink(callbackSink((bytes) => void stderr.push(Buffer.from(bytes)))),
        env: place.env,
      }),
    )
    const { status, ended } = await run.result
    const text = Buffer.concat(stdout).toString()
    const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n')
    return { lines, code: status.code, stderr: Buffer.concat(stderr).toString() + renderFailures(ended) }
  } catch (error) {
    if (error instanceof UsageError) return { lines: [], code: 2, stderr: `${error.message}\n` }
    throw error
  }
}

/** How a result differs from what the example says, for people; undefined when it does not. */
function compare({ expected }: Example, { lines, code, stderr }: Result): string | undefined {
  const wanted = expected.flatMap((expectation) =>
    expectation.kind === 'expected-line' ? [textOf(expectation.line)] : [],
  )
  const exits = expected.flatMap((expectation) =>
    expectation.kind === 'expected-exit' ? [expectation.code] : [],
  )
  const wantedCode = exits.at(-1) ?? 0
  const differences = [
    ...(wantedCode === code ? [] : [`  exit ${code}, expected ${wantedCode}`]),
    ...Array.from({ length: Math.max(wanted.length, lines.length) }, (_, index) =>
      difference(wanted[index], lines[index]),
    ),
  ].filter((line) => line !== undefined)
  if (differences.length === 0) return undefined
  return `${differences.join('\n')}\n${stderr}`
}

function difference(wanted: string | undefined, got: string | undefined): string | undefined {
  if (wanted === got) return undefined
  if (got === undefined) return `  - ${String(wanted)}`
  return wanted === undefined ? `  + ${got}` : `  - ${wanted}\n  + ${got}`
}

/** An example's words are static: the parser refuses others. */
function textOf(word: Word): string {
  return wordText(word)?.text ?? ''
}
