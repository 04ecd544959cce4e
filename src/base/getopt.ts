import { UsageError } from './error.js'
import type { Arguments, Occurrence, OptionDeclaration, OptionTable } from './option.js'
import type { ArgumentSyntax, Environment } from './tool.js'

/**
 * Parses arguments by POSIX utility conventions with GNU's long options (POSIX.1-2017 section 12.2; glibc
 * manual, "Getopt Long Options"): clusters, attached and separate arguments, `--`, unique abbreviations of
 * long names, options after operands unless POSIXLY_CORRECT is set. Throws `UsageError` in getopt's words.
 */
export function parseArguments<Table extends OptionTable>(
  table: Table,
  argv: readonly string[],
  syntax: ArgumentSyntax = {},
  env: Environment = {},
): Arguments<Table> {
  type Key = Extract<keyof Table, string>
  const options: Occurrence<Key>[] = []
  const operands: string[] = []
  const operandIndex: number[] = []
  const addOperand = (index: number): void => {
    operands.push(argv[index] ?? '')
    operandIndex.push(index)
  }
  const stopAtOperand = syntax.operandsLast === true || env['POSIXLY_CORRECT'] !== undefined

  let index = 0
  for (; index < argv.length && syntax.raw !== true; index++) {
    const argument = argv[index] ?? ''
    if (argument === '--') {
      index++
      break
    }
    if (argument.startsWith('--')) {
      index += longOption(argument, index)
    } else if (argument.startsWith('-') && argument !== '-') {
      index += shortOptions(argument, index)
    } else {
      if (stopAtOperand) break
      addOperand(index)
    }
  }
  for (; index < argv.length; index++) addOperand(index)
  return view(options, operands, operandIndex)

  function instead(name: string): { help?: string } {
    const help = syntax.elsewhere?.[name]
    return help === undefined ? {} : { help }
  }

  /** Returns how many further arguments it used. */
  function longOption(argument: string, at: number): number {
    const equals = argument.indexOf('=')
    const name = argument.slice(2, equals < 0 ? undefined : equals)
    const attached = equals < 0 ? undefined : argument.slice(equals + 1)
    const { key, declaration, long } = findLong(table, name, argument, { argument: at, ...instead(name) })
    const add = (value: string | undefined): void => {
      options.push({ key: key as Key, value, argument: at, spelling: `--${long}` })
    }
    if (declaration.value === undefined) {
      if (attached !== undefined)
        throw new UsageError(`option '--${long}' doesn't allow an argument`, { argument: at })
      add(undefined)
      return 0
    }
    if (attached !== undefined || declaration.optionalValue === true) {
      add(attached)
      return 0
    }
    const next = argv[at + 1]
    if (next === undefined) throw new UsageError(`option '--${long}' requires an argument`, { argument: at })
    add(next)
    return 1
  }

  /** Returns how many further arguments it used. */
  function shortOptions(argument: string, at: number): number {
    const letters = [...argument.slice(1)]
    for (let position = 0; position < letters.length; position++) {
      const letter = letters[position] ?? ''
      const found = Object.entries(table).find(([, declaration]) => names(declaration.short).includes(letter))
      if (found === undefined)
        throw new UsageError(`invalid option -- '${letter}'`, { argument: at, ...instead(letter) })
      const [key, declaration] = found
      const add = (value: string | undefined): void => {
        options.push({ key: key as Key, value, argument: at, spelling: `-${letter}` })
      }
      if (declaration.value === undefined) {
        add(undefined)
        continue
      }
      const attached = letters.slice(position + 1).join('')
      if (attached !== '' || declaration.optionalValue === true) {
        add(attached === '' ? undefined : attached)
        return 0
      }
      const next = argv[at + 1]
      if (next === undefined)
        throw new UsageError(`option requires an argument -- '${letter}'`, { argument: at })
      add(next)
      return 1
    }
    return 0
  }
}

/** The option's names as a list. */
export function names(name: OptionDeclaration['short']): readonly string[] {
  if (name === undefined) return []
  return typeof name === 'string' ? [name] : name
}

interface LongMatch {
  readonly key: string
  readonly declaration: OptionDeclaration
  readonly long: string
}

function findLong(
  table: OptionTable,
  name: string,
  argument: string,
  more: { argument: number; help?: string },
): LongMatch {
  const candidates: LongMatch[] = []
  for (const [key, declaration] of Object.entries(table)) {
    for (const long of names(declaration.long)) {
      if (long === name) return { key, declaration, long }
      if (long.startsWith(name)) candidates.push({ key, declaration, long })
    }
  }
  const [first] = candidates
  if (first === undefined) throw new UsageError(`unrecognized option '${argument}'`, more)
  if (candidates.some(({ key }) => key !== first.key)) {
    const possibilities = candidates.map(({ long }) => ` '--${long}'`).join('')
    const message = `option '${argument}' is ambiguous; possibilities:${possibilities}`
    throw new UsageError(message, { argument: more.argument })
  }
  return first
}

function view<Table extends OptionTable>(
  options: readonly Occurrence<Extract<keyof Table, string>>[],
  operands: readonly string[],
  operandIndex: readonly number[],
): Arguments<Table> {
  return {
    options,
    operands,
    operandIndex,
    has: (key) => options.some((option) => option.key === key),
    value: (key) => options.findLast((option) => option.key === key)?.value,
    last: (...keys) => options.findLast((option) => keys.includes(option.key)),
    all: (key) => options.filter((option) => option.key === key),
  }
}
