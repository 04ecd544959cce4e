import type { KernelPipe } from '../../../run/fifo.js'
import { openPipe } from '../../system.js'

export function makePipes(count: number): readonly KernelPipe[] {
  return Array.from({ length: count }, openPipe)
}

export function makePipe(): KernelPipe {
  return openPipe()
}
