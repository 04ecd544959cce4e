import { usesLast } from './last-pattern.js'
import type { Command } from './program.js'
import type { Settings } from './settings.js'

/** Whether each line's cycle is the same wherever the line stands and whatever was before it, and writes to the output alone. */
export function isDivisible({ program, inPlace, delimiter }: Settings): boolean {
  return inPlace === undefined && delimiter === newline && program.commands.every(isLocal)
}

const newline = 0x0a

/** Commands that look at nothing but the pattern space. */
const local: ReadonlySet<Command['name']> = new Set([
  's',
  'y',
  'd',
  'p',
  'P',
  'z',
  'l',
  'a',
  'i',
  'c',
  '{',
  'b',
  't',
  'T',
] as const)

function isLocal(command: Command): boolean {
  const { selector } = command
  if (!local.has(command.name) || usesLast(command)) return false
  if (selector !== undefined && (selector.to !== undefined || selector.from.kind !== 'pattern')) return false
  return command.name !== 's' || command.substitution.path === undefined
}
