import { copyIn, GrowingBytes, kernel, release } from '../../../kernel/index.js'
import type { Patterns } from './patterns.js'
import type { Command } from './program.js'
import type { Settings } from './settings.js'
import { createSubstituter } from './substitute.js'

/** A program that treats each line by itself and the same way: it runs on many lines at once. */
export interface BatchProgram {
  /** What is to be printed of whole lines: they themselves, or bytes that are good until the next call. */
  run(lines: Buffer): Buffer
  free(): void
}

/** Maps whole lines to whole lines; the result may lie in `out`. */
interface Step {
  apply(lines: Buffer, out: GrowingBytes): Buffer
  free(): void
}

/** Undefined when the program needs to look at one line after the other. */
export function createBatchProgram(settings: Settings, patterns: Patterns): BatchProgram | undefined {
  const { commands } = settings.program
  const steps: Step[] = []
  const buffers = [new GrowingBytes(), new GrowingBytes()] as const
  for (const [index, command] of commands.entries()) {
    const step = stepFor(command, index === commands.length - 1, settings, patterns)
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

  function run(lines: Buffer): Buffer {
    let current = lines
    let [out, other] = buffers
    for (const step of steps) {
      out.clear()
      if (current.length === 0) break
      const applied = step.apply(current, out)
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
  const { from, to } = selector
  if (to !== undefined || from.kind !== 'pattern' || patterns.cursor(from.pattern) === undefined)
    return undefined
  const regex = patterns.resolve(from.pattern)
  const isKept = command.name === 'p' && isQuiet && isLast
  if (!isKept && (command.name !== 'd' || isQuiet)) return undefined
  const invert = isKept === isNegated
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
