import type { Input } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { Division, StageIo } from '../../../base/tool.js'
import { lines } from '../../../base/type.js'
import { GrowingBytes, wholeLines } from '../../../kernel/index.js'
import { everyTailed, repeatedSource, style, styledSink } from './counted.js'
import { countLines } from './counting.js'
import type { DistinctLines } from './distinct.js'
import { inWorkshop } from './division.js'
import { checkReadable } from './inputs.js'
import { type LineSource, mergeSources, type Sink } from './merge.js'
import { openSink } from './output.js'
import type { Settings } from './settings.js'
import { status } from './status.js'
import type { Workshop } from './workshop.js'

// Sorting where lines that compare equal are the same bytes: those that come again need only be counted.

/** Writes all lines in order to `sink`, which is opened when all are known. */
export function* sortRepeated(settings: Settings, io: StageIo, sink: () => Sink): Task<void> {
  yield* countLines({ settings }, io, {
    how: style.repeated,
    sink,
    otherwise: { isDue: isRare, equals: 'all', how: style.repeated, sink },
  })
}

/** Each part is counted or sorted, as it begins by saying; then they are merged. */
export function dividedRepeated(settings: Settings): Division {
  return {
    part: {
      name: 'sort',
      action: 'sort a part',
      status,
      types: { input: lines, output: lines },
      traits: { memory: 'all', pure: true },
      *run(io) {
        checkReadable(io, settings.files)
        const marked = (mark: string) => (): Sink => {
          io.stdout.text(mark)
          return io.stdout
        }
        return yield* countLines({ settings }, io, {
          how: everyTailed,
          sink: marked(countedMark),
          otherwise: { isDue: isRare, equals: 'all', how: style.repeated, sink: marked(plainMark) },
        })
      },
    },
    combine: (parts, io) =>
      inWorkshop(settings, io, (shop, buffer) => mergeParts(parts, openSink(io, undefined), shop, buffer)),
  }
}

/** Whether hardly any line came again so far: sorting is less work then. */
function isRare(distinct: DistinctLines, textSize: number, part: number): boolean | undefined {
  return textSize < Math.min(trialSize, part / 4) ? undefined : distinct.lines() < distinct.count * 2
}

function* mergeParts(parts: readonly Input[], sink: Sink, shop: Workshop, buffer: GrowingBytes): Task<void> {
  const { order, delimiter, holdings } = shop
  const sources: Part[] = []
  for (const part of parts) sources.push(yield* openPart(part, delimiter))
  if (sources.every(({ isCounted }) => isCounted)) {
    const repeating = styledSink(sink, delimiter, style.repeated, buffer)
    return yield* mergeSources(order, sources, 'sum', repeating, holdings)
  }
  const buffers: GrowingBytes[] = []
  const plain = sources.map((source) => {
    if (!source.isCounted) return source
    const written = new GrowingBytes()
    buffers.push(written)
    return repeatedSource(source, delimiter, written)
  })
  try {
    yield* mergeSources(order, plain, 'all', sink, holdings)
  } finally {
    for (const written of buffers) written.free()
  }
}

interface Part extends LineSource {
  /** Whether its lines end with their counts. */
  readonly isCounted: boolean
}

const countedMark = 'c\n'
const plainMark = 'p\n'

/** A part's lines, without the mark before them. */
function* openPart(part: Input, delimiter: number): Task<Part> {
  const source = wholeLines(part, delimiter)
  let first = yield* source.read()
  return {
    isCounted: first?.toString('latin1', 0, countedMark.length) === countedMark,
    *read() {
      const rest = first?.subarray(countedMark.length)
      first = undefined
      return rest === undefined || rest.length === 0 ? yield* source.read() : rest
    },
  }
}

/** Bytes of text after which it shows whether lines come again. */
const trialSize = 4 * 1024 * 1024
