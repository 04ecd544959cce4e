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
