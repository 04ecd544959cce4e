// Everything the kernel module exports, a line a file of kernels.
export * from './memory'
export * from './scan'
export * from './regex'
export * from './record'
export * from './reverse'
export * from './number'
export * from './matches'
export * from './splice'
export * from './translate'
export * from './count'
export * from './cut'
export * from './show'
export * from './group'
export * from './sort-table'
export * from './sort-merge'
export { prepare } from './sort-compare'
export { locatedEnd, locateKeyStart } from './sort-key'
export * from './columns'
export * from './prefix'
export * from './join'
export * from './paste'
export * from './fold'
export * from './tabs'
export * from './shuffle'
export * from './sequence'
export * from './inflate'
export * from './base64'
export {
  countLines,
  listRecords,
  moveRecords,
  sumCounts,
  writeCounts,
  writeRecords,
  writeTailed,
  writtenEnd,
} from './distinct'
