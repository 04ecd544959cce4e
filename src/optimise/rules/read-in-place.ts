import type { CommandStage, PlanRedirection, PlanStage } from '../../plan/plan.js'
import { fileRead, isKnown, traitsOf, writesPipeOnly } from '../../plan/facts.js'
import type { Rule, Setting } from '../rule.js'

/** `cat FILE | command` → `command <FILE`. */
export const readInPlace: Rule = {
  name: 'read-in-place',
  why: 'the command reads the file itself, not a copy of it',
  proof:
    'A stage that only copies a file has written all of it when the command has read its input to the end, and always succeeds. The file is too large to be in the pipe before the command begins, so the command can count on nothing but its bytes.',
  apply([first, second, ...others], setting) {
    if (first === undefined || second?.kind !== 'command' || redirectsInput(second)) return undefined
    const path = fileCopied(first, setting)
    return path === undefined ? undefined : [reading(second, path, first), ...others]
  },
}

/** More than any pipe holds: 64 KiB, 1 MiB where a program asked for it (pipe(7)). */
const leastSize = 1024 * 1024

function fileCopied(stage: PlanStage, { machine }: Setting): string | undefined {
  if (!isKnown(stage) || !writesPipeOnly(stage) || traitsOf(stage).identity !== true) return undefined
  const path = fileRead(stage)
  const size = path === undefined ? undefined : machine.sizeOf(path)
  return size !== undefined && size > leastSize ? path : undefined
}

function redirectsInput({ redirections }: PlanStage): boolean {
  return redirections.some(({ descriptor }) => descriptor === 0)
}

function reading(command: CommandStage, path: string, { span }: PlanStage): CommandStage {
  const target = { span, parts: [{ kind: 'text', text: path }] } as const
  const input: PlanRedirection = { descriptor: 0, operator: '<', target, span }
  return { ...command, redirections: [input, ...command.redirections] }
}
