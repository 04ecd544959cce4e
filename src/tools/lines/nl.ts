import { bytesOf } from '../../base/bytes.js'
import { UsageError } from '../../base/error.js'
import type { Arguments, OptionTable } from '../../base/option.js'
import { quote } from '../../base/quote.js'
import { defineTool } from '../../base/tool.js'
import { lines } from '../../base/type.js'
import { maximumInt, maximumSigned, parseNumber } from '../size.js'
import { eachInput } from '../operands.js'
import { createNumbering } from './nl/numbering.js'
import {
  checkStyle,
  type NlSettings,
  type NumberFormat,
  numberFormats,
  type Section,
  type Style,
} from './nl/settings.js'

const options = {
  bodyNumbering: {
    short: 'b',
    long: 'body-numbering',
    value: 'STYLE',
    help: 'use STYLE for numbering body lines',
  },
  sectionDelimiter: {
    short: 'd',
    long: 'section-delimiter',
    value: 'CC',
    help: 'use CC for logical page delimiters',
  },
  footerNumbering: {
    short: 'f',
    long: 'footer-numbering',
    value: 'STYLE',
    help: 'use STYLE for numbering footer lines',
  },
  headerNumbering: {
    short: 'h',
    long: 'header-numbering',
    value: 'STYLE',
    help: 'use STYLE for numbering header lines',
  },
  lineIncrement: {
    short: 'i',
    long: 'line-increment',
    value: 'NUMBER',
    help: 'line number increment at each line',
  },
  joinBlankLines: {
    short: 'l',
    long: 'join-blank-lines',
    value: 'NUMBER',
    help: 'group of NUMBER empty lines counted as one',
  },
  numberFormat: {
    short: 'n',
    long: 'number-format',
    value: 'FORMAT',
    help: 'insert line numbers according to FORMAT: ln, rn or rz',
  },
  noRenumber: { short: 'p', long: 'no-renumber', help: 'do not reset line numbers for each section' },
  numberSeparator: {
    short: 's',
    long: 'number-separator',
    value: 'STRING',
    help: 'add STRING after (possible) line number',
  },
  startingLineNumber: {
    short: 'v',
    long: 'starting-line-number',
    value: 'NUMBER',
    help: 'first line number for each section',
  },
  numberWidth: {
    short: 'w',
    long: 'number-width',
    value: 'NUMBER',
    help: 'use NUMBER columns for line numbers',
  },
} as const satisfies OptionTable

export const nl = defineTool({
  name: 'nl',
  group: 'lines',
  summary: 'number lines of files',
  usage: ['[OPTION]... [FILE]...'],
  options,
  status: { trouble: 1, meaning: { 0: 'all lines were numbered', 1: 'a file could not be read' } },
  settle,
  types: () => ({ input: lines, output: lines }),
  traits: () => ({ memory: 'stream', oneToOne: true, keepsOrder: true, pure: true }),
  details: [
    "Writes each FILE with line numbers added. With no FILE, or when FILE is -, it reads standard input. The defaults are -bt -d'\\:' -fn -hn -i1 -l1 -nrn -s<TAB> -v1 -w6.",
    'STYLE is a to number all lines, t to number only nonempty lines, n to number no lines, or pBRE to number only lines that contain a match for the basic regular expression BRE.',
    'FORMAT is ln for left justified, rn for right justified, rz for right justified with leading zeros.',
    'A line that holds nothing but the delimiter CC three times begins a header, twice a body, once a footer; it comes out empty. CC is \\: by default; a single character stands for itself and a colon; any other number of characters is taken as it is, and none at all turns sections off.',
  ],
  examples: [
    {
      about: 'Number the lines that are not empty',
      spec: 'nl',
      stdin: 'a\n\nb\n',
      stdout: '     1\ta\n       \n     2\tb\n',
    },
    { about: 'Three digits', spec: "nl -b a -n rz -w 3 -s ' '", stdin: 'a\nb\n', stdout: '001 a\n002 b\n' },
  ],
  files: ({ files }) => ({ reads: files }),
  *run(settings, io) {
    const numbering = createNumbering(settings, io.stdout)
    try {
      const fine = yield* eachInput(io, settings.files, (input) => numbering.number(input))
      return fine ? 0 : 1
    } finally {
      numbering.free()
    }
  },
})

const styleOptions: Readonly<Record<string, Section>> = {
  bodyNumbering: 'body',
  footerNumbering: 'footer',
  headerNumbering: 'header',
}

function settle(args: Arguments<typeof options>): NlSettings {
  const styles: Record<Section, Style> = { header: 'n', body: 't', footer: 'n' }
  let start = 1n
  let increment = 1n
  let blankGroup = 1n
  let width = 6
  let format: NumberFormat = 'rn'
  // Wrong words are said together, where a wrong number ends it at once.
  const problems: string[] = []
  for (const { key, value = '', argument } of args.options) {
    const number = (problem: string, minimum: bigint, maximum: bigint): bigint =>
      parseNumber(value, { problem, signed: true, minimum, maximum, argument })
    const section = styleOptions[key]
    if (section !== undefined) {
      const style = checkStyle(value)
      if (style === undefined) problems.push(`invalid ${section} numbering style: ${quote(value)}`)
      else styles[section] = style
    } else if (key === 'startingLineNumber')
      start = number('invalid starting line number', -maximumSigned - 1n, maximumSigned)
    else if (key === 'lineIncrement')
      increment = number('invalid line number increment', -maximumSigned - 1n, maximumSigned)
    else if (key === 'joinBlankLines')
      blankGroup = number('invalid line number of blank lines', 1n, maximumSigned)
    else if (key === 'numberWidth') width = Number(number('invalid line number field width', 1n, maximumInt))
    else if (key === 'numberFormat') {
      const known = numberFormats.find((name) => name === value)
      if (known === undefined) problems.push(`invalid line numbering format: ${quote(value)}`)
      else format = known
    }
  }
  if (problems.length > 0) throw new UsageError(problems.join('\nnl: '))
  return {
    files: args.operands,
    styles,
    start,
    increment,
    blankGroup,
    width,
    format,
    renumber: !args.has('noRenumber'),
    separator: args.value('numberSeparator') ?? '\t',
    delimiter: sectionDelimiter(args.all('sectionDelimiter').map(({ value = '' }) => value)),
  }
}

/** One character takes the place of the first of two; each option works on what the one before left. */
function sectionDelimiter(values: readonly string[]): string {
  return values.reduce(
    (delimiter, value) => (bytesOf(value).length === 1 ? value + delimiter.slice(1) : value),
    '\\:',
  )
}
