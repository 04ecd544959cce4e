import { UsageError } from '../../base/error.js'
import { batchSize, type Output } from '../../base/io.js'
import type { Occurrence } from '../../base/option.js'
import { defineTool } from '../../base/tool.js'
import { bytes, lines } from '../../base/type.js'
import { kernel, release } from '../../kernel/index.js'
import { eachInput } from '../operands.js'
import { maximumUnsigned } from '../size.js'
import { spaces, tabPlan, written } from './tabs/plan.js'
import { parseTabStops, type TabList, type TabStops } from './tabs/stops.js'

interface Settings {
  readonly files: readonly string[]
  readonly stops: TabStops
  readonly initialOnly: boolean
}

export const unexpand = defineTool({
  name: 'unexpand',
  group: 'lines',
  summary: 'convert spaces to tabs',
  usage: ['[OPTION]... [FILE]...'],
  options: {
    all: { short: 'a', long: 'all', help: 'convert all blanks, instead of just initial blanks' },
    firstOnly: {
      long: 'first-only',
      help: 'convert only leading sequences of blanks (overrides -a)',
    },
    tabs: {
      short: 't',
      long: 'tabs',
      value: 'LIST',
      help: 'have tabs as many characters apart, not 8; or a comma separated list of tab positions (enables -a)',
    },
    digit: { short: [...'0123456789,'], help: 'obsolete spelling of --first-only -t LIST', hidden: true },
  },
  status: { trouble: 1, meaning: { 0: 'all files were converted', 1: 'a file could not be read' } },
  settle(args): Settings {
    return {
      files: args.operands,
      stops: parseTabStops(tabLists(args.options), 'unexpand'),
      initialOnly: args.has('firstOnly') || !(args.has('all') || args.has('tabs')),
    }
  },
  types: () => ({ input: bytes, output: lines }),
  traits: ({ files }) => ({
    memory: 'stream',
    rowwise: files.length <= 1,
    oneToOne: files.length <= 1,
    keepsOrder: true,
    pure: true,
  }),
  details: [
    'Writes a tab for the blanks up to a tab stop, where they are more than one space or are followed by more blanks. A backspace goes back a column.',
    'A LIST of tab stops is as for expand(1). Blanks behind the last stop stay as they are.',
    'With no FILE, or when FILE is -, it reads standard input.',
  ],
  examples: [
    { about: 'Initial blanks to tabs', spec: 'unexpand', stdin: '        a  b\n', stdout: '\ta  b\n' },
    { about: 'All blanks', spec: 'unexpand -a', stdin: 'a       b\n', stdout: 'a\tb\n' },
  ],
  files: ({ files }) => ({ reads: files }),
  *run({ files, stops, initialOnly }, io) {
    const plan = tabPlan(stops, initialOnly)
    try {
      const fine = yield* eachInput(io, files, function* (input) {
        for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read()) {
          unexpandBatch(batch, io.stdout, plan)
          yield* io.stdout.flush()
        }
      })
      const out = io.stdout.reserve(Number(spaces(plan)))
      io.stdout.advance((kernel.writeSpaces(out, plan.byteOffset) >>> 0) - out)
      return fine ? 0 : 1
    } finally {
      release(plan.byteOffset)
    }
  },
})

function unexpandBatch(batch: Buffer, output: Output, plan: Buffer): void {
  const to = batch.byteOffset + batch.length
  for (let at = batch.byteOffset; at < to;) {
    const held = Number(spaces(plan))
    const room = held < batchSize / 2 ? batchSize : held + batchSize
    const out = output.reserve(room)
    at = kernel.unexpandBlanks(at, to, out, out + room, plan.byteOffset) >>> 0
    output.advance(written(plan) - out)
  }
}

/** The lists of -t; the obsolete digits and commas make numbers of their own, each when the next one begins. */
function tabLists(options: readonly Occurrence[]): readonly TabList[] {
  const lists: TabList[] = []
  let digits: TabList | undefined
  for (const { key, value = '', spelling, argument } of options) {
    if (key === 'tabs') lists.push({ text: value, argument })
    if (key !== 'digit') continue
    if (spelling === '-,') {
      if (digits !== undefined) lists.push(digits)
      digits = undefined
      continue
    }
    digits = { text: (digits?.text ?? '') + spelling.slice(1), argument }
    if (BigInt(digits.text) > maximumUnsigned)
      throw new UsageError('tab stop value is too large', { hint: false, argument })
  }
  return digits === undefined ? lists : [...lists, digits]
}
