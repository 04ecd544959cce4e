/**
 * Rewrites the arguments that stand where an option or an operand may: not those behind `--`, and not an option's
 * value. `takesNext` recognises the options whose value is the next argument.
 */
export function rewriteArguments(
  argv: readonly string[],
  takesNext: RegExp,
  rewrite: (argument: string) => string,
): readonly string[] {
  const rewritten: string[] = []
  let isValue = false
  for (const [index, argument] of argv.entries()) {
    if (!isValue && argument === '--') return [...rewritten, ...argv.slice(index)]
    rewritten.push(isValue ? argument : rewrite(argument))
    isValue = !isValue && takesNext.test(argument)
  }
  return rewritten
}
