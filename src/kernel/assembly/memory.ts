// The allocator of the one memory: TLSF, so that long-lived operator state and batches can share it.

/** Sixteen bytes are read at once: so many behind a piece of memory may be looked at, whatever they are. */
const BEHIND: usize = 16

/** Reserves `size` bytes; the address is 16-byte aligned. Traps when the memory is exhausted. */
export function allocate(size: usize): usize {
  return heap.alloc(size + BEHIND)
}

/** Gives back what `allocate` returned. */
export function release(address: usize): void {
  heap.free(address)
}

/** Pieces from this size on are kept in their place where that can be. */
const LARGE: usize = 1 << 20

/** Gives what `allocate` returned another size; it keeps what it holds, and may have another address then. */
export function resize(address: usize, size: usize): usize {
  // The last piece is followed by no free one yet: memory that is reserved and given back becomes one.
  if (size >= LARGE) heap.free(heap.alloc(size >> 1))
  return heap.realloc(address, size + BEHIND)
}
