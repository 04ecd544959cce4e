// The allocator of the one memory: TLSF, so that long-lived operator state and batches can share it.

/** Reserves `size` bytes; the address is 16-byte aligned. Traps when the memory is exhausted. */
export function allocate(size: usize): usize {
  return heap.alloc(size)
}

/** Gives back what `allocate` returned. */
export function release(address: usize): void {
  heap.free(address)
}
