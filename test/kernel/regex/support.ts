import { spawnSync, type SpawnSyncReturns } from 'node:child_process'
import fc from 'fast-check'
import { allocate, copyIn, release, wordsAt } from '../../../src/kernel/index.js'
import { compileRegex, type Regex, type RegexOptions } from '../../../src/kernel/regex/index.js'

/** Runs a real tool. A generated pattern for which that takes too long, because it backtracks, is passed over. */
function runReal(name: string, argv: readonly string[], lines: readonly string[]): SpawnSyncReturns<Buffer> {
  const env = { ...process.env, LC_ALL: 'C' }
  const result = spawnSync(name, argv, { env, input: joined(lines), timeout: 3000 })
  fc.pre(result.signal === null)
  return result
}

/** Patterns and texts are Latin-1 here: a character is a byte. */
export function compile(pattern: string, options: RegexOptions): Regex {
  return compileRegex([Buffer.from(pattern, 'latin1')], options)
}

function joined(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1')
}

/** Calls `use` with the bytes as a batch in kernel memory. */
export function withBatch<Result>(bytes: Buffer, use: (batch: Buffer) => Result): Result {
  const batch = copyIn(bytes)
  try {
    return use(batch)
  } finally {
    release(batch.byteOffset)
  }
}

/** The lines that the patterns select, by index. */
export function selectedLines(regex: Regex, lines: readonly string[], invert = false): number[] {
  return withBatch(joined(lines), (batch) => {
    const spans = wordsAt(allocate(lines.length * 8 + 8), lines.length * 2)
    const text = { batch, from: 0, to: batch.length }
    const { count } = regex.select(text, { kind: 'list', spans }, { invert })
    const starts = new Map<number, number>()
    let at = 0
    lines.forEach((line, index) => {
      starts.set(at, index)
      at += line.length + 1
    })
    const selected = Array.from({ length: count }, (_, index) => starts.get(spans[index * 2] ?? -1) ?? -1)
    release(spans.byteOffset)
    return selected
  })
}

/** What real grep selects, by index, or its message when it refuses the pattern. */
export function grepLines(
  options: readonly string[],
  pattern: string,
  lines: readonly string[],
): number[] | string {
  const result = runReal('grep', ['-an', ...options, '-e', pattern], lines)
  if (result.status === 2)
    return (
      result.stderr
        .toString('latin1')
        .split('\n')[0]
        ?.replace(/^grep: /, '') ?? ''
    )
  return numbered(result.stdout).map(([line]) => line - 1)
}

/** What `grep -o` prints, as pairs of line index and text. */
export function grepMatches(
  options: readonly string[],
  pattern: string,
  lines: readonly string[],
): [number, string][] {
  const result = runReal('grep', ['-ano', ...options, '-e', pattern], lines)
  return numbered(result.stdout).map(([line, text]) => [line - 1, text])
}

function numbered(output: Buffer): [number, string][] {
  return output
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => [parseInt(line, 10), line.slice(line.indexOf(':') + 1)])
}

/** What `grep -o` would print: all matches that are not empty. */
export function ownMatches(regex: Regex, lines: readonly string[]): [number, string][] {
  const spans = new Int32Array(2)
  return lines.flatMap((line, index) =>
    withBatch(Buffer.from(`${line}\n`, 'latin1'), (batch) => {
      const found: [number, string][] = []
      for (let at = 0; at <= line.length;) {
        if (!regex.exec({ batch, from: 0, to: line.length }, at, spans)) break
        const [start = 0, end = 0] = spans
        if (end > start) found.push([index, line.slice(start, end)])
        at = Math.max(end, start + 1)
      }
      return found
    }),
  )
}

const delimiter = '\x01'

/** Each line with its matches marked by real sed: `<match|group 1|…>`; a message when sed refuses the pattern. */
export function sedMarks(
  options: readonly string[],
  pattern: string,
  groups: number,
  flags: string,
  lines: readonly string[],
): string[] | string {
  const references = Array.from({ length: groups }, (_, index) => `|\\${index + 1}`).join('')
  const script = ['s', pattern, `<&${references}>`, flags].join(delimiter)
  const result = runReal('sed', [...options, script], lines)
  if (result.status !== 0) {
    return result.stderr
      .toString('latin1')
      .trim()
      .replace(/^sed: (-e expression #1, char \d+: )?/, '')
  }
  return result.stdout.toString('latin1').split('\n').slice(0, -1)
}

/** The same marks by our engine, walking as sed's `s///g` does. */
export function ownMarks(regex: Regex, groups: number, flags: string, lines: readonly string[]): string[] {
  const spans = new Int32Array(groups * 2 + 2)
  return lines.map((line) =>
    withBatch(Buffer.from(`${line}\n`, 'latin1'), (batch) => {
      let result = ''
      let at = 0
      let previousEnd = -1
      while (at <= line.length && regex.exec({ batch, from: 0, to: line.length }, at, spans)) {
        const [start = 0, end = 0] = spans
        result += line.slice(at, start)
        at = end
        if (start < end || start !== previousEnd) {
          const parts = Array.from({ length: groups + 1 }, (_, group) =>
            line.slice(Math.max(spans[group * 2] ?? 0, 0), Math.max(spans[group * 2 + 1] ?? 0, 0)),
          )
          result += `<${parts.join('|')}>`
          previousEnd = end
          if (!flags.includes('g')) break
        }
        if (start === end) {
          result += line.slice(at, at + 1)
          at++
        }
      }
      return result + line.slice(at)
    }),
  )
}
