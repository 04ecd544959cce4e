import { names } from '../../../base/getopt.js'
import type { OptionDeclaration } from '../../../base/option.js'
import type { Environment } from '../../../base/tool.js'
import { parseObsoleteStart } from './keydef.js'
import { options } from './options.js'

/**
 * Rewrites what the declared options do not cover: the keys `+POS1 [-POS2]` become an option of their own, and `-y`
 * gets its own argument where the next one is no number (POSIX.2-1992, sort; coreutils manual, "Standards
 * conformance", for `_POSIX2_VERSION`).
 */
export function modernize(argv: readonly string[], env: Environment): readonly string[] {
  const edition = Number(env['_POSIX2_VERSION'] ?? 200809)
  let takesPlus = edition < 200112 || edition >= 200809
  const modern: string[] = []
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index] ?? ''
    const next = argv[index + 1]
    if (argument === '--') return [...modern, ...argv.slice(index)]
    if (argument.startsWith('-')) {
      if (next !== undefined && lacksArgument(argument)) {
        const takesNext = !argument.endsWith('y') || /^\d*$/.test(next)
        modern.push(...(takesNext ? [argument, next] : [`${argument}0`]))
        if (takesNext) index++
      } else modern.push(argument)
      continue
    }
    const hasEnd = next !== undefined && /^-\d/.test(next)
    if (hasEnd && env['POSIXLY_CORRECT'] === undefined) takesPlus = true
    if (takesPlus && parseObsoleteStart(argument) !== undefined) {
      modern.push(`---obsolete-key=${hasEnd ? `${argument} ${next}` : argument}`)
      if (hasEnd) index++
    } else modern.push(argument)
  }
  return modern
}

/** Whether the options in `argument` want the next argument as well. */
function lacksArgument(argument: string): boolean {
  if (argument.startsWith('--')) return takingArgument.some(({ long }) => isMeant(argument.slice(2), long))
  const letters = [...argument.slice(1)]
  const taker = letters.findIndex((letter) =>
    takingArgument.some(({ short }) => names(short).includes(letter)),
  )
  return taker >= 0 && taker === letters.length - 1
}

function isMeant(name: string, long: OptionDeclaration['long']): boolean {
  return names(long).some((full) => full.startsWith(name))
}

const declarations: readonly OptionDeclaration[] = Object.values(options)

const takingArgument = declarations.filter(
  ({ value, optionalValue }) => value !== undefined && optionalValue !== true,
)
