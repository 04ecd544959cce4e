export { byteSet } from './byteset.js'
export { kernel } from './exports.js'
export { GrowingBytes } from './grow.js'
export {
  allocate,
  bytesAt,
  copyIn,
  doublesAt,
  grownSize,
  hashSeed,
  kernelParts,
  type KernelParts,
  observeMemory,
  release,
  resize,
  wordsAt,
} from './memory.js'
export { type LineSource, wholeLines, type WholeLines } from './whole-lines.js'
