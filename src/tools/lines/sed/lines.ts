import { SystemError, ToolError } from '../../../base/error.js'
import type { Input, Output } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { kernel, type WholeLines, wholeLines } from '../../../kernel/index.js'

/** A file that is read now. */
export interface SourceFile {
  readonly name: string
  readonly input: Input
}

export interface LineSourceOptions {
  readonly delimiter: number
  /** Every file has its own line numbers and last line. */
  readonly isSeparate: boolean
  /** Opens the next file that can be read; undefined when there is none left. */
  open(): Task<SourceFile | undefined>
  /** Called when a file was read to its end and its lines are done with. */
  close(): Task<void>
  /** Called before input may be waited for. */
  beforeRead(): Task<void>
}

const nothing = Buffer.alloc(0)

/** The lines of several files, a batch at a time. */
export class LineSource {
  batch: Buffer = nothing
  /** The batch's address: to ask a buffer for it takes as long as a short line. */
  base = 0
  /** Where the next line begins. */
  next = 0
  lineNumber = 0
  /** Of the file opened last: as with GNU, looking for the last line changes it. */
  fileName = '-'
  #file: SourceFile | undefined
  #lines: WholeLines | undefined
  #isNewFile = false
  #isAtEnd = false

  constructor(private readonly options: LineSourceOptions) {}

  /** Whether the next line is at hand. */
  get hasNext(): boolean {
    return this.next < this.batch.length
  }

  /** Whether nothing comes behind the batch, as far as is known. */
  get endsWithBatch(): boolean {
    return this.#isAtEnd || (this.options.isSeparate && this.#lines === undefined)
  }

  /** Says that the line in hand is done with; returns whether a file begins that is separate. */
  beginCycle(): boolean {
    if (!this.#isNewFile) return false
    this.#isNewFile = false
    if (this.options.isSeparate) this.lineNumber = 0
    return this.options.isSeparate
  }

  /** Goes over whole lines that need no look. */
  skip(to: number): void {
    const { base } = this
    this.lineNumber += kernel.countByte(base + this.next, base + to, this.options.delimiter)
    this.next = to
  }

  /** Where a line of the batch begins that is not behind us; the batch's length when it is not there. */
  startOf(line: number): number {
    const { batch, base, next } = this
    const linesBefore = line - this.lineNumber - 1
    if (linesBefore < 0 || linesBefore > batch.length) return batch.length
    if (linesBefore === 0) return next
    const { delimiter } = this.options
    const start = kernel.skipRecords(base + next, base + batch.length, delimiter, linesBefore) >>> 0
    return start === 0 ? batch.length : start - base
  }

  /** Sends the rest of the batch to an output as it is. */
  *pass(output: Output): Task<void> {
    const from = this.next
    this.skip(this.batch.length)
    if (this.#lines === undefined) output.append(this.batch.subarray(from))
    else yield* this.#lines.pass(output, from)
    this.#drop()
  }

  /** Reads on until a line is at hand or there are no more. The batch in hand is gone then. */
  *fill(): Task<void> {
    while (!this.hasNext && !this.#isAtEnd) {
      if (this.#lines !== undefined) yield* this.#readBatch(this.#lines)
      else yield* this.#openNext()
    }
  }

  /** Finds out whether the line in hand is the last one. The batch in hand is gone then. */
  *lookAhead(): Task<void> {
    if (!this.options.isSeparate) return yield* this.fill()
    if (!this.hasNext && this.#lines !== undefined) yield* this.#readBatch(this.#lines)
  }

  /** Ends reading: what was not used is given back. */
  *finish(): Task<void> {
    this.#lines?.unread(this.batch.length - this.next)
    this.#lines = undefined
    yield* this.#closeFile()
  }

  *#openNext(): Task<void> {
    yield* this.#closeFile()
    this.#file = yield* this.options.open()
    this.#isNewFile = true
    if (this.#file === undefined) this.#isAtEnd = true
    else {
      this.#lines = wholeLines(this.#file.input, this.options.delimiter)
      this.fileName = this.#file.name
    }
  }

  *#closeFile(): Task<void> {
    if (this.#file === undefined) return
    this.#file = undefined
    yield* this.options.close()
  }

  *#readBatch(lines: WholeLines): Task<void> {
    yield* this.options.beforeRead()
    try {
      const batch = yield* lines.read()
      this.#drop()
      if (batch === undefined) this.#lines = undefined
      else {
        this.batch = batch
        this.base = batch.byteOffset
      }
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      throw new ToolError(`read error on ${this.#file?.name ?? '-'}: ${error.reason}`, 4)
    }
  }

  #drop(): void {
    this.batch = nothing
    this.next = 0
  }
}
