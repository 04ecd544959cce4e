import type { Address, Selector } from './program.js'

/** What addresses are compared with: the line in hand. */
export interface Subject {
  readonly lineNumber: number
  isLast(): boolean
  matches(address: Extract<Address, { kind: 'pattern' }>): boolean
}

/** A selector as it goes through the lines. */
export interface RangeState {
  includes(subject: Subject): boolean
  /** Whether the next line may be included whatever it holds. */
  readonly isOpen: boolean
  /** The last line of an open range, where that is known from its first. */
  readonly last: number | undefined
  /** The first line from `line` on at which a range from a line number on begins, if its command is asked; Infinity for none. */
  beginningFrom(line: number): number
  /** Begins anew, for a file of its own. */
  reset(): void
}

/** Decides for line after line whether a selector includes it. GNU sed manual, "Range Addresses". */
export function createRange({ from, to }: Selector): RangeState {
  let state: 'before' | 'inside' | 'behind' = 'before'
  let last: number | undefined
  reset()
  return {
    includes: (subject) => (to === undefined ? isAt(from, subject) : isInRange(subject)),
    get isOpen() {
      return state === 'inside'
    },
    get last() {
      return last
    },
    beginningFrom: (line) =>
      from.kind === 'line' && state === 'before' ? Math.max(from.number, line) : Infinity,
    reset,
  }

  function reset(): void {
    // 0,/re/ is open before the first line.
    state = from.kind === 'line' && from.number === 0 ? 'inside' : 'before'
    last = undefined
  }

  function isInRange(subject: Subject): boolean {
    return state === 'inside' ? goesOn(subject) : begins(subject)
  }

  function begins(subject: Subject): boolean {
    const { lineNumber } = subject
    if (from.kind === 'line') {
      // The line may have been read by n or N, and gone by when this is asked.
      if (state === 'behind' || lineNumber < from.number) return false
      if (to?.kind === 'line' && lineNumber > Math.max(to.number, from.number)) return false
    } else if (!isAt(from, subject)) return false
    last = lastLine(lineNumber)
    // A pattern is looked for from the next line on.
    state = to?.kind !== 'pattern' && ends(subject) ? 'behind' : 'inside'
    return true
  }

  function lastLine(first: number): number | undefined {
    if (to?.kind === 'line') return to.number
    if (to?.kind === 'more') return first + to.count
    if (to?.kind === 'multiple') return to.of <= 0 ? first : (Math.floor(first / to.of) + 1) * to.of
    return undefined
  }

  function goesOn(subject: Subject): boolean {
    if (ends(subject)) state = 'behind'
    // n or N may have read beyond the end: a range up to a line then ends before this one.
    return to?.kind !== 'line' || subject.lineNumber <= to.number
  }

  function ends(subject: Subject): boolean {
    if (last !== undefined) return subject.lineNumber >= last
    return to !== undefined && to.kind !== 'more' && to.kind !== 'multiple' && isAt(to, subject)
  }
}

function isAt(address: Address, subject: Subject): boolean {
  switch (address.kind) {
    case 'line':
      return subject.lineNumber === address.number
    case 'step':
      return subject.lineNumber >= address.first && (subject.lineNumber - address.first) % address.step === 0
    case 'last':
      return subject.isLast()
    case 'pattern':
      return subject.matches(address)
  }
}
