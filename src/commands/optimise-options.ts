import { workingFolder } from '../base/path.js'
import { UsageError } from '../base/error.js'
import { quote } from '../base/quote.js'
import { thisMachine } from '../machine.js'
import type { OptimiseOptions } from '../optimise/index.js'
import { ruleNames } from '../optimise/rules/index.js'

/** What the command line says of the optimiser. */
export interface OptimiseWords {
  readonly isOff: boolean
  readonly without: readonly string[]
  readonly threads: string | undefined
}

/** Throws `UsageError`. */
export function optimiseOptions({ isOff, without, threads }: OptimiseWords): OptimiseOptions {
  const rules = without.map((name) => choice('--without', name, ruleNames))
  return {
    without: new Set(isOff ? ruleNames : rules),
    machine: thisMachine({ cwd: workingFolder() }, ...(threads === undefined ? [] : [threadCount(threads)])),
  }
}

/** One of the values that an option takes. Throws `UsageError`. */
export function choice<const Choice extends string>(
  option: string,
  value: string,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((each) => each === value)
  if (found !== undefined) return found
  throw new UsageError(`invalid argument ${quote(value)} for '${option}': expected ${either(choices)}`)
}

function either(choices: readonly string[]): string {
  return [choices.slice(0, -1).join(', '), ...choices.slice(-1)].filter(Boolean).join(' or ')
}

function threadCount(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= 64) return count
  throw new UsageError(`invalid argument ${quote(text)} for '--threads': expected a number from 1 to 64`)
}
