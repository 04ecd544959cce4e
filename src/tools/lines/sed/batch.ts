import { copyIn, GrowingBytes, kernel, release } from '../../../kernel/index.js'
import type { Regex } from '../../../kernel/regex/index.js'
import type { Patterns } from './patterns.js'
import type { Command, Selector, Substitution } from './program.js'
import { createMatchFilter } from './selected.js'
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

/** Undefined when the commands need to look at one line after the other. */
export function createBatchProgram(
  commands: readonly Command[],
  { isQuiet, delimiter }: Pick<Settings, 'isQuiet' | 'delimiter'>,
  patterns: Patterns,
): BatchProgram | undefined {
  const steps: Step[] = []
  const buffers = [new GrowingBytes(), new GrowingBytes()] as const
  for (const [index, command] of commands.entries()) {
    const isLast = index === commands.length - 1
    const made =
      isQuiet && isLast ? printing(command, delimiter, patterns) : [stepFor(command, delimiter, patterns)]
    steps.push(...made.filter((step) => step !== undefined))
    if (made.includes(undefined)) {
      free()
      return undefined
    }
  }
  if (isQuiet && commands.length === 0) steps.push(noLines)
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

/** What a command does before the lines are printed. */
function stepFor(command: Command, delimiter: number, patterns: Patterns): Step | undefined {
  const { selector, isNegated } = command
  if (command.name === 'd') return selectStep(command, !isNegated, patterns)
  if (command.name === 's') {
    if (command.substitution.prints) return undefined
    if (selector === undefined && !isNegated) return substituteStep(command.substitution, delimiter, patterns)
    const regex = selector && selectingRegex(selector, patterns)
    return regex && substituteStep(command.substitution, delimiter, patterns, { regex, isNegated })
  }
  if (command.name !== 'y' || selector !== undefined || isNegated) return undefined
  return translateStep(command.table, delimiter)
}

/** What the last command prints of the lines where nothing else does. */
function printing(command: Command, delimiter: number, patterns: Patterns): readonly (Step | undefined)[] {
  const selected = selectStep(command, command.isNegated, patterns)
  if (command.name === 'p') return [selected]
  if (command.name !== 's') return [undefined]
  const { substitution } = command
  // A match of a higher number need not be in each line that matches.
  if (!substitution.prints || substitution.number !== 1) return [undefined]
  const regex = patterns.forLines(substitution.pattern)
  return [selected, regex && selectMatching(regex, false), substituteStep(substitution, delimiter, patterns)]
}

/** Keeps the lines that a command is for, or the others. */
function selectStep({ selector, isNegated }: Command, invert: boolean, patterns: Patterns): Step | undefined {
  if (selector === undefined) return isNegated === invert ? allLines : noLines
  const regex = selectingRegex(selector, patterns)
  return regex && selectMatching(regex, invert)
}

/** What a selector looks for in each line, if it does nothing else. */
function selectingRegex({ from, to }: Selector, patterns: Patterns): Regex | undefined {
  return to === undefined && from.kind === 'pattern' ? patterns.forLines(from.pattern) : undefined
}

function selectMatching(regex: Regex, invert: boolean): Step {
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

const allLines: Step = { apply: (lines) => lines, free: () => undefined }
const noLines: Step = { apply: (lines) => lines.subarray(lines.length), free: () => undefined }

/** Replaces in all lines, or in those that a pattern selects. */
function substituteStep(
  substitution: Substitution,
  delimiter: number,
  patterns: Patterns,
  selecting?: { readonly regex: Regex; readonly isNegated: boolean },
): Step | undefined {
  const { pattern, replacement, path } = substitution
  const makesLines = replacement.some(({ literal }) => literal.includes(delimiter))
  const regex = patterns.forLines(pattern)
  if (makesLines || path !== undefined || regex === undefined) return undefined
  const substituter = createSubstituter(substitution, delimiter)
  const filter = selecting && createMatchFilter(selecting.regex, selecting.isNegated)
  return {
    apply(lines, out) {
      const text = { batch: lines, from: 0, to: lines.length }
      return substituter.replace(regex, text, false, out, filter) ? out.bytes : lines
    },
    free() {
      substituter.free()
      filter?.free()
    },
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
