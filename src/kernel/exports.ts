import { exported } from './memory.js'

/** The kernels, typed. Addresses and lengths are in bytes; ranges are half open. */
interface Kernels {
  countByte(from: number, to: number, byte: number): number
  findByte(from: number, to: number, byte: number): number
  findLastByte(from: number, to: number, byte: number): number
}

// The boundary to WebAssembly: the build makes both sides from src/kernel/assembly.
export const kernel = exported as unknown as Kernels
