import { SystemError, ToolError, WriteError } from '../../../base/error.js'
import { batchSize } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { type BatchProgram, createBatchProgram } from './batch.js'
import { createFiles } from './files.js'
import { editInPlace, type InPlaceEdit } from './in-place.js'
import { LineSource, type SourceFile } from './lines.js'
import { Machine } from './machine.js'
import { isRequest, type Request } from './outcome.js'
import { createPatterns } from './patterns.js'
import { createRange } from './range.js'
import type { Settings } from './settings.js'
import { createSink, refusedWrite } from './sink.js'
import { followLinks } from './symlink.js'
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
  const patterns = createPatterns(source, settings.dialect, delimiter)
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
  } catch (error) {
    // What was written before a mistake in the script was met stays written.
    if (error instanceof ToolError) yield* flush()
    if (error instanceof WriteError && edit !== undefined) throw refusedWrite(edit.output.name, error)
    throw error
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
      if (source.beginCycle()) beginFile()
      if (batchProgram !== undefined && source.next === 0 && source.batch.at(-1) === delimiter) {
        yield* runBatch(batchProgram)
        continue
      }
      const awake = wake.next()
      if (awake !== source.next) {
        yield* passIdleLines(awake)
        continue
      }
      source.advance()
      machine.load()
      const exit = yield* runCommands()
      if (exit !== undefined) return exit
    }
  }

  function beginFile(): void {
    for (const range of ranges) range?.reset()
    machine.clearHold()
    files.rewind()
  }

  /** Runs all commands on the line in hand, again for each D; returns the exit code of q and Q. */
  function* runCommands(): Task<number | undefined> {
    for (;;) {
      const outcome = machine.run()
      if (isRequest(outcome)) {
        yield* supply(outcome)
        continue
      }
      if (outcome.kind === 'quit' && !outcome.prints) return outcome.exit
      const isPrinted = outcome.kind === 'end' || outcome.kind === 'quit'
      if (isPrinted && !isQuiet) machine.print()
      files.writeAppended(machine.out)
      if (outcome.kind === 'quit') {
        machine.out.completeLine()
        return outcome.exit
      }
      if (io.stdout.pending >= batchSize) yield* flush()
      if (outcome.kind !== 'restart') return undefined
      yield* io.breathe()
    }
  }

  function* supply(request: Request): Task<void> {
    if (request.kind === 'drain') yield* flush()
    else if (request.kind === 'breathe') yield* io.breathe()
    else if (request.kind === 'fetch') yield* files.fetch(request.path)
    else {
      machine.space.keep()
      yield* source.lookAhead()
    }
  }

  /** Goes over lines that no command is for. */
  function* passIdleLines(to: number): Task<void> {
    if (!isQuiet) {
      machine.out.completeLine()
      if (to === source.batch.length) return yield* source.pass(machine.out.output)
      machine.out.write(source.batch.subarray(source.next, to))
    }
    source.skip(to)
  }

  /** Runs the program on all lines at hand at once. */
  function* runBatch(whole: BatchProgram): Task<void> {
    const result = whole.run(source.batch, source.lineNumber)
    machine.out.completeLine()
    if (result === source.batch) return yield* source.pass(machine.out.output)
    machine.out.output.append(result)
    source.skip(source.batch.length)
  }

  function* flush(): Task<void> {
    if (machine.out !== standardSink) yield* machine.out.output.flush()
    yield* io.stdout.flush()
    yield* files.flush()
  }

  function* openNext(): Task<SourceFile | undefined> {
    for (let operand = operands.shift(); operand !== undefined; operand = operands.shift()) {
      try {
        const isFollowed = settings.followsLinks && operand !== '-'
        const name = isFollowed ? followLinks(operand, io.cwd) : operand
        if (inPlace !== undefined) {
          edit = editInPlace(name, inPlace, io)
          machine.out = createSink(edit.output, delimiter)
        }
        return { name, input: io.open(name) }
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        io.warn(`can't read ${operand}: ${error.reason}`)
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
