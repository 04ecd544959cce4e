import { batchSize, type Output } from '../../base/io.js'
import type { Task } from '../../base/task.js'
import { defineTool } from '../../base/tool.js'
import { bytes, lines } from '../../base/type.js'
import { kernel, release } from '../../kernel/index.js'
import { eachInput } from '../operands.js'
import { spaces, tabPlan, written } from './tabs/plan.js'
import { parseTabStops, type TabStops } from './tabs/stops.js'

interface Settings {
  readonly files: readonly string[]
  readonly stops: TabStops
  readonly initialOnly: boolean
}

export const expand = defineTool({
  name: 'expand',
  group: 'lines',
  summary: 'convert tabs to spaces',
  usage: ['[OPTION]... [FILE]...'],
  options: {
    initial: { short: 'i', long: 'initial', help: 'do not convert tabs after non blanks' },
    tabs: {
      short: 't',
      long: 'tabs',
      value: 'LIST',
      help: 'have tabs as many characters apart, not 8; or a comma separated list of tab positions',
    },
    digit: {
      short: [...'0123456789'],
      value: 'LIST',
      optionalValue: true,
      help: 'obsolete spelling of -t LIST',
      hidden: true,
    },
  },
  status: { trouble: 1, meaning: { 0: 'all files were converted', 1: 'a file could not be read' } },
  settle(args): Settings {
    const lists = args.options.flatMap(({ key, spelling, value = '', argument }) => {
      if (key === 'initial') return []
      return [{ text: key === 'digit' ? spelling.slice(1) + value : value, argument }]
    })
    return {
      files: args.operands,
      stops: parseTabStops(lists, 'expand'),
      initialOnly: args.has('initial'),
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
    'Writes each tab as the spaces up to the next tab stop. A backspace goes back a column.',
    'In a LIST of tab stops, the last number may begin with / for stops at the multiples of it behind the others, or with + for stops at that distance from the last of the others. Behind the last stop, a tab is one space.',
    'With no FILE, or when FILE is -, it reads standard input.',
  ],
  examples: [
    { about: 'Tabs to spaces', spec: 'expand', stdin: 'a\tb\n', stdout: 'a       b\n' },
    { about: 'Tab stops every four columns', spec: 'expand -t 4', stdin: 'a\tb\n', stdout: 'a   b\n' },
  ],
  files: ({ files }) => ({ reads: files }),
  *run({ files, stops, initialOnly }, io) {
    const plan = tabPlan(stops, initialOnly)
    try {
      const fine = yield* eachInput(io, files, function* (input) {
        for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read())
          yield* expandBatch(batch, io.stdout, plan)
      })
      return fine ? 0 : 1
    } finally {
      release(plan.byteOffset)
    }
  },
})

function* expandBatch(batch: Buffer, output: Output, plan: Buffer): Task<void> {
  const to = batch.byteOffset + batch.length
  for (let at = batch.byteOffset; at < to || spaces(plan) > 0n;) {
    const out = output.reserve(batchSize)
    at = kernel.expandTabs(at, to, out, out + batchSize, plan.byteOffset) >>> 0
    output.advance(written(plan) - out)
    yield* output.flush()
  }
}
