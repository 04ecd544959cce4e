import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { systemPath } from '../base/bytes.js'
import { fileRead, isKnown, readsPipeOnly, traitsOf } from '../plan/facts.js'
import type { PlanStage } from '../plan/plan.js'
import { kindOf } from './descriptor.js'
import type { InputEnd } from './ends.js'

/** Whether a stage waits for nobody before it writes: what it reads is at hand, and it does nothing else. See `Input.isAtHand`. */
export function writesAtHand(stage: PlanStage, stdin: InputEnd, cwd: string): boolean {
  if (stage.kind === 'parallel') return true
  if (!isKnown(stage) || traitsOf(stage).pure !== true) return false
  if (readsPipeOnly(stage))
    return stdin.descriptor === undefined
      ? stdin.source().isAtHand === true
      : kindOf(stdin.descriptor) === 'file'
  const file = fileRead(stage)
  return file !== undefined && isRegular(resolve(cwd, file))
}

function isRegular(path: string): boolean {
  return statSync(systemPath(path), { throwIfNoEntry: false })?.isFile() === true
}
