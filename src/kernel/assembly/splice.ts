// Making a text from the spans that a search found in another.

// @ts-ignore: decorator
@inline function copyShort(out: usize, from: usize, length: usize): void {
  if (length > 16) memory.copy(out, from, length)
  else for (let i: usize = 0; i < length; i++) store<u8>(out + i, load<u8>(from + i))
}

/**
 * Copies [at, to) with `count` spans, pairs of offsets from `batch`, replaced by a string; returns how many bytes
 * it wrote.
 */
export function replaceSpans(
  batch: usize,
  at: usize,
  to: usize,
  spans: usize,
  count: u32,
  string: usize,
  length: usize,
  out: usize,
): usize {
  const begin = out
  for (let index: u32 = 0; index < count; index++) {
    const start = batch + <usize>load<u32>(spans)
    copyShort(out, at, start - at)
    out += start - at
    copyShort(out, string, length)
    out += length
    at = batch + <usize>load<u32>(spans, 4)
    spans += 8
  }
  memory.copy(out, at, to - at)
  return out + (to - at) - begin
}

/** Copies `count` spans, each with a terminator behind it; returns how many bytes it wrote. */
export function copySpans(batch: usize, spans: usize, count: u32, terminator: u32, out: usize): usize {
  const begin = out
  for (let index: u32 = 0; index < count; index++) {
    const start = <usize>load<u32>(spans)
    const length = <usize>load<u32>(spans, 4) - start
    copyShort(out, batch + start, length)
    out += length
    store<u8>(out++, <u8>terminator)
    spans += 8
  }
  return out - begin
}
