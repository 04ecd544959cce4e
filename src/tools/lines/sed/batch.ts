import { copyIn, GrowingBytes, kernel, release } from '../../../kernel/index.js'
import type { Patterns } from './patterns.js'
import type { Command, Selector } from './program.js'
import type { Settings } from './settings.js'
import { createSubstituter } from './substitute.js'

/** A program that treats each line by itself and the same way: it runs on many lines at once. */
export interface BatchProgram {
  /** What is to be printed of whole lines behind so many others: they themselves, or bytes that are good until the next call. */
  run(lines: Buffer, linesBefore: number): Buffer
  free(): void
}

/** Maps whole lines to whole lines; the result may lie in `out`. */
interface Step {
  apply(lines: Buffer, out: GrowingBytes, linesBefore: number): Buffer
  free(): void
}

/** Undefined when the program needs to look at one line after the other. */
export function createBatchProgram(settings: Settings, patterns: Patterns): BatchProgram | undefined {
  const { commands } = settings.program
  const steps: Step[] = []
  const buffers = [new GrowingBytes(), new GrowingBytes()] as const
  for (const [index, command] of commands.entries()) {
    const step = stepFor(command, index === 0, index === commands.length - 1, settings, patterns)
    if (step === undefined) {
      free()
      return undefined
    }
    steps.push(step)
  }
  const isPrinted = !settings.isQuiet || commands.at(-1)?.name === 'p'
  if (steps.length === 0 || !isPrinted) {
    free()
    return undefined
  }
  return { run, free }

  function run(lines: Buffer, linesBefore: number): Buffer {
    let current = lines
    let [out, other] = buffers
    for (const step of steps) {
      out.clear()
      if (current.length === 0) break
      const applied = step.apply(current, out, linesBefore)
      // A step that changed nothing leaves the lines where they are.
      if (applied !== current) [out, other] = [other, out]
      current = applied
    }
    return current
  }

  function free(): void {
    for (const step of steps) step.free()
    for (const buffer of buffers) buffer.free()
  }
}

function stepFor(
  command: Command,
  isFirst: boolean,
  isLast: boolean,
  { isQuiet, delimiter }: Settings,
  patterns: Patterns,
): Step | undefined {
  const { selector, isNegated } = command
  if (selector === undefined) {
    if (isNegated || (isQuiet && !isLast)) return undefined
    if (isQuiet) return undefined
    if (command.name === 's') return substituteStep(command, delimiter, patterns)
    return command.name === 'y' ? translateStep(command.table, delimiter) : undefined
  }
  const isKept = command.name === 'p' && isQuiet && isLast
  if (!isKept && (command.name !== 'd' || isQuiet)) return undefined
  const invert = isKept === isNegated
  const range = lineRange(selector)
  // Behind other steps, lines may be gone.
  if (range !== undefined) return isFirst ? rangeStep(range, invert, delimiter) : undefined
  const { from, to } = selector
  if (to !== undefined || from.kind !== 'pattern' || patterns.cursor(from.pattern) === undefined)
    return undefined
  const regex = patterns.resolve(from.pattern)
  return {
    apply(lines, out) {
      const address = out.reserve(lines.length + 1)
      const text = { batch: lines, from: 0, to: lines.length }
      out.advance(regex.select(text, { kind: 'copy', address }, { invert }).written)
      return out.length === lines.length ? lines : out.bytes
    },
    free: () => undefined,
  }
}

/** Lines counted from 1. */
interface LineRange {
  readonly first: number
  readonly last: number
}

/** A range ends with its first line where that is not before its last one. */
function lineRange({ from, to = from }: Selector): LineRange | undefined {
  if (from.kind !== 'line' || to.kind !== 'line') return undefined
  return { first: from.number, last: Math.max(from.number, to.number) }
}

/** Keeps the lines of a range, or the others. */
function rangeStep({ first, last }: LineRange, invert: boolean, delimiter: number): Step {
  return {
    apply(lines, out, linesBefore) {
      const start = behind(lines, first - 1 - linesBefore)
      const end = behind(lines, last - linesBefore)
      if (!invert) return end - start === lines.length ? lines : lines.subarray(start, end)
      if (start === end) return lines
      out.append(lines.subarray(0, start))
      out.append(lines.subarray(end))
      return out.bytes
    },
    free: () => undefined,
  }

  /** Where the lines behind the first ones begin, or all end. */
  function behind(lines: Buffer, count: number): number {
    if (count <= 0) return 0
    // No more lines than bytes.
    if (count >= lines.length) return lines.length
    const from = lines.byteOffset
    const address = kernel.skipRecords(from, from + lines.length, delimiter, count) >>> 0
    return address === 0 ? lines.length : address - from
  }
}

function substituteStep(
  { substitution }: Extract<Command, { name: 's' }>,
  delimiter: number,
  patterns: Patterns,
): Step | undefined {
  const { pattern, replacement, prints, path } = substitution
  const makesLines = replacement.some(({ literal }) => literal.includes(delimiter))
  if (makesLines || prints || path !== undefined || patterns.cursor(pattern) === undefined) return undefined
  const regex = patterns.resolve(pattern)
  const substituter = createSubstituter(substitution, delimiter)
  return {
    apply(lines, out) {
      const text = { batch: lines, from: 0, to: lines.length }
      return substituter.replace(regex, text, false, out) ? out.bytes : lines
    },
    free: substituter.free,
  }
}

function translateStep(table: Uint8Array, delimiter: number): Step | undefined {
  if (table.some((byte, index) => (byte === delimiter) !== (index === delimiter))) return undefined
  const copy = copyIn(table)
  return {
    apply(lines) {
      kernel.translateInPlace(lines.byteOffset, lines.byteOffset + lines.length, copy.byteOffset)
      return lines
    },
    free: () => release(copy.byteOffset),
  }
}
