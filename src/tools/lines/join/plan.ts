import { allocate, bytesAt, wordsAt } from '../../../kernel/index.js'
import type { FieldName } from './arguments.js'

/** How lines of two sorted files are joined. */
export interface Joining {
  readonly lineEnd: number
  /** The byte that parts fields; `blanks` for runs of them, `none` when the line is one field. */
  readonly tab: number | 'blanks' | 'none'
  readonly ignoreCase: boolean
  readonly check: 'never' | 'always' | 'unpaired'
  /** Whether unpaired lines of the first and the second file are written, and paired ones. */
  readonly shows: readonly [boolean, boolean, boolean]
  readonly filler: Buffer
  /** Empty for the key and then all other fields. */
  readonly format: readonly FieldName[]
  /** Every line is written with as many fields as its file's first line. */
  readonly isCounted: boolean
  readonly hasHeader: boolean
  readonly keys: readonly [bigint, bigint]
}

/** The plan of the kernel `joinLines`, in kernel memory that the caller releases. */
export function joiningPlan({ filler, format, tab, ...joining }: Joining): Uint32Array {
  const formatAt = size
  const fillerAt = formatAt + format.length * 8
  const address = allocate(fillerAt + filler.length)
  bytesAt(address + fillerAt, filler.length).set(filler)
  const formatWords = format.flatMap(({ side, field }) => [side, clamp(field)])
  wordsAt(address + formatAt, formatWords.length).set(formatWords)
  const plan = wordsAt(address, size / 4).fill(0)
  plan.set([
    joining.lineEnd,
    tab === 'blanks' ? 256 : tab === 'none' ? 257 : tab,
    Number(joining.ignoreCase),
    ['never', 'always', 'unpaired'].indexOf(joining.check),
    joining.shows.reduce((bits, isShown, kind) => bits | (Number(isShown) << kind), 0),
    tab === 'blanks' ? 0x20 : tab === 'none' ? 0x0a : tab,
    address + fillerAt,
    filler.length,
    address + formatAt,
    format.length,
    Number(joining.isCounted),
    Number(joining.hasHeader),
  ])
  plan[words.wanted] = 3
  for (const [number, key] of joining.keys.entries()) sideOf(plan, number)[words.key] = clamp(key)
  return plan
}

/** How many addresses a side begins with. */
export const sideAddresses = 7

/** What the plan knows of a side, 0 or 1. */
export function sideOf(plan: Uint32Array, number: number): Uint32Array {
  const start = words.sides + number * words.side
  return plan.subarray(start, start + words.side)
}

/** The address where the last call's output ends. */
export function written(plan: Uint32Array): number {
  return plan[words.written] ?? 0
}

/** The line that a side has read last, without its end, and its number. */
export function lastLine(side: Uint32Array): { readonly text: Buffer; readonly number: bigint } {
  const start = side[words.line] ?? 0
  const next = side[words.next] ?? 0
  const [low = 0, high = 0] = side.subarray(words.lineNumber)
  return { text: bytesAt(start, next - 1 - start), number: (BigInt(high) << 32n) | BigInt(low) }
}

/** Why `joinLines` stopped. The first two say which side, by adding its number. */
export const event = { wantsLines: 0, foundDisorder: 2, isFull: 4, isDone: 5 }

// See src/kernel/assembly/join-plan.ts.
const size = 216
const words = { wanted: 13, written: 17, sides: 18, side: 18, line: 3, next: 6, key: 13, lineNumber: 16 }

/** No line in memory has that many fields. */
function clamp(field: bigint): number {
  return field < 0xfffffffen ? Number(field) : 0xfffffffe
}
