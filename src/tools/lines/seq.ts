import { UsageError } from '../../base/error.js'
import { quote } from '../../base/quote.js'
import { defineTool } from '../../base/tool.js'
import { lines, nothing } from '../../base/type.js'
import { type Decimal, one, parseDecimal, valueOf } from './seq/decimal.js'
import { parseFormat } from './seq/format.js'
import { type Notation, progression } from './seq/progression.js'
import { writeInfinities, writeProgression } from './seq/write.js'

interface Settings {
  readonly first: Decimal
  readonly step: Decimal
  readonly last: Decimal
  readonly separator: string
  readonly notation: Notation
}

export const seq = defineTool({
  name: 'seq',
  group: 'lines',
  summary: 'print a sequence of numbers',
  usage: ['[OPTION]... LAST', '[OPTION]... FIRST LAST', '[OPTION]... FIRST INCREMENT LAST'],
  options: {
    format: { short: 'f', long: 'format', value: 'FORMAT', help: 'use printf style floating-point FORMAT' },
    separator: {
      short: 's',
      long: 'separator',
      value: 'STRING',
      help: 'use STRING to separate numbers (default: \\n)',
    },
    equalWidth: { short: 'w', long: 'equal-width', help: 'equalize width by padding with leading zeroes' },
  },
  syntax: { obsolete: protectNumbers, operandsLast: true },
  status: {
    trouble: 1,
    meaning: { 0: 'the numbers were written', 1: 'an operand is wrong, or they could not be written' },
  },
  settle(args): Settings {
    const { operands, operandIndex } = args
    if (operands.length === 0) throw new UsageError('missing operand')
    const extra = operands[3]
    if (extra !== undefined)
      throw new UsageError(
        `extra operand ${quote(extra)}`,
        operandIndex[3] === undefined ? {} : { argument: operandIndex[3] },
      )
    const formatText = args.value('format')
    const format = formatText === undefined ? undefined : parseFormat(formatText)
    if (format !== undefined && args.has('equalWidth'))
      throw new UsageError('format string may not be specified when printing equal width strings')
    const numbers = operands.map(operandNumber)
    const last = numbers.at(-1) ?? one
    const [first = one, step = one] = numbers.length === 3 ? numbers : numbers.slice(0, -1)
    if (step.digits === 0n) throw new UsageError(`invalid Zero increment value: ${quote(operands[1] ?? '')}`)
    return {
      first,
      step,
      last,
      separator: args.value('separator') ?? '\n',
      notation: { format, equalWidth: args.has('equalWidth') },
    }
  },
  types: () => ({ input: nothing, output: lines }),
  traits: () => ({ memory: 'stream', pure: true }),
  details: [
    'Prints the numbers from FIRST (default 1) to LAST, in steps of INCREMENT (default 1, which may be negative). They have as many digits behind the point as FIRST and INCREMENT. Arithmetic is exact in decimals.',
  ],
  examples: [
    { about: 'Count', spec: 'seq 3', stdout: '1\n2\n3\n' },
    { about: 'Downwards, in one line', spec: 'seq -s, 10 -5 0', stdout: '10,5,0\n' },
    { about: 'Of equal width', spec: 'seq -w 8 10', stdout: '08\n09\n10\n' },
  ],
  *run({ first, step, last, separator, notation }, { stdout }) {
    if (first.infinite === 0 && step.infinite === 0)
      yield* writeProgression(progression(first, step, last, notation), separator, stdout)
    else {
      const values = { first: valueOf(first), step: valueOf(step), last: valueOf(last) }
      yield* writeInfinities(values, notation.format, separator, stdout)
    }
    return 0
  },
})

/** A negative number is an operand and no option: `seq -5 -1`. */
function protectNumbers(argv: readonly string[]): readonly string[] {
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index] ?? ''
    if (/^-[.0-9]/.test(argument)) return [...argv.slice(0, index), '--', ...argv.slice(index)]
    if (argument === '--' || !argument.startsWith('-')) break
    if (/^-w*[fs]$/.test(argument) || isLongWithValue(argument)) index++
  }
  return argv
}

function isLongWithValue(argument: string): boolean {
  const name = argument.slice(2)
  return (
    argument.startsWith('--') && name !== '' && ['format', 'separator'].some((long) => long.startsWith(name))
  )
}

function operandNumber(text: string): Decimal {
  const number = parseDecimal(text)
  if (number === 'nan') throw new UsageError(`invalid 'not-a-number' argument: ${quote(text)}`)
  if (number === undefined) throw new UsageError(`invalid floating point argument: ${quote(text)}`)
  return number
}
