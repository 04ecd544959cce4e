import { type Command, highestGroup, type Pattern } from './program.js'

// The empty pattern stands for the one last used. POSIX.1-2017 sed, "Regular Expressions in sed".

/** Which one it is may depend on the lines before, and on the commands they met. */
function isLastUsed({ source }: Pattern): boolean {
  return source === ''
}

/** Whether a command has an empty pattern. */
export function usesLast(command: Command): boolean {
  return patternsOf(command).some(isLastUsed)
}

/** The patterns of a command that are not empty. */
export function ownPatterns(command: Command): readonly Pattern[] {
  return patternsOf(command).filter((pattern) => !isLastUsed(pattern))
}

function patternsOf(command: Command): readonly Pattern[] {
  const { from, to } = command.selector ?? {}
  const patterns = [from, to].flatMap((address) => (address?.kind === 'pattern' ? [address.pattern] : []))
  return command.name === 's' ? [...patterns, command.substitution.pattern] : patterns
}

/** `/x/s//y/`: the one last used is the command's own. Groups are looked at when it runs, so those that name some stay. */
export function withOwnPattern(command: Command): Command {
  const { from, to } = command.selector ?? {}
  if (command.name !== 's' || from?.kind !== 'pattern' || to !== undefined) return command
  const { substitution } = command
  if (!isLastUsed(substitution.pattern) || highestGroup(substitution.replacement) > 0) return command
  return { ...command, substitution: { ...substitution, pattern: from.pattern } }
}
