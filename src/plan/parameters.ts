import { UsageError } from '../base/error.js'
import { parseArguments } from '../base/getopt.js'
import type { OptionTable } from '../base/option.js'
import { quote } from '../base/quote.js'
import type { ParameterDeclaration, Script } from '../syntax/tree.js'
import { wordText } from '../syntax/index.js'
import { parameterTypes } from './parameter-types.js'
import { commonOptions } from './settle.js'

/** What the arguments of a `.pipe` file ask for. */
export type FileArguments =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'run'
      /** Every parameter's value, defaults filled in. */
      readonly values: ReadonlyMap<string, string>
      /** `$1` onwards. */
      readonly positional: readonly string[]
    }

/** Reads a file's arguments by its `param` declarations. Throws `UsageError`. */
export function readFileArguments(script: Script, argv: readonly string[]): FileArguments {
  const table: OptionTable = { ...parameterOptions(script), help: commonOptions.help }
  const args = parseArguments(table, argv)
  if (args.has('help')) return { kind: 'help' }
  const values = new Map<string, string>()
  const missing: string[] = []
  for (const parameter of script.parameters) {
    const given = args.last(parameter.name, negated(parameter.name))
    const value = given === undefined ? defaultOf(parameter) : valueGiven(parameter, given)
    if (value === undefined) missing.push(`--${parameter.name}`)
    else values.set(parameter.name, value)
  }
  if (missing.length > 0) {
    const [one = ''] = missing
    const which =
      missing.length === 1
        ? `option '${one}' is required`
        : `options ${missing.map(quote).join(', ')} are required`
    throw new UsageError(which)
  }
  return { kind: 'run', values, positional: args.operands }
}

/** The file's parameters as options: for its parser, its `--help` and completion. */
export function parameterOptions(script: Script): OptionTable {
  const options: Record<string, OptionTable[string]> = {}
  for (const { name, type, help = '', default: word } of script.parameters) {
    const standard = word === undefined ? 'required' : `default ${wordText(word)?.text ?? ''}`
    const explained = help === '' ? `(${standard})` : `${help} (${standard})`
    if (type.name === 'bool') {
      options[name] = { long: name, help: explained }
      options[negated(name)] = { long: `no-${name}`, help: `the opposite of --${name}` }
    } else {
      const value = type.name === 'enum' ? type.choices.join('|') : name.toUpperCase()
      options[name] = { long: name, value, help: explained }
    }
  }
  return options
}

/** The key of `--no-NAME`; no parameter's name has a dash at its front. */
function negated(name: string): string {
  return `-${name}`
}

function defaultOf({ name, type, default: word }: ParameterDeclaration): string | undefined {
  if (word === undefined) return type.name === 'bool' ? 'false' : undefined
  const text = wordText(word)?.text ?? ''
  return checked(name, type, text)
}

function valueGiven(
  { name, type }: ParameterDeclaration,
  { key, value }: { readonly key: string; readonly value: string | undefined },
): string {
  if (type.name === 'bool') return key === name ? 'true' : 'false'
  return checked(name, type, value ?? '')
}

function checked(name: string, type: ParameterDeclaration['type'], text: string): string {
  const refusal = parameterTypes[type.name](text, type.choices)
  if (refusal === undefined) return text
  throw new UsageError(`invalid argument ${quote(text)} for '--${name}': ${refusal}`)
}
