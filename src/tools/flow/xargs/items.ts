import { bytesOf } from '../../../base/bytes.js'
import { ToolError } from '../../../base/error.js'
import type { Input } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { Settings } from './settings.js'

/** One item of the input. */
export interface Item {
  readonly bytes: Buffer
  /** A line of the input ends with it. */
  readonly endsLine: boolean
}

const nothing = Buffer.alloc(0)

/** What the current item is in. */
type State = 'before' | 'item' | 'escape' | 'single quote' | 'double quote'

const [nul, tab, newline, space, doubleQuote, singleQuote, backslash] = [0, 9, 10, 32, 34, 39, 92]

/** Reads items one by one (findutils manual, "Invoking xargs"). */
export class Items {
  #batch: Buffer = nothing
  #at = 0
  #hasEnded = false
  #hasWarned = false

  constructor(
    private readonly input: Input,
    private readonly settings: Pick<Settings, 'delimiter' | 'end' | 'placeholder'>,
    /** The most bytes an item may have. */
    private readonly longest: number,
    private readonly warn: (message: string) => void,
  ) {}

  /** The next item, undefined at the end. Throws `ToolError` for one that is too long or does not end. */
  *next(): Task<Item | undefined> {
    if (this.#hasEnded) return undefined
    const { delimiter, end } = this.settings
    const item = yield* delimiter === undefined ? this.#quoted() : this.#delimited(delimiter)
    if (item === undefined || (end !== undefined && beforeNul(item.bytes).equals(bytesOf(end)))) {
      this.#hasEnded = true
      return undefined
    }
    return item
  }

  *#delimited(delimiter: number): Task<Item | undefined> {
    const bytes: number[] = []
    for (;;) {
      const byte = this.#batch[this.#at++] ?? (yield* this.#nextBatch())
      if (byte === undefined && bytes.length === 0) return undefined
      if (byte === undefined || byte === delimiter) return { bytes: Buffer.from(bytes), endsLine: true }
      this.#add(bytes, byte)
    }
  }

  *#quoted(): Task<Item | undefined> {
    const bytes: number[] = []
    let state: State = 'before'
    let hasQuotes = false
    let previous: number | undefined
    for (;;) {
      const byte = this.#batch[this.#at++] ?? (yield* this.#nextBatch())
      const last = previous
      previous = byte
      if (byte === undefined) {
        refuseOpenQuote(state)
        if (bytes.length === 0 && !hasQuotes) return undefined
        return { bytes: Buffer.from(bytes), endsLine: false }
      }
      if (state === 'before') {
        if (isSpace(byte)) continue
        state = 'item'
      }
      if (state === 'item') {
        // A blank at a line's end joins it with the next.
        if (byte === newline && (bytes.length > 0 || hasQuotes))
          return { bytes: Buffer.from(bytes), endsLine: last !== space && last !== tab }
        if (byte === newline) {
          state = 'before'
          continue
        }
        if ((byte === space || byte === tab) && this.settings.placeholder === undefined)
          return { bytes: Buffer.from(bytes), endsLine: false }
        const special = stateAfter(byte)
        if (special !== undefined) {
          state = special
          hasQuotes ||= special !== 'escape'
          continue
        }
      } else if (state === 'escape') {
        state = 'item'
      } else if (byte === newline) {
        refuseOpenQuote(state)
      } else if (byte === (state === 'single quote' ? singleQuote : doubleQuote)) {
        state = 'item'
        continue
      }
      if (byte === nul) this.#warnOfNul()
      this.#add(bytes, byte)
    }
  }

  #add(bytes: number[], byte: number): void {
    if (bytes.length >= this.longest) throw new ToolError('argument line too long')
    bytes.push(byte)
  }

  #warnOfNul(): void {
    if (this.#hasWarned) return
    this.#hasWarned = true
    const advice = 'It cannot be passed through in the argument list.  Did you mean to use the --null option?'
    this.warn(`WARNING: a NUL character occurred in the input.  ${advice}`)
  }

  /** Reads on, and returns the first byte. */
  *#nextBatch(): Task<number | undefined> {
    this.#batch = (yield* this.input.read()) ?? nothing
    this.#at = 1
    return this.#batch[0]
  }
}

function beforeNul(bytes: Buffer): Buffer {
  const at = bytes.indexOf(nul)
  return at < 0 ? bytes : bytes.subarray(0, at)
}

function stateAfter(byte: number): State | undefined {
  if (byte === backslash) return 'escape'
  if (byte === singleQuote) return 'single quote'
  return byte === doubleQuote ? 'double quote' : undefined
}

function isSpace(byte: number): boolean {
  return byte === space || (byte >= tab && byte <= 13)
}

function refuseOpenQuote(state: State): void {
  if (state !== 'single quote' && state !== 'double quote') return
  const advice = 'by default quotes are special to xargs unless you use the -0 option'
  throw new ToolError(`unmatched ${state}; ${advice}`)
}
