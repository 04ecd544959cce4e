import type { Output } from '../../../base/io.js'
import { nextTabStop, space, tab } from './line.js'

/** The output, with its column. */
export interface Page {
  column: number
  /** Whether spaces are written as tabs where they can: when the file has any so far. */
  usesTabs: boolean
  bytes(bytes: Buffer): void
  spaces(count: number): void
  endLine(): void
}

export function startPage(output: Output): Page {
  return {
    column: 0,
    usesTabs: false,
    bytes(bytes) {
      output.append(bytes)
      this.column += bytes.length
    },
    spaces(count) {
      const target = this.column + count
      const lastStop = target - (target % 8)
      if (this.usesTabs && this.column + 1 < lastStop) {
        for (; this.column < lastStop; this.column = nextTabStop(this.column)) output.byte(tab)
      }
      for (; this.column < target; this.column++) output.byte(space)
    },
    endLine() {
      output.byte(0x0a)
      this.column = 0
    },
  }
}
