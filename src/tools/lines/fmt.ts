import { bytesOf } from '../../base/bytes.js'
import { SystemError, UsageError } from '../../base/error.js'
import type { Input, Output } from '../../base/io.js'
import type { Occurrence } from '../../base/option.js'
import { quoteFileAlways } from '../../base/quote.js'
import type { Task } from '../../base/task.js'
import { defineTool } from '../../base/tool.js'
import { lines } from '../../base/type.js'
import { kernel, wholeLines } from '../../kernel/index.js'
import { parseNumber } from '../size.js'
import { formatPlan, type Prefix, type Style } from './fmt/plan.js'

interface Settings extends Style {
  readonly files: readonly string[]
}

export const fmt = defineTool({
  name: 'fmt',
  group: 'lines',
  summary: 'reformat paragraphs',
  usage: ['[-WIDTH] [OPTION]... [FILE]...'],
  options: {
    crownMargin: { short: 'c', long: 'crown-margin', help: 'preserve indentation of first two lines' },
    prefix: {
      short: 'p',
      long: 'prefix',
      value: 'STRING',
      help: 'reformat only lines beginning with STRING, reattaching the prefix to reformatted lines',
    },
    splitOnly: { short: 's', long: 'split-only', help: 'split long lines, but do not refill' },
    taggedParagraph: {
      short: 't',
      long: 'tagged-paragraph',
      help: 'indentation of first line different from second',
    },
    uniformSpacing: {
      short: 'u',
      long: 'uniform-spacing',
      help: 'one space between words, two after sentences',
    },
    width: { short: 'w', long: 'width', value: 'WIDTH', help: 'maximum line width (default of 75 columns)' },
    goal: { short: 'g', long: 'goal', value: 'WIDTH', help: 'goal width (default of 93% of width)' },
    digit: { short: [...'0123456789'], help: 'a width out of its place', hidden: true },
  },
  syntax: { obsolete: modernize },
  status: { trouble: 1, meaning: { 0: 'all files were formatted', 1: 'a file could not be read' } },
  settle(args): Settings {
    const digit = args.all('digit')[0]
    if (digit !== undefined) {
      const problem = `invalid option -- ${digit.spelling.slice(1)}; -WIDTH is recognized only when it is the first\noption; use -w N instead`
      throw new UsageError(problem, { argument: digit.argument })
    }
    const width = parseWidth(args.last('width'), 2500)
    const goal = parseWidth(args.last('goal'), width ?? 75)
    return {
      files: args.operands,
      mode: modes.find(([option]) => args.has(option))?.[1] ?? 'fill',
      prefix: parsePrefix(args.value('prefix') ?? ''),
      uniform: args.has('uniformSpacing'),
      width: width ?? (goal === undefined ? 75 : goal + 10),
      goal: goal ?? Math.trunc(((width ?? 75) * 187) / 200),
    }
  },
  types: () => ({ input: lines, output: lines }),
  traits: () => ({ memory: 'rows', keepsOrder: true, pure: true }),
  details: [
    'Joins and breaks the lines of each paragraph so that all are near the goal and none is wider than WIDTH, unless a word is. A paragraph ends at a blank line and where the indentation changes. It favours breaks behind sentences and punctuation.',
    'With -c, the first two lines of a paragraph give the indentation of the first line and of the others. With -t, they must differ.',
    'With no FILE, or when FILE is -, it reads standard input.',
  ],
  examples: [
    {
      about: 'Fill lines',
      spec: 'fmt -w 20',
      stdin: 'one two\nthree four five\n',
      stdout: 'one two three\nfour five\n',
    },
    { about: 'Reformat a comment', spec: "fmt -p '# '", stdin: '# one\n# two\n', stdout: '# one two\n' },
  ],
  files: ({ files }) => ({ reads: files }),
  *run(settings, io) {
    let fine = true
    for (const file of settings.files.length === 0 ? ['-'] : settings.files) {
      let problem = (reason: string): string => `cannot open ${quoteFileAlways(file)} for reading: ${reason}`
      try {
        const input = io.open(file)
        problem = () => 'read error'
        yield* formatFile(input, io.stdout, settings)
        if (file !== '-') input.close()
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        io.warn(problem(error.reason))
        fine = false
      }
    }
    return fine ? 0 : 1
  },
})

function* formatFile(input: Input, output: Output, style: Style): Task<void> {
  const source = wholeLines(input)
  const plan = formatPlan(style)
  try {
    for (let batch = yield* source.read(); batch !== undefined; batch = yield* source.read()) {
      const end = batch.byteOffset + batch.length
      for (let at = batch.byteOffset; at < end;) {
        at = kernel.formatLines(at, end, plan.address) >>> 0
        output.append(plan.takeOutput())
        yield* output.flush()
      }
    }
    kernel.finishFormat(plan.address)
    output.append(plan.takeOutput())
  } finally {
    plan.free()
  }
}

/** Spaces around a prefix are no part of what is looked for. */
function parsePrefix(text: string): Prefix {
  const [, before = '', rest = ''] = /^( *)(.*)$/s.exec(text) ?? []
  return {
    indent: before.length,
    text: bytesOf(rest.replace(/ +$/, '')),
    fullLength: bytesOf(rest).length,
  }
}

/** Of several, the first that was given counts. */
const modes = [
  ['splitOnly', 'split'],
  ['crownMargin', 'crown'],
  ['taggedParagraph', 'tagged'],
] as const

/** A width as the first argument: `-80`. */
function modernize(argv: readonly string[]): readonly string[] {
  const [first = '', ...rest] = argv
  return /^-\d/.test(first) ? [`-w${first.slice(1)}`, ...rest] : argv
}

function parseWidth(option: Occurrence | undefined, maximum: number): number | undefined {
  if (option === undefined) return undefined
  const { value = '', argument } = option
  return Number(parseNumber(value, { problem: 'invalid width', maximum: BigInt(maximum), argument }))
}
