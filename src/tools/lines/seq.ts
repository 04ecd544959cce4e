import { UsageError } from '../../base/error.js'
import { batchSize } from '../../base/io.js'
import { quote } from '../../base/quote.js'
import { defineTool } from '../../base/tool.js'
import { lines, nothing } from '../../base/type.js'
import { type Decimal, decimalText, parseDecimal, scaled } from './seq/decimal.js'
import { type NumberFormat, parseFormat } from './seq/format.js'

interface Settings {
  readonly first: bigint
  readonly step: bigint
  /** Undefined: without end. */
  readonly last: bigint | undefined
  /** Digits behind the point that the three are scaled by, and those that are shown. */
  readonly scale: number
  readonly shown: number
  readonly width: number
  readonly separator: string
  readonly format: NumberFormat | undefined
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
  syntax: { obsolete: protectNumbers },
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
    const [first, step, last] =
      numbers.length === 1
        ? [one, one, numbers[0]]
        : numbers.length === 2
          ? [numbers[0], one, numbers[1]]
          : numbers
    return resolve(first ?? one, step ?? one, last ?? one, {
      separator: args.value('separator') ?? '\n',
      equalWidth: args.has('equalWidth'),
      format,
      stepText: operands[1] ?? '',
    })
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
  *run(settings, { stdout }) {
    const { first, step, last, separator } = settings
    const isPast = (value: bigint): boolean => last !== undefined && (step < 0n ? value < last : value > last)
    if (isPast(first)) return 0
    for (let value = first; ; value += step) {
      stdout.text(textOf(value, settings))
      const ends = isPast(value + step)
      stdout.text(ends ? '\n' : separator)
      if (stdout.pending >= batchSize) yield* stdout.flush()
      if (ends) break
    }
    yield* stdout.flush()
    return 0
  },
})

const one: Decimal = { digits: 1n, precision: 0, width: 1, infinite: 0 }

/** A negative number is an operand and no option: `seq -5 -1`. */
function protectNumbers(argv: readonly string[]): readonly string[] {
  const first = argv.findIndex((argument) => /^-[.0-9]/.test(argument) || /^-inf/i.test(argument))
  const isValue = (index: number): boolean =>
    /^-[^-]*[fs]$|^--(format|separator)$/.test(argv[index - 1] ?? '')
  const end = argv.indexOf('--')
  if (first < 0 || isValue(first) || (end >= 0 && end < first)) return argv
  // Options end where numbers begin, as for GNU, which stops at the first of them.
  return [...argv.slice(0, first), '--', ...argv.slice(first)]
}

function operandNumber(text: string): Decimal {
  const number = parseDecimal(text)
  if (number === 'nan') throw new UsageError(`invalid 'not-a-number' argument: ${quote(text)}`)
  if (number === undefined) throw new UsageError(`invalid floating point argument: ${quote(text)}`)
  return number
}

function resolve(
  first: Decimal,
  step: Decimal,
  last: Decimal,
  more: { separator: string; equalWidth: boolean; format: NumberFormat | undefined; stepText: string },
): Settings {
  if (step.digits === 0n && step.infinite === 0)
    throw new UsageError(`invalid Zero increment value: ${quote(more.stepText)}`)
  const scale = Math.max(first.precision, step.precision, last.precision)
  const shown = Math.max(first.precision, step.precision)
  const end = last.infinite === 0 ? scaled(last, scale) : undefined
  const forwards = step.digits > 0n
  // Towards the other infinity there is nothing to print.
  const empty = last.infinite !== 0 && last.infinite > 0 !== forwards
  const base = {
    first: scaled(first, scale),
    step: scaled(step, scale),
    scale,
    shown,
    separator: more.separator,
    format: more.format,
  }
  return {
    ...base,
    last: empty ? base.first + (forwards ? -1n : 1n) : end,
    width: more.equalWidth ? widthOf(first, last, shown, scale) : 0,
  }
}

/** The width of the wider end, as it will be shown. */
function widthOf(first: Decimal, last: Decimal, shown: number, scale: number): number {
  const width = (number: Decimal): number => {
    const point = shown > 0 ? 1 : 0
    return number.width - (number.precision > 0 ? number.precision + 1 : 0) + shown + point
  }
  return Math.max(width(first), last.infinite === 0 ? width(last) : 0, scale < 0 ? 0 : 1)
}

function textOf(value: bigint, { scale, shown, width, format }: Settings): string {
  const text = decimalText(value, scale, shown)
  if (format !== undefined) return format(text)
  if (width === 0 || text.length >= width) return text
  return text.startsWith('-') ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0')
}
