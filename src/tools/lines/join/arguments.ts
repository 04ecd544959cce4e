import { UsageError } from '../../../base/error.js'
import type { Arguments } from '../../../base/option.js'
import { quote } from '../../../base/quote.js'
import { rewriteArguments } from '../../obsolete.js'

/** What the options say of fields, and the operands that are files. */
export interface Fields {
  /** The fields to join on, counted from 0. */
  readonly keys: readonly [bigint, bigint]
  readonly format: readonly FieldName[]
  readonly files: readonly [string, string]
}

/** A field of side 1 or 2, counted from 0; side 0 stands for the key. */
export interface FieldName {
  readonly side: number
  readonly field: bigint
}

/** The obsolete options `-j1 FIELD` and `-j2 FIELD` look like `-j` with a value: they get names of their own. */
export function modernize(argv: readonly string[]): readonly string[] {
  return rewriteArguments(argv, /^-[^-12aejotv]*[12aejotv]$/, (argument) =>
    argument === '-j1' || argument === '-j2' ? `---${argument.slice(1)}` : argument,
  )
}

/**
 * Reads options and operands in their order: behind `-o LIST` more lists may follow as operands, behind `-j1` and
 * `-j2` a field, as far as two files remain (coreutils manual, "join invocation"). Throws `UsageError`.
 */
export function parseFields(args: InOrder): Fields {
  const keys: [bigint | undefined, bigint | undefined] = [undefined, undefined]
  const format: FieldName[] = []
  const barred = [0, 0]
  let files: Operand[] = []
  let previous: Role = 'file'
  for (const item of inOrder(args)) {
    const { argument, option, value } = item
    let role: Role = 'file'
    if (option === undefined) {
      if (files.length === 2) files = [spare(files, value, argument)]
      files.push({ text: value, role: previous, argument })
      if (previous === 'list') role = 'list'
    } else if (option === 'list') {
      if (value !== 'auto') {
        format.push(...parseList(value, argument))
        role = 'list'
      }
    } else if (option === 'j1' || option === 'j2') {
      const side = option === 'j1' ? 0 : 1
      barred[side] = (barred[side] ?? 0) + 1
      role = option
    } else if (option === 'key1' || option === 'bothKeys') setKey(0, value, argument)
    if (option === 'key2' || option === 'bothKeys') setKey(1, value, argument)
    previous = role
  }
  const [one, other] = files
  if (one === undefined) throw new UsageError('missing operand')
  if (other === undefined) throw new UsageError(`missing operand after ${quote(one.text)}`)
  for (const [side, count] of barred.entries()) {
    // Without a field of its own, -j1 is -j 1.
    if (count > 0) for (const key of [0, 1] as const) setKey(key, String(side + 1), one.argument)
  }
  return { keys: [keys[0] ?? 0n, keys[1] ?? 0n], format, files: [one.text, other.text] }

  /** Of two operands, uses up the one that may be an option's value; returns the other. */
  function spare(operands: readonly Operand[], extra: string, argument: number): Operand {
    const used = operands.find(({ role }) => role !== 'file')
    const kept = operands.find((operand) => operand !== used)
    if (used === undefined || kept === undefined)
      throw new UsageError(`extra operand ${quote(extra)}`, { argument })
    if (used.role === 'list') format.push(...parseList(used.text, used.argument))
    else {
      const side = used.role === 'j1' ? 0 : 1
      barred[side] = (barred[side] ?? 0) - 1
      setKey(side, used.text, used.argument)
    }
    return kept
  }

  function setKey(side: 0 | 1, text: string, argument: number): void {
    const field = parseField(text, argument)
    const old = keys[side]
    if (old !== undefined && old !== field)
      throw new UsageError(`incompatible join fields ${old + 1n}, ${field + 1n}`, { hint: false, argument })
    keys[side] = field
  }
}

/** What an operand may be beside a file: what the option before it takes. */
type Role = 'file' | 'list' | 'j1' | 'j2'

interface Operand {
  readonly text: string
  readonly role: Role
  readonly argument: number
}

type InOrder = Pick<Arguments, 'options' | 'operands' | 'operandIndex'>

interface Item {
  readonly argument: number
  /** Undefined for an operand. */
  readonly option: string | undefined
  readonly value: string
}

function inOrder({ options, operands, operandIndex }: InOrder): readonly Item[] {
  const items: Item[] = [
    ...options.map(({ key, value = '', argument }) => ({ argument, option: key, value })),
    ...operands.map((value, index) => ({ argument: operandIndex[index] ?? 0, option: undefined, value })),
  ]
  return items.sort((one, other) => one.argument - other.argument)
}

/** A LIST of -o: fields parted by commas or blanks. */
function parseList(list: string, argument: number): readonly FieldName[] {
  return list.split(/[, \t]/).map((name) => {
    if (!/^[012]/.test(name))
      throw new UsageError(`invalid file number in field spec: ${quote(name)}`, { hint: false, argument })
    if (name === '0') return { side: 0, field: 0n }
    if (name.startsWith('0') || name.charAt(1) !== '.')
      throw new UsageError(`invalid field specifier: ${quote(name)}`, { hint: false, argument })
    return { side: Number(name.charAt(0)), field: parseField(name.slice(2), argument) }
  })
}

function parseField(text: string, argument: number): bigint {
  const field = parseNumber(text)
  if (field === undefined || field === 0n)
    throw new UsageError(`invalid field number: ${quote(text)}`, { hint: false, argument })
  return field - 1n
}

/** The number of a file, 1 or 2. Throws `UsageError`. */
export function parseSide(text: string, argument: number): number {
  const side = parseNumber(text)
  if (side !== 1n && side !== 2n)
    throw new UsageError(`invalid field number: ${quote(text)}`, { hint: false, argument })
  return Number(side)
}

function parseNumber(text: string): bigint | undefined {
  const digits = /^[ \t\n\v\f\r]*\+?(\d+)$/.exec(text)?.[1]
  return digits === undefined ? undefined : BigInt(digits)
}
