import { allocate, bytesAt, kernel, release, wordsAt } from '../../../kernel/index.js'
import type { Style } from './settings.js'

/** Writes pieces of a text, each on a line of its own behind its file's name, line number and byte offset. */
export interface PrefixWriter {
  /** Begins a file; `name` stands before every piece. */
  begin(name: Buffer): void
  /** Room that `write` may need beyond the pieces themselves, for each. */
  readonly roomPerPiece: number
  /** Begins a batch of the file. */
  enter(batch: Buffer): void
  /** Writes `count` pieces of the batch to `out`; returns how many bytes. */
  write(spans: Uint32Array, count: number, out: number): number
  /** Ends the batch. */
  leave(batch: Buffer): void
  free(): void
}

/** Words of the control block, as assembly/prefix.ts numbers them. */
const Field = {
  batch: 0,
  spans: 1,
  count: 2,
  name: 3,
  nameLength: 4,
  mode: 5,
  terminator: 6,
  counted: 7,
  line: 8,
  offset: 10,
} as const
const words = 12
const lineNumberMode = 1
const byteOffsetMode = 2
/** Two numbers of twenty digits, their colons, and the line's end. */
const numbersRoom = 2 * 21 + 1

export function createPrefixWriter(style: Style, terminator: number): PrefixWriter {
  const control = wordsAt(allocate(words * 4), words)
  const wide = new BigUint64Array(control.buffer, control.byteOffset, words / 2)
  let name: Buffer | undefined
  const freeName = (): void => {
    if (name !== undefined) release(name.byteOffset)
    name = undefined
  }
  return {
    begin(text) {
      freeName()
      name = bytesAt(allocate(text.length), text.length)
      name.set(text)
      control.fill(0)
      control[Field.name] = name.byteOffset
      control[Field.nameLength] = name.length
      control[Field.terminator] = terminator
      control[Field.mode] = (style.lineNumber ? lineNumberMode : 0) + (style.byteOffset ? byteOffsetMode : 0)
    },
    get roomPerPiece() {
      return (name?.length ?? 0) + numbersRoom
    },
    enter(batch) {
      control[Field.batch] = control[Field.counted] = batch.byteOffset
    },
    write(spans, count, out) {
      control[Field.spans] = spans.byteOffset
      control[Field.count] = count
      return kernel.writePrefixed(control.byteOffset, out)
    },
    leave(batch) {
      const counted = control[Field.counted] ?? 0
      const end = batch.byteOffset + batch.length
      if (style.lineNumber) add(Field.line, kernel.countByte(counted, end, terminator))
      add(Field.offset, batch.length)
    },
    free() {
      freeName()
      release(control.byteOffset)
    },
  }

  function add(field: number, amount: number): void {
    wide[field / 2] = (wide[field / 2] ?? 0n) + BigInt(amount)
  }
}
