import { kernel } from '../../../kernel/index.js'
import { usesLast } from './last-pattern.js'
import type { LineSource } from './lines.js'
import type { Patterns } from './patterns.js'
import type { Command, Program, Selector } from './program.js'
import type { RangeState } from './range.js'

/** Finds the next line that the program does something to; those before it are only printed, or not even that. */
export interface Wake {
  /** Where the next such line of the batch begins; the batch's length when there is none. */
  next(): number
  /** Some command is for every line. */
  readonly isAlways: boolean
}

/** Where the first line at or behind the source's next one begins that wakes a command. */
type Waker = () => number

export function createWake(
  program: Program,
  ranges: readonly (RangeState | undefined)[],
  source: LineSource,
  patterns: Patterns,
  delimiter: number,
): Wake {
  const wakers: Waker[] = []
  const openRanges = ranges.filter((range) => range !== undefined)
  // Lines that are gone over look for no pattern.
  const isAlways = program.commands.some(usesLast) || !addWakers()
  return { next, isAlways }

  function next(): number {
    const { batch } = source
    const isWhole = batch[batch.length - 1] === delimiter
    if (isAlways || !isWhole) return source.next
    for (const { isOpen } of openRanges) if (isOpen) return source.next
    let first = batch.length
    for (const waker of wakers) {
      if (first === source.next) break
      first = Math.min(first, waker())
    }
    return first
  }

  /** False when some command is for every line. */
  function addWakers(): boolean {
    for (let index = 0; index < program.commands.length; index++) {
      const command = program.commands[index]
      if (command === undefined) break
      const { selector, isNegated } = command
      if (selector === undefined && !isNegated && 'btT{'.includes(command.name)) continue
      const waker =
        selector === undefined ? unselected(command) : selected(selector, isNegated, ranges[index])
      if (waker === undefined) return false
      wakers.push(waker)
      if (command.name === '{') index = command.target - 1
    }
    return true
  }

  function unselected(command: Command): Waker | undefined {
    return command.name === 's' && !command.isNegated
      ? matching(command.substitution.pattern, false)
      : undefined
  }

  function selected(
    { from, to }: Selector,
    isNegated: boolean,
    range: RangeState | undefined,
  ): Waker | undefined {
    if (from.kind === 'pattern') {
      return isNegated && to !== undefined ? undefined : matching(from.pattern, isNegated)
    }
    if (isNegated) return undefined
    if (from.kind === 'last') return startOfLast
    if (from.kind === 'line' && to !== undefined) {
      return () => source.startOf(range?.beginningFrom(source.lineNumber + 1) ?? Infinity)
    }
    if (from.kind === 'line') return () => source.startOf(from.number)
    return () => {
      const { first, step } = from
      const following = source.lineNumber + 1
      return source.startOf(following <= first ? first : first + Math.ceil((following - first) / step) * step)
    }
  }

  function matching(pattern: Parameters<Patterns['cursor']>[0], isNegated: boolean): Waker | undefined {
    const cursor = patterns.cursor(pattern)
    if (cursor === undefined) return undefined
    if (!isNegated) return () => cursor.nextFrom(source.next)
    const looked = { batch: source.batch, from: 0, found: -1 }
    return () => {
      const { batch, next: from } = source
      if (batch === looked.batch && from >= looked.from && from <= looked.found) return looked.found
      let found = from
      while (found < batch.length && cursor.nextFrom(found) === found) found = behindLine(found)
      Object.assign(looked, { batch, from, found })
      return found
    }
  }

  function behindLine(at: number): number {
    const base = source.batch.byteOffset
    return (kernel.findByte(base + at, base + source.batch.length, delimiter) >>> 0) - base + 1
  }

  function startOfLast(): number {
    const base = source.batch.byteOffset
    const end = base + source.batch.length - 1
    return (kernel.findLastByte(base + source.next, end, delimiter) >>> 0) + 1 - base
  }
}
