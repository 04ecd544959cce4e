// Everything the kernel module exports, a line a file of kernels.
export * from './memory'
export * from './scan'
export * from './regex'
