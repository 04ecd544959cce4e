import { ToolError } from '../base/error.js'
import { kernelBytes } from './module.generated.js'

/** What a thread's kernels are made of: the first thread gives it to the others, who so need not compile them again. */
export interface KernelParts {
  readonly memory: WebAssembly.Memory
  readonly module: WebAssembly.Module
  readonly hashSeed: number
}

declare global {
  // Set before this file is loaded in a thread that was given its parts (bin/thread.cjs).
  var sluiceKernel: KernelParts | undefined
}

/**
 * The one memory of this thread, and the kernels that work in it.
 *
 * It is shared memory because growing it leaves every view into it valid, and because another thread may read it.
 * Addresses are plain numbers below 4 GiB; `buffer.byteOffset` of a view is its address.
 */
const { memory, module, ...parts } = globalThis.sluiceKernel ?? {
  memory: createMemory(),
  module: new WebAssembly.Module(kernelBytes()),
  hashSeed: Math.floor(Math.random() * 2 ** 32),
}

/** Makes the hashes of this process its own; all its threads have the same. */
export const { hashSeed } = parts

const instance = new WebAssembly.Instance(module, { env: { memory } })

function createMemory(): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: 16, maximum: 65536, shared: true })
}

/** The parts of another thread's kernels. */
export function kernelParts(): KernelParts {
  return { memory: createMemory(), module, hashSeed }
}

// The module's text form is the contract that src/kernel/exports.ts states in TypeScript.
export const exported: WebAssembly.Exports = instance.exports

const {
  allocate: rawAllocate,
  resize: rawResize,
  release: rawRelease,
} = exported as {
  allocate(size: number): number
  resize(address: number, size: number): number
  release(address: number): void
}

/** Told of the memory that is its own, in bytes, as it becomes more or less. */
export type MemoryObserver = (bytes: number) => void

/** Whose the memory is that is used from now on, while it is set. */
let observer: MemoryObserver | undefined
const owned = new Map<number, { readonly size: number; readonly owner: MemoryObserver }>()

/** Counts what is used from now on as the observer's, until it is given back or another's; undefined ends that. */
export function observeMemory(observe: MemoryObserver | undefined): void {
  observer = observe
}

/** Counts memory at an address as the present observer's. */
export function own(address: number, size: number): void {
  if (observer === undefined) return
  disown(address)
  owned.set(address, { size, owner: observer })
  observer(size)
}

/** Counts memory as nobody's, whoever gives it back. */
export function disown(address: number): void {
  if (owned.size === 0) return
  const { size = 0, owner } = owned.get(address) ?? {}
  owned.delete(address)
  owner?.(-size)
}

/** The allocator gives pieces below 1 GiB, and rounds sizes up. */
const largestPiece = 2 ** 30 - 2 ** 16

/** The size to grow to from `present` bytes, for `needed` ones: twice as many, where there are pieces of that size. */
export function grownSize(present: number, needed: number): number {
  return Math.max(needed, Math.min(2 * present, largestPiece))
}

/** Reserves `size` bytes of kernel memory. Throws `ToolError` when there is no piece of that size any more. */
export function allocate(size: number): number {
  try {
    const address = rawAllocate(size) >>> 0
    own(address, size)
    return address
  } catch {
    throw new ToolError('memory exhausted')
  }
}

/**
 * Gives a piece of memory another size. It keeps what it holds, and its place where there is room behind it; returns its
 * address. Throws as `allocate`.
 */
export function resize(address: number, size: number): number {
  try {
    const place = rawResize(address, size) >>> 0
    disown(address)
    own(place, size)
    return place
  } catch {
    throw new ToolError('memory exhausted')
  }
}

/** Gives back what `allocate` returned. */
export function release(address: number): void {
  disown(address)
  rawRelease(address)
}

/** A view of `length` bytes at `address`; it stays valid when the memory grows. */
export function bytesAt(address: number, length: number): Buffer {
  return Buffer.from(memory.buffer, address, length)
}

/** A view of `count` 32-bit numbers at `address`, which is a multiple of 4. */
export function wordsAt(address: number, count: number): Uint32Array {
  return new Uint32Array(memory.buffer, address, count)
}

/** A view of `count` floating-point numbers at `address`, which is a multiple of 8. */
export function doublesAt(address: number, count: number): Float64Array {
  return new Float64Array(memory.buffer, address, count)
}

/** Copies bytes of any memory to a new place in kernel memory. */
export function copyIn(bytes: Uint8Array): Buffer {
  const copy = bytesAt(allocate(bytes.length), bytes.length)
  copy.set(bytes)
  return copy
}
