import { textOf } from '../../base/bytes.js'
import { SystemError, ToolError } from '../../base/error.js'
import type { Input } from '../../base/io.js'
import { quote } from '../../base/quote.js'
import type { Task } from '../../base/task.js'
import { defineTool, type StageIo } from '../../base/tool.js'
import { lines } from '../../base/type.js'
import { Children } from './xargs/children.js'
import { asArgument, CommandLine } from './xargs/command-line.js'
import { type Item, Items } from './xargs/items.js'
import { describeLimits } from './xargs/limits.js'
import { options, settle, type Settings } from './xargs/settings.js'

export const xargs = defineTool({
  name: 'xargs',
  group: 'flow',
  summary: 'run commands with arguments from standard input',
  usage: ['[OPTION]... [COMMAND [INITIAL-ARGUMENT]...]'],
  options,
  syntax: { operandsLast: true },
  status: {
    trouble: 1,
    meaning: {
      0: 'every command ended with 0',
      1: 'any other error',
      123: 'a command ended with 1 to 125',
      124: 'a command ended with 255, which ends all',
      125: 'a command was ended by a signal',
      126: 'the command cannot be run',
      127: 'the command was not found',
    },
  },
  settle: (args, { env }): Settings => settle(args, env),
  types: () => ({ input: lines, output: lines }),
  traits: () => ({ memory: 'rows' }),
  details: [
    'The input is parted into items by blanks and newlines; quotes and backslashes keep them in an item. With -0 or -d nothing is special but the one byte that ends an item. The items are added to COMMAND, echo if there is none, as many at once as fit.',
    'COMMAND may be a tool of Sluice, which then runs in this process, or any program. It reads nothing, or with -a standard input.',
    'Commands that run at once with -P write as they go, so that their output may mix.',
  ],
  examples: [
    { about: 'Two at a time', spec: 'xargs -n 2 echo', stdin: 'a b c\n', stdout: 'a b\nc\n' },
    { about: 'A command a line', spec: "xargs -I {} echo '<{}>'", stdin: 'a b\nc\n', stdout: '<a b>\n<c>\n' },
  ],
  files: ({ source }) => ({ reads: [source] }),
  asynchronous: true,
  *run(settings, io) {
    for (const warning of settings.warnings) io.warn(warning)
    if (settings.showsLimits) io.stderr.text(describeLimits(io.env, settings.size))
    const children = new Children(settings, io)
    try {
      const isRead = yield* runAll(settings, io, children)
      yield* children.finish()
      return Math.max(children.exit, isRead ? 0 : 1)
    } finally {
      children.cancel()
    }
  },
})

/** Reads items and runs a command as soon as it is complete. False when the input is wrong, which was reported. */
function* runAll(settings: Settings, io: StageIo, children: Children): Task<boolean> {
  const { placeholder, lines: maxLines, items: maxItems } = settings
  const source = openSource(settings.source, io)
  const line = new CommandLine(settings)
  const items = new Items(source, settings, line.room, (message) => io.warn(message))
  let linesRead = 0
  for (;;) {
    const item = yield* nextItem()
    if (item === undefined) break
    if (item instanceof ToolError) {
      const report = (): void => io.warn(item.message)
      // What was read before runs all the same.
      if (line.items > 0 && !settings.exitsAtSize) yield* children.run(line.take(), report)
      else report()
      return false
    }
    const text = textOf(item.bytes)
    if (placeholder !== undefined) {
      yield* children.run(line.replaced(placeholder, text))
      continue
    }
    const argument = asArgument(text)
    if (!line.fits(argument)) yield* children.run(line.take())
    line.add(argument)
    if (item.endsLine) linesRead++
    if (linesRead !== maxLines && line.items !== maxItems) continue
    yield* children.run(line.take())
    linesRead = 0
  }
  if (line.items > 0 || (settings.runsWithoutItems && children.started === 0))
    yield* children.run(line.take())
  return true

  function* nextItem(): Task<Item | ToolError | undefined> {
    try {
      return yield* children.during(items.next())
    } catch (error) {
      if (error instanceof ToolError) return error
      throw error
    }
  }
}

function openSource(source: string, io: StageIo): Input {
  try {
    return source === '-' ? io.stdin : io.open(source)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ToolError(`Cannot open input file ${quote(source)}: ${error.reason}`)
  }
}
