import { SystemError, ToolError, UsageError } from '../../base/error.js'
import type { Arguments, OptionTable } from '../../base/option.js'
import { quote } from '../../base/quote.js'
import { defineTool } from '../../base/tool.js'
import { bytes, lines } from '../../base/type.js'
import { type ByteArray, parseArray } from './tr/array.js'
import { bytesOf } from './tr/cursor.js'
import { type Rewriting, rewrite } from './tr/rewrite.js'
import { fitArrays, translationTable } from './tr/translation.js'

interface Settings extends Rewriting {
  readonly warnings: readonly string[]
}

const options = {
  complement: { short: ['c', 'C'], long: 'complement', help: 'use the complement of ARRAY1' },
  delete: { short: 'd', long: 'delete', help: 'delete characters in ARRAY1, do not translate' },
  squeeze: {
    short: 's',
    long: 'squeeze-repeats',
    help: 'replace each sequence of a repeated character that is listed in the last ARRAY by one of it',
  },
  truncate: { short: 't', long: 'truncate-set1', help: 'first truncate ARRAY1 to length of ARRAY2' },
  bytewise: { short: 'A', help: '(characters are always bytes)', hidden: true },
} satisfies OptionTable

export const tr = defineTool({
  name: 'tr',
  group: 'lines',
  summary: 'translate or delete characters',
  usage: ['[OPTION]... ARRAY1 [ARRAY2]'],
  options,
  syntax: { operandsLast: true },
  status: { trouble: 1, meaning: { 0: 'all input was translated', 1: 'wrong usage, or a failed read' } },
  settle(args): Settings {
    const [first = '', second] = arrays(args)
    const warnings: string[] = []
    try {
      return { ...operations(args, first, second, (message) => warnings.push(message)), warnings }
    } catch (error) {
      if (!(error instanceof ToolError) || warnings.length === 0) throw error
      throw new ToolError([...warnings, error.message].join('\ntr: '))
    }
  },
  types: () => ({ input: bytes, output: lines }),
  traits: (settings) => {
    const isByLine = keepsLines(settings)
    return {
      memory: 'stream',
      keepsOrder: isByLine,
      rowwise: isByLine,
      oneToOne: isByLine,
      bytewise: isBytewise(settings),
      divisible: keepsLineEnds(settings),
      seesLineBefore: settings.squeezed?.has(newline) === true,
      pure: true,
    }
  },
  details: [
    'It translates when there are two arrays and no -d; ARRAY2 is made as long as ARRAY1 by repeating its last character. A character is a byte.',
    'An array is characters that stand for themselves, and:',
    [
      '  \\NNN             the character with the octal value NNN',
      '  \\\\ \\a \\b \\f \\n \\r \\t \\v   as in C',
      '  a-z              all characters from a to z',
      '  [c*]  [c*N]      in ARRAY2: c as often as ARRAY1 needs it, or N times (octal after a 0)',
      '  [:class:]        alnum alpha blank cntrl digit graph lower print punct space upper xdigit',
      '  [=c=]            all characters equivalent to c, which is c alone',
    ].join('\n'),
    'In ARRAY2 of a translation only [:upper:] and [:lower:] may stand, across from one of them in ARRAY1: letters change their case.',
  ],
  examples: [
    { about: 'Upper case', spec: "tr '[:lower:]' '[:upper:]'", stdin: 'Hello\n', stdout: 'HELLO\n' },
    { about: 'A word a line', spec: "tr -cs 'A-Za-z' '\\n'", stdin: 'to be, or\n', stdout: 'to\nbe\nor\n' },
    { about: 'Remove carriage returns', spec: "tr -d '\\r'", stdin: 'a\r\n', stdout: 'a\n' },
  ],
  *run(settings, io) {
    for (const warning of settings.warnings) io.warn(warning)
    try {
      yield* rewrite(settings, io)
    } catch (error) {
      throw error instanceof SystemError ? new ToolError(`read error: ${error.reason}`) : error
    }
    return 0
  },
})

/** Checks how many arrays there are, and returns them. */
function arrays({ has, operands, operandIndex }: Arguments<typeof options>): readonly string[] {
  const [deletes, squeezes] = [has('delete'), has('squeeze')]
  const least = deletes === squeezes ? 2 : 1
  const most = deletes && !squeezes ? 1 : 2
  const last = operands.at(-1)
  if (last === undefined) throw new UsageError('missing operand')
  if (operands.length < least) {
    const when = squeezes ? 'both deleting and squeezing repeats' : 'translating'
    throw new UsageError(`missing operand after ${quote(last)}\nTwo strings must be given when ${when}.`, {
      argument: operandIndex[0] ?? 0,
    })
  }
  const extra = operands[most]
  if (extra === undefined) return operands
  const why =
    operands.length === 2 ? '\nOnly one string may be given when deleting without squeezing repeats.' : ''
  throw new UsageError(`extra operand ${quote(extra)}${why}`, { argument: operandIndex[most] ?? 0 })
}

function operations(
  { has }: Arguments<typeof options>,
  text1: string,
  text2: string | undefined,
  warn: (message: string) => void,
): Omit<Settings, 'warnings'> {
  const translates = text2 !== undefined && !has('delete')
  const how = { complement: has('complement'), truncate: has('truncate') }
  const written = {
    first: parseArray(text1, warn),
    second: text2 === undefined ? undefined : parseArray(text2, warn),
  }
  const fitted = fitArrays(written, translates, how)
  const first = how.complement ? complement(fitted.first) : bytesOf(fitted.first)
  return {
    table: translates ? translationTable(fitted, how) : undefined,
    removed: has('delete') ? first : undefined,
    squeezed: has('squeeze') ? (fitted.second === undefined ? first : bytesOf(fitted.second)) : undefined,
  }
}

function complement(array: ByteArray): ReadonlySet<number> {
  const excluded = bytesOf(array)
  return new Set(Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !excluded.has(byte)))
}

/** Whether newlines stay, stay apart, and none is added: then it works on each line alone. */
function keepsLines(settings: Settings): boolean {
  const { table, squeezed } = settings
  const isAdded = table !== undefined && table.lastIndexOf(newline) !== table.indexOf(newline)
  return keepsLineEnds(settings) && !isAdded && squeezed?.has(newline) !== true
}

/** Whether newlines stay, or one of several in a row, so that what it writes for whole lines is whole lines. */
function keepsLineEnds({ table, removed }: Settings): boolean {
  return (table === undefined || table[newline] === newline) && removed?.has(newline) !== true
}

/** Whether every byte becomes one, and none but NUL a NUL. */
function isBytewise({ table, removed, squeezed }: Settings): boolean {
  return removed === undefined && squeezed === undefined && table?.indexOf(0, 1) === -1
}

const newline = 0x0a
