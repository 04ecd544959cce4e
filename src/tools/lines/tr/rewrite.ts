import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { byteSet, copyIn, kernel, release } from '../../../kernel/index.js'

/** What happens to every byte, in this order. */
export interface Rewriting {
  /** What each byte becomes. */
  readonly table: Buffer | undefined
  readonly removed: ReadonlySet<number> | undefined
  readonly squeezed: ReadonlySet<number> | undefined
}

/** Works in place on each batch and hands it on. */
export function* rewrite(rewriting: Rewriting, io: StageIo): Task<void> {
  const { stdin, stdout } = io
  const change = runsChange(rewriting) ?? stepsChange(rewriting)
  let previous: number | undefined
  try {
    for (let batch = yield* stdin.read(); batch !== undefined; batch = yield* stdin.read()) {
      const from = batch.byteOffset
      previous ??= io.partStart() > 0 ? newline : noByte
      const length = (change.apply(from, from + batch.length, previous) >>> 0) - from
      previous = batch[length - 1] ?? previous
      yield* stdin.pass(stdout, 0, length)
    }
  } finally {
    change.free()
  }
}

/** The byte before a part's first, which is the end of a line. */
const newline = 0x0a
const noByte = 256

/** A change of bytes in kernel memory. */
interface Change {
  /** Changes [from, to), before which stands the byte `previous`; returns the new end. */
  apply(from: number, to: number, previous: number): number
  free(): void
}

/** Where one byte stands for all that is translated and is all that is squeezed, both are done at once. */
function runsChange({ table, squeezed }: Rewriting): Change | undefined {
  const [byte, ...others] = squeezed ?? []
  if (table === undefined || byte === undefined || others.length > 0) return undefined
  if (table.some((changed, old) => changed !== old && changed !== byte)) return undefined
  const set = copyIn(byteSet((old) => table[old] === byte))
  return {
    apply: (from, to, previous) => kernel.replaceRuns(from, to, set.byteOffset, byte, previous),
    free: () => release(set.byteOffset),
  }
}

/** Each step for itself. */
function stepsChange(rewriting: Rewriting): Change {
  const table = rewriting.table === undefined ? undefined : copyIn(rewriting.table)
  const removed = setInKernel(rewriting.removed)
  const squeezed = setInKernel(rewriting.squeezed)
  return {
    apply(from, to, previous) {
      if (table !== undefined) kernel.translateInPlace(from, to, table.byteOffset)
      const end = removed === undefined ? to : kernel.removeBytes(from, to, removed.byteOffset) >>> 0
      return squeezed === undefined ? end : kernel.squeezeBytes(from, end, squeezed.byteOffset, previous)
    },
    free() {
      for (const block of [table, removed, squeezed]) if (block !== undefined) release(block.byteOffset)
    },
  }
}

function setInKernel(set: ReadonlySet<number> | undefined): Buffer | undefined {
  return set === undefined ? undefined : copyIn(byteSet((byte) => set.has(byte)))
}
