import { allocate, bytesAt } from '../../../kernel/index.js'
import type { Range } from './ranges.js'

/** What is to be cut, as the kernels take it. */
export interface Cut {
  readonly delimiter: number
  readonly lineEnd: number
  /** Lines without the delimiter are left out. */
  readonly onlyDelimited: boolean
  /** What stands between the parts that are written. */
  readonly joint: Buffer
  readonly ranges: readonly Range[]
}

/** Whether fields that stand together stay joined as they are. */
export function keepsJoints({ ranges, joint, delimiter }: Cut): boolean {
  if (ranges.length === 0) return false
  const isSame = joint.length === 1 && joint[0] === delimiter
  return isSame || ranges.every(({ first, last }) => first === last)
}

/** The plan of `cutFields` and `cutBytes`, in kernel memory that the caller releases. */
export function cutPlan({ delimiter, lineEnd, onlyDelimited, joint, ranges }: Cut): Buffer {
  const jointAt = headWords * 4 + ranges.length * 8
  const plan = bytesAt(allocate(jointAt + joint.length), jointAt + joint.length)
  const head = [
    delimiter,
    lineEnd,
    Number(onlyDelimited),
    plan.byteOffset + jointAt,
    joint.length,
    ranges.length,
  ]
  const places = ranges.flatMap(({ first, last }) => [clamp(first), clamp(last)])
  for (const [index, word] of [...head, ...places].entries()) plan.writeUInt32LE(word, index * 4)
  plan.set(joint, jointAt)
  return plan
}

const headWords = 6

/** No place of a line in memory is beyond the largest word, which also stands for an open end. */
function clamp(place: bigint): number {
  return place < 0xffffffffn ? Number(place) : 0xffffffff
}
