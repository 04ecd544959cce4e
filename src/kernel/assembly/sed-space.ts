import { copyBlocks } from './bytes'
import {
  ASKED, BATCH_END, BLOCK, CAPACITY, DELIMITER, FROM, IS_IN_BATCH, IS_ORIGINAL, IS_TERMINATED, LACKS_DELIMITER, LINE_NUMBER,
  NEEDED, NEXT, OUT, OUT_END, PATIENCE, PATTERN_SPACE, PRINTED, SPARE, TO,
} from './sed-layout'
import { findNearByte } from './scan'

// What sed's commands do with the pattern space and the hold space. Those that return whether they did it change nothing when
// there is no room: the run then stops, and does the command again.

@inline export function lengthOf(space: usize): usize {
  return <usize>load<u32>(space, TO) - <usize>load<u32>(space, FROM)
}

/** Counts work done. */
@inline export function spend(run: usize, steps: u32): void {
  const patience = load<u32>(run, PATIENCE)
  store<u32>(run, patience > steps ? patience - steps : 0, PATIENCE)
}

/** Counts a look at, or a copy of, the whole of a text. */
@inline export function spendText(run: usize, length: usize): void {
  spend(run, <u32>(length >> 8))
}

@inline function setSpan(space: usize, from: usize, to: usize): void {
  store<u32>(space, <u32>from, FROM)
  store<u32>(space, <u32>to, TO)
}

/** Whether the space's block has room for `size` bytes. */
@inline export function hasBlock(run: usize, space: usize, size: usize): bool {
  if (size <= <usize>load<u32>(space, CAPACITY)) return true
  store<u32>(run, <u32>space, ASKED)
  store<u32>(run, <u32>size, NEEDED)
  return false
}

/** Copies bytes that lie in the input's batch to the space's own block. */
@inline export function keep(run: usize, space: usize): bool {
  if (!load<u32>(space, IS_IN_BATCH)) return true
  const length = lengthOf(space)
  if (!hasBlock(run, space, length)) return false
  const block = <usize>load<u32>(space, BLOCK)
  copyBlocks(block, <usize>load<u32>(space, FROM), <usize>load<u32>(space, TO))
  setSpan(space, block, block + length)
  store<u32>(space, 0, IS_IN_BATCH)
  return true
}

/** Adds a delimiter and [from, to). */
export function appendText(run: usize, space: usize, from: usize, to: usize): bool {
  const size: usize = to - from + 1
  const length = lengthOf(space)
  if (load<u32>(space, IS_IN_BATCH)) {
    if (!hasBlock(run, space, length + size)) return false
    keep(run, space)
  }
  const block = <usize>load<u32>(space, BLOCK)
  // What D has dropped again and again must not add up.
  if (<usize>load<u32>(space, FROM) - block > length) {
    memory.copy(block, <usize>load<u32>(space, FROM), length)
    setSpan(space, block, block + length)
  }
  if (!hasBlock(run, space, <usize>load<u32>(space, TO) - block + size)) return false
  spendText(run, size)
  const end = <usize>load<u32>(space, TO)
  store<u8>(end, <u8>load<u32>(run, DELIMITER))
  copyBlocks(end + 1, from, to)
  store<u32>(space, <u32>(end + size), TO)
  return true
}

/** Makes a space hold what another does. */
@inline export function copySpace(run: usize, space: usize, other: usize): bool {
  const length = lengthOf(other)
  if (!hasBlock(run, space, length)) return false
  spendText(run, length)
  const block = <usize>load<u32>(space, BLOCK)
  copyBlocks(block, <usize>load<u32>(other, FROM), <usize>load<u32>(other, TO))
  setSpan(space, block, block + length)
  store<u32>(space, load<u32>(other, IS_TERMINATED), IS_TERMINATED)
  store<u32>(space, 0, IS_IN_BATCH)
  return true
}

/** Exchanges two spaces, of which none lies in the batch. */
@inline export function exchangeSpaces(space: usize, other: usize): void {
  const block = load<u64>(space, BLOCK)
  const span = load<u64>(space, FROM)
  const isTerminated = load<u32>(space, IS_TERMINATED)
  store<u64>(space, load<u64>(other, BLOCK), BLOCK)
  store<u64>(space, load<u64>(other, FROM), FROM)
  store<u32>(space, load<u32>(other, IS_TERMINATED), IS_TERMINATED)
  store<u64>(other, block, BLOCK)
  store<u64>(other, span, FROM)
  store<u32>(other, isTerminated, IS_TERMINATED)
}

/** Makes the first `length` bytes of the spare block the pattern space; its block is the spare one then. */
@inline export function takeSpare(run: usize, length: usize): void {
  const block = load<u64>(run, SPARE)
  store<u64>(run, load<u64>(run, PATTERN_SPACE), SPARE)
  store<u64>(run, block, PATTERN_SPACE)
  setSpan(run + PATTERN_SPACE, <usize>(<u32>block), <usize>(<u32>block) + length)
  store<u32>(run, 0, PATTERN_SPACE + IS_IN_BATCH)
  store<u32>(run, 0, IS_ORIGINAL)
}

@inline export function clearSpace(space: usize): void {
  const block = <usize>load<u32>(space, BLOCK)
  setSpan(space, block, block)
  store<u32>(space, 0, IS_IN_BATCH)
}

/** Makes the next line, which is at hand, the pattern space. */
@inline export function loadLine(run: usize): void {
  const space = run + PATTERN_SPACE
  const from = <usize>load<u32>(run, NEXT)
  setSpan(space, from, takeLine(run, space, from))
  store<u32>(space, 1, IS_IN_BATCH)
  store<u32>(run, 1, IS_ORIGINAL)
}

/** Adds the next line, which is at hand, to the pattern space. */
@inline export function appendLine(run: usize): bool {
  const space = run + PATTERN_SPACE
  const from = <usize>load<u32>(run, NEXT)
  if (load<u32>(space, IS_IN_BATCH) && <usize>load<u32>(space, TO) + 1 == from) {
    store<u32>(space, <u32>takeLine(run, space, from), TO)
  } else {
    const to = findNearByte(from, <usize>load<u32>(run, BATCH_END), load<u32>(run, DELIMITER))
    if (!appendText(run, space, from, to)) return false
    takeLine(run, space, from)
  }
  store<u32>(run, 0, IS_ORIGINAL)
  return true
}

/** Goes over the line that begins at `from`; returns its end. */
@inline function takeLine(run: usize, space: usize, from: usize): usize {
  const end = <usize>load<u32>(run, BATCH_END)
  const to = findNearByte(from, end, load<u32>(run, DELIMITER))
  store<u32>(space, to < end ? 1 : 0, IS_TERMINATED)
  store<u32>(run, <u32>min(to + 1, end), NEXT)
  store<f64>(run, load<f64>(run, LINE_NUMBER) + 1, LINE_NUMBER)
  return to
}

/** Whether the output has room for `size` bytes and two delimiters. */
@inline export function hasRoom(run: usize, size: usize): bool {
  if (<usize>load<u32>(run, OUT) + size + 2 <= <usize>load<u32>(run, OUT_END)) return true
  store<u32>(run, <u32>size + 2, NEEDED)
  return false
}

/** Where the next byte is to be written, behind a delimiter if one is missing. */
@inline export function beginWriting(run: usize): usize {
  const out = <usize>load<u32>(run, OUT)
  if (!load<u32>(run, LACKS_DELIMITER)) return out
  store<u32>(run, 0, LACKS_DELIMITER)
  store<u8>(out, <u8>load<u32>(run, DELIMITER))
  return out + 1
}

/** Texts longer than this are written piece by piece. */
const PIECE: usize = 32768

/** Writes [from, to), with a delimiter or without; false when there is no room, or none for what is left. */
export function writeLine(run: usize, from: usize, to: usize, isTerminated: u32): bool {
  from += <usize>load<u32>(run, PRINTED)
  const length = to - from
  if (length > PIECE) return writePiece(run, from)
  if (!hasRoom(run, length)) return false
  const out = copyBlocks(beginWriting(run), from, to)
  if (isTerminated) store<u8>(out, <u8>load<u32>(run, DELIMITER))
  else store<u32>(run, 1, LACKS_DELIMITER)
  store<u32>(run, <u32>(out + <usize>isTerminated), OUT)
  store<u32>(run, 0, PRINTED)
  return true
}

function writePiece(run: usize, from: usize): bool {
  if (!hasRoom(run, PIECE)) return false
  store<u32>(run, <u32>copyBlocks(beginWriting(run), from, from + PIECE), OUT)
  store<u32>(run, load<u32>(run, PRINTED) + <u32>PIECE, PRINTED)
  return false
}

/** Prints the pattern space. */
@inline export function print(run: usize): bool {
  const space = run + PATTERN_SPACE
  spendText(run, lengthOf(space))
  return writeLine(run, <usize>load<u32>(space, FROM), <usize>load<u32>(space, TO), load<u32>(space, IS_TERMINATED))
}
