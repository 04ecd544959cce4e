import type { Input } from '../../base/io.js'
import { quoteFile } from '../../base/quote.js'
import type { Task } from '../../base/task.js'
import { defineTool, type StageIo } from '../../base/tool.js'
import { lines, nothing } from '../../base/type.js'
import { wholeLines } from '../../kernel/index.js'
import { Holdings } from '../holdings.js'
import { annotated } from './sort/annotate.js'
import { findDisorder } from './sort/check.js'
import { collectFiles, Collector } from './sort/collect.js'
import { checkReadable, isSameFile, openInput } from './sort/inputs.js'
import type { LineSource } from './sort/merge.js'
import { modernize } from './sort/obsolete.js'
import { options } from './sort/options.js'
import { checkWritable, openSink } from './sort/output.js'
import { Runs } from './sort/runs.js'
import { settle, type Settings } from './sort/settings.js'
import { warnings } from './sort/warnings.js'
import { isTotal } from './sort/ordering.js'
import { sortRepeated } from './sort/repeated.js'
import { sortingTraits } from './sort/traits.js'
import { status } from './sort/status.js'
import { setUp, type Workshop } from './sort/workshop.js'

export const sort = defineTool({
  name: 'sort',
  group: 'lines',
  summary: 'sort lines of text files',
  usage: ['[OPTION]... [FILE]...', '[OPTION]... --files0-from=F'],
  options,
  syntax: { obsolete: modernize },
  status,
  settle,
  types: ({ task }) => ({ input: lines, output: task.startsWith('check') ? nothing : lines }),
  traits: (settings) => ({
    memory: settings.task === 'sort' ? 'all' : 'stream',
    pure: settings.output === undefined,
    ...sortingTraits(settings),
  }),
  details: [
    'Writes the lines of all FILEs in order. With no FILE, or when FILE is -, it reads standard input. Bytes are compared as unsigned numbers, whatever the locale.',
    'KEYDEF is F[.C][OPTS][,F[.C][OPTS]]: a start, and an end that defaults to the end of the line. F is a field and C a byte of it, both counted from 1; C 0 at the end means the last byte of the field. OPTS are letters of the ordering options [bdfgiMhnRrV], which replace the global ones for that key. Without -t, a field begins with the blanks before it.',
    'Lines whose keys are equal are compared as a whole, unless -s or -u is given.',
    'SIZE is a number of KiB, or has a unit: b for bytes, % of the memory, K, M, G, T, P, E, Z, Y. Input that does not fit goes to temporary files, which have no name once they are open.',
    'The obsolete keys +POS1 [-POS2] count fields and bytes from 0.',
  ],
  examples: [
    {
      about: 'Numbers in the second field, the largest first',
      spec: 'sort -k2,2nr',
      stdin: 'a 9\nb 10\nc 1\n',
      stdout: 'b 10\na 9\nc 1\n',
    },
    { about: 'Each line once', spec: 'sort -u', stdin: 'b\na\nb\n', stdout: 'a\nb\n' },
    { about: 'Is it sorted?', spec: 'sort -C', stdin: 'b\na\n', stdout: '', exit: 1 },
  ],
  files: ({ files, output }) => ({ reads: files, ...(output === undefined ? {} : { writes: [output] }) }),
  *run(settings, io) {
    if (settings.task === 'sort' && canCount(settings)) {
      checkReadable(io, settings.files)
      if (settings.output !== undefined) checkWritable(io, settings.output)
      yield* sortRepeated(settings, io, () => openSink(io, settings.output))
      return 0
    }
    const holdings = new Holdings()
    try {
      const shop = setUp(settings, io, holdings)
      if (settings.task === 'sort' || settings.task === 'merge') return yield* write(settings, io, shop)
      return yield* check(settings, io, shop)
    } finally {
      holdings.free()
    }
  },
})

/** Whether equal lines need only be counted, as nothing tells them apart. */
function canCount({ ordering, debug }: Settings): boolean {
  return isTotal(ordering) && !ordering.unique && !debug
}

function* check(settings: Settings, io: StageIo, { order, holdings }: Workshop): Task<number> {
  const { files, task, ordering } = settings
  const [file = '-'] = files
  const input = openInput(io, file)
  const disorder = yield* findDisorder(input, order, ordering.delimiter, ordering.unique, holdings)
  if (disorder === undefined) return 0
  if (task === 'check') {
    const { number, line } = disorder
    io.stderr.text(`sort: ${quoteFile(file)}:${number}: disorder: `)
    io.stderr.append(line)
    io.stderr.byte(ordering.delimiter)
  }
  return 1
}

function* write(settings: Settings, io: StageIo, shop: Workshop): Task<number> {
  const { files, ordering, output, task } = settings
  if (settings.debug) for (const warning of warnings(ordering)) io.warn(warning)
  checkReadable(io, files)
  if (output !== undefined) checkWritable(io, output)
  const runs = new Runs(shop)
  const rest =
    task === 'merge'
      ? yield* openSorted(settings, io, runs, shop)
      : yield* collectFiles(files, io, new Collector(shop, runs))
  const plain = openSink(io, output)
  yield* runs.mergeInto(settings.debug ? annotated(plain, ordering, shop.order, shop.holdings) : plain, rest)
  return 0
}

/**
 * Opens inputs that are sorted. Those that are too many to be merged at once, or that the output would overwrite,
 * go to temporary files first.
 */
function* openSorted(
  { files, output }: Settings,
  io: StageIo,
  runs: Runs,
  { delimiter, fanIn }: Workshop,
): Task<readonly LineSource[]> {
  let open: Input[] = []
  for (const file of files) {
    if (open.length === fanIn) yield* store()
    open.push(openInput(io, file))
  }
  if (output !== undefined && open.some((input) => isSameFile(io, output, input))) yield* store()
  return open.map((input) => wholeLines(input, delimiter))

  function* store(): Task<void> {
    yield* runs.add(open.map((input) => wholeLines(input, delimiter)))
    for (const input of open) input.close()
    open = []
  }
}
