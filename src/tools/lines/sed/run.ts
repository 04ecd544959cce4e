import { SystemError, ToolError, WriteError } from '../../../base/error.js'
import { batchSize } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { type BatchProgram, createBatchProgram } from './batch.js'
import { createFiles } from './files.js'
import { editInPlace, type InPlaceEdit } from './in-place.js'
import { LineSource, type SourceFile } from './lines.js'
import { Machine } from './machine.js'
import type { Outcome, Request } from './outcome.js'
import { createPatterns } from './patterns.js'
import type { Settings } from './settings.js'
import { createSink, refusedWrite } from './sink.js'
import { followLinks } from './symlink.js'
import { createStretches } from './stretch.js'
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
  const patterns = createPatterns(source, settings.dialect, delimiter)
  const files = createFiles(program, delimiter, io)
  const machine = new Machine(settings, source, patterns, files, standardSink)
  const { ranges } = machine
  const wake = createWake(program, ranges, source, patterns, delimiter)
  const wholeProgram = createBatchProgram(program.commands, settings, patterns)
  const stretches = createStretches(settings, ranges, source, patterns)
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
    wholeProgram?.free()
    stretches?.free()
  }

  function* runCycles(): Task<number> {
    let cycles = 1
    for (;;) {
      if (!source.hasNext) yield* source.fill()
      if (!source.hasNext) return 0
      if (source.beginCycle()) beginFile()
      if (wholeProgram !== undefined && source.next === 0 && source.batch.at(-1) === delimiter) {
        yield* runBatch(wholeProgram, source.batch.length)
        continue
      }
      const stretch = stretches?.next()
      if (stretch !== undefined) {
        yield* runBatch(stretch.program, stretch.to)
        continue
      }
      const awake = wake.next()
      if (awake - source.next >= leastGap) {
        cycles = 1
        yield* passIdleLines(awake)
        continue
      }
      // To ask for each line whether it may be gone over takes longer than its commands do.
      cycles = wake.isAlways ? wholeBatch : Math.min(cycles * 2, cyclesAtATime)
      let outcome = machine.run(cycles)
      for (; isRequest(outcome); outcome = machine.resume()) yield* supply(outcome)
      if (outcome.kind === 'quit') return quit(outcome)
      if (io.stdout.pending >= batchSize) yield* flush()
    }
  }

  function quit({ exit, prints }: Extract<Outcome, { kind: 'quit' }>): number {
    const { out } = machine
    if (prints) {
      if (!isQuiet) machine.print()
      files.writeAppended(out)
      out.completeLine()
    }
    return exit
  }

  function beginFile(): void {
    for (const range of ranges) range?.reset()
    machine.clearHold()
    files.rewind()
  }

  function* supply(request: Request): Task<void> {
    if (request.kind === 'drain') yield* flush()
    else if (request.kind === 'breathe') yield* io.breathe()
    else if (request.kind === 'fetch') yield* files.fetch(request.path)
    else {
      machine.keep()
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

  /** Runs a program on the lines at hand up to `to` at once. */
  function* runBatch(whole: BatchProgram, to: number): Task<void> {
    const lines = source.batch.subarray(source.next, to)
    const result = whole.run(lines)
    if (result.length > 0) machine.out.completeLine()
    if (result === lines && to === source.batch.length) return yield* source.pass(machine.out.output)
    machine.out.output.append(result)
    source.skip(to)
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

/** Bytes of lines that are gone over: to run the commands on fewer is as fast. */
const leastGap = 512
const cyclesAtATime = 1024
const wholeBatch = 0xffffffff

function isRequest(outcome: Outcome): outcome is Request {
  return outcome.kind !== 'paused' && outcome.kind !== 'quit'
}
