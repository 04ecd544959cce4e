import { SystemError } from '../../../base/error.js'
import { batchSize } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { createBatchProgram } from './batch.js'
import { createFiles } from './files.js'
import { editInPlace, type InPlaceEdit } from './in-place.js'
import { LineSource, type SourceFile } from './lines.js'
import { Machine, type Outcome } from './machine.js'
import { createPatterns } from './patterns.js'
import { createRange } from './range.js'
import type { Settings } from './settings.js'
import { createSink } from './sink.js'
import { createWake } from './wake.js'

/** Runs `sed`: 0, 2 when a file could not be read, or what q and Q say. */
export function* runSed(settings: Settings, io: StageIo): Task<number> {
  const { program, delimiter, inPlace, isQuiet, isSeparate } = settings
  const standardSink = createSink(io.stdout, delimiter)
  const operands = [...settings.files]
  let isInputMissing = false
  let edit: InPlaceEdit | undefined
  const source = new LineSource({
    delimiter,
    isSeparate,
    open: openNext,
    close: closeFile,
    beforeRead: flush,
  })
  const ranges = program.commands.map(({ selector }) =>
    selector === undefined ? undefined : createRange(selector),
  )
  const patterns = createPatterns(source, settings.extended, delimiter)
  const files = createFiles(program, delimiter, io)
  const machine = new Machine(settings, source, patterns, ranges, files, standardSink)
  const wake = createWake(program, ranges, source, patterns, delimiter)
  const batchProgram = createBatchProgram(settings, patterns)
  try {
    const exit = yield* runCycles()
    yield* source.finish()
    yield* flush()
    yield* files.close()
    return isInputMissing ? 2 : exit
  } finally {
    edit?.abandon()
    machine.free()
    patterns.free()
    batchProgram?.free()
  }

  function* runCycles(): Task<number> {
    for (;;) {
      if (!source.hasNext) yield* source.fill()
      if (!source.hasNext) return 0
      if (source.beginCycle()) for (const range of ranges) range?.reset()
      if (batchProgram !== undefined && (yield* runBatch(batchProgram))) continue
      if (yield* skipIdleLines()) continue
      source.advance()
      machine.load()
      const outcome = yield* runCycle()
      if (outcome?.kind === 'quit') return outcome.exit
      if (io.stdout.pending >= batchSize) yield* flush()
    }
  }

  /** Runs all commands on the line in hand, again for each D; returns what ends the run. */
  function* runCycle(): Task<Outcome | undefined> {
    for (;;) {
      const outcome = machine.run()
      switch (outcome.kind) {
        case 'look-ahead':
          machine.space.keep()
          yield* source.lookAhead()
          continue
        case 'fetch':
          yield* files.fetch(outcome.path)
          continue
        case 'quit':
          if (outcome.prints) endCycle(!isQuiet)
          return outcome
        default:
          endCycle(outcome.kind === 'end' && !isQuiet)
          if (outcome.kind !== 'restart') return undefined
      }
    }
  }

  function endCycle(prints: boolean): void {
    if (prints) machine.print()
    files.writeAppended(machine.out)
  }

  /** Goes over the lines that no command is for; returns whether that was all the rest of the batch. */
  function* skipIdleLines(): Task<boolean> {
    const to = wake.next()
    if (to === source.next) return false
    const isRest = to === source.batch.length
    if (!isQuiet) {
      machine.out.completeLine()
      if (isRest) yield* source.pass(machine.out.output)
      else machine.out.write(source.batch.subarray(source.next, to))
    }
    if (source.hasNext) source.skip(to)
    return isRest
  }

  /** Runs the program on all lines at hand at once; false when it cannot. */
  function* runBatch(whole: NonNullable<typeof batchProgram>): Task<boolean> {
    if (source.next > 0 || source.batch[source.batch.length - 1] !== delimiter) return false
    const result = whole.run(source.batch)
    machine.out.completeLine()
    if (result === source.batch) yield* source.pass(machine.out.output)
    else {
      machine.out.output.append(result)
      source.skip(source.batch.length)
    }
    return true
  }

  function* flush(): Task<void> {
    if (machine.out !== standardSink) yield* machine.out.output.flush()
    yield* io.stdout.flush()
    yield* files.flush()
  }

  function* openNext(): Task<SourceFile | undefined> {
    for (let name = operands.shift(); name !== undefined; name = operands.shift()) {
      try {
        if (inPlace !== undefined && name !== '-') {
          edit = editInPlace(name, inPlace, settings.followsLinks, io)
          machine.out = createSink(edit.output, delimiter)
        }
        return { name, input: io.open(name) }
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        io.warn(`can't read ${name}: ${error.reason}`)
        isInputMissing = true
      }
    }
    return undefined
  }

  function* closeFile(): Task<void> {
    if (edit === undefined) return
    yield* edit.commit()
    edit = undefined
    machine.out = standardSink
  }
}
