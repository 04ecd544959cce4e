import { allocate, bytesAt } from '../../../kernel/index.js'
import type { TabStops } from './stops.js'

/**
 * The plan of the kernels `expandTabs` and `unexpandBlanks`, in kernel memory that the caller releases; see
 * src/kernel/assembly/tabs.ts.
 */
export function tabPlan({ list, repeated, step }: TabStops, initialOnly: boolean): Buffer {
  const plan = bytesAt(allocate(size + list.length * 8), size + list.length * 8).fill(0)
  for (const [index, stop] of list.entries()) plan.writeBigUInt64LE(stop, size + index * 8)
  plan.writeBigUInt64LE(tabSize(list, repeated, step), 0)
  plan.writeUInt32LE(plan.byteOffset + size, 8)
  plan.writeUInt32LE(list.length, 12)
  plan.writeBigUInt64LE(repeated, 16)
  plan.writeBigUInt64LE(step, 24)
  plan.writeUInt32LE(Number(initialOnly), 32)
  plan.writeUInt32LE(1, 48)
  plan.writeUInt32LE(1, 64)
  return plan
}

const size = 72

/** The distance of stops where they do not stand in a list; else 0. */
function tabSize(list: TabStops['list'], repeated: bigint, step: bigint): bigint {
  if (list.length === 0) return repeated || step || 8n
  return list.length === 1 && repeated === 0n && step === 0n ? (list[0] ?? 0n) : 0n
}

/** The address where the last call's output ends. */
export function written(plan: Buffer): number {
  return plan.readUInt32LE(52)
}

/** How many spaces are still to be written. */
export function spaces(plan: Buffer): bigint {
  return plan.readBigUInt64LE(56)
}
