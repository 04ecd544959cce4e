import { batchSize } from '../../../base/io.js'
import { allocate, doublesAt, kernel, release, wordsAt } from '../../../kernel/index.js'
import { createCommands, type Commands } from './commands.js'
import { encodeScript, type Script } from './encode.js'
import type { Files } from './files.js'
import { noPattern, Run, selectPhase, Stop } from './layout.js'
import type { LineSource } from './lines.js'
import type { Outcome } from './outcome.js'
import type { Patterns } from './patterns.js'
import type { RangeState } from './range.js'
import type { Settings } from './settings.js'
import type { Sink } from './sink.js'
import { Space } from './space.js'

const paused: Outcome = { kind: 'paused' }
const lookAhead: Outcome = { kind: 'look-ahead' }
const drain: Outcome = { kind: 'drain' }
const breathe: Outcome = { kind: 'breathe' }

/** Room for output that the kernel is given, in bytes. */
const leastRoom = 32 * 1024

/** Steps of loops that others should not have to wait for any longer. */
const patience = 1024

/** Runs the script on the lines: assembly/sed.ts does most of it, and stops for what only can be done here. */
export class Machine {
  /** Where output goes; another file for each input when they are edited in place. */
  out: Sink
  readonly #run = wordsAt(allocate(Run.words * 4), Run.words).fill(0)
  readonly #address = this.#run.byteOffset
  readonly #lineNumber = doublesAt(this.#address + Run.lineNumber * 4, 1)
  readonly #space = this.#spaceAt(Run.patternSpace)
  readonly #hold = this.#spaceAt(Run.holdSpace)
  readonly #spare = this.#spaceAt(Run.spare)
  readonly #script: Script
  readonly #commands: Commands
  #batch: Buffer | undefined

  constructor(
    private readonly settings: Settings,
    private readonly source: LineSource,
    private readonly patterns: Patterns,
    private readonly files: Files,
    out: Sink,
  ) {
    this.out = out
    this.#script = encodeScript(settings, patterns)
    this.#commands = createCommands(settings, source, patterns, files, {
      run: this.#run,
      space: this.#space,
      spare: this.#spare,
    })
    this.#run[Run.program] = this.#script.address
    this.#run[Run.programEnd] = this.#script.end
    this.#run[Run.patterns] = this.#script.patterns
    this.#run[Run.patience] = patience
    this.#run[Run.delimiter] = settings.delimiter
    this.#run[Run.isQuiet] = settings.isQuiet ? 1 : 0
    this.#run[Run.conforms] = settings.dialect.conforms ? 1 : 0
  }

  get ranges(): readonly (RangeState | undefined)[] {
    return this.#script.ranges
  }

  /** Runs on from where the last run stopped, and begins at most so many cycles. */
  run(cycles: number): Outcome {
    this.#run[Run.cycles] = cycles
    return this.resume()
  }

  /** Runs on after a request. */
  resume(): Outcome {
    for (;;) {
      const outcome = this.#answer(this.#runOn())
      if (outcome !== undefined) return outcome
    }
  }

  /** The input's batch is about to go. */
  keep(): void {
    this.#space.keep()
    this.#run[Run.isOriginal] = 0
  }

  /** A file that is separate begins. */
  clearHold(): void {
    this.#hold.clear()
  }

  print(): void {
    this.out.line(this.#space.address, this.#space.length, this.#space.isTerminated)
  }

  free(): void {
    this.#script.free()
    for (const space of [this.#space, this.#hold, this.#spare]) space.free()
    this.#commands.free()
    release(this.#address)
  }

  #spaceAt(word: number): Space {
    return new Space(this.#run.subarray(word))
  }

  /** Lets the kernel run until it stops; returns why. */
  #runOn(): number {
    const { source, out, patterns } = this
    const run = this.#run
    if (source.batch !== this.#batch) {
      this.#batch = source.batch
      patterns.beginBatch()
      this.#script.beginBatch(source.batch)
    }
    const room = Math.max(leastRoom, run[Run.needed] ?? 0)
    const start = out.output.reserve(room)
    run[Run.out] = start
    run[Run.outEnd] = start + room
    run[Run.lacksDelimiter] = out.lacksDelimiter ? 1 : 0
    run[Run.batch] = source.base
    run[Run.batchEnd] = source.base + source.batch.length
    run[Run.next] = source.base + source.next
    run[Run.endsWithBatch] = source.endsWithBatch ? 1 : 0
    run[Run.lastPattern] = patterns.lastUsed
    run[Run.needed] = 0
    this.#lineNumber[0] = source.lineNumber
    const stop = kernel.runSed(this.#address)
    out.output.advance((run[Run.out] ?? 0) - start)
    out.lacksDelimiter = run[Run.lacksDelimiter] === 1
    source.next = (run[Run.next] ?? 0) - source.base
    source.lineNumber = this.#lineNumber[0] ?? 0
    patterns.lastUsed = run[Run.lastPattern] ?? noPattern
    return stop
  }

  /** Does what the kernel stopped for; undefined when it can go on. */
  #answer(stop: number): Outcome | undefined {
    const { patterns, files, out, source } = this
    const run = this.#run
    switch (stop) {
      case Stop.paused:
        return paused
      case Stop.lookAhead:
        return lookAhead
      case Stop.breathe:
        run[Run.patience] = patience
        return breathe
      case Stop.noRoom:
        return out.output.pending >= batchSize ? drain : undefined
      case Stop.grow:
        this.#grow()
        return undefined
      case Stop.ask:
        run[Run.answer] = patterns.test(run[Run.asked] ?? 0, this.#space.text) ? 2 : 1
        return undefined
      case Stop.listLines:
        patterns.listLines(run[Run.asked] ?? 0, this.#space.address - source.base)
        return undefined
      case Stop.writeAppended:
        files.writeAppended(out)
        run[Run.hasAppended] = 0
        return undefined
      default:
        return this.#do(stop)
    }
  }

  #grow(): void {
    const run = this.#run
    const place = ((run[Run.asked] ?? 0) - this.#address) / 4
    const space =
      place === Run.patternSpace ? this.#space : place === Run.holdSpace ? this.#hold : this.#spare
    space.grow(run[Run.needed] ?? 0)
    // It was not room for output that was needed.
    run[Run.needed] = 0
  }

  /** Does the command that the kernel stopped at, or lists its matches. */
  #do(stop: number): Outcome | undefined {
    const run = this.#run
    const index = this.#script.indexOf(run[Run.command] ?? 0)
    const command = this.settings.program.commands[index]
    if (command === undefined) throw new Error('no such command')
    if (command.name === 'q' || command.name === 'Q')
      return { kind: 'quit', exit: command.exit, prints: command.name === 'q' }
    const matches = this.#script.matchesOf(index)
    if (stop === Stop.listMatches) {
      if (matches?.list(this.source, this.#space.address - this.source.base) === true) return undefined
    } else matches?.useLoop()
    const request = this.#commands.execute(command, this.out)
    if (request !== undefined) return request
    run[Run.command] = this.#script.addressOf(index + 1)
    run[Run.phase] = selectPhase
    return undefined
  }
}
