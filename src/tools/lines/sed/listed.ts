import { kernel, wordsAt } from '../../../kernel/index.js'
import { PatternWord } from './layout.js'
import type { LineSource } from './lines.js'

const least = 1024
const most = 1 << 20

/** What was found in the lines of a batch, as far as they were looked at: the kernel reads it, and stops where it ends. */
export class Listed {
  readonly words: Uint32Array
  #batch: Buffer | undefined
  #reach = least

  constructor(
    readonly address: number,
    size: number,
    private readonly delimiter: number,
  ) {
    this.words = wordsAt(address, size)
  }

  /** The lines from `at` on to look at next: the more, the more of those before were asked for. */
  linesFrom({ batch, base }: LineSource, at: number): { batch: Buffer; from: number; to: number } {
    const behind = at - this.lookedTo
    this.#reach = behind < this.#reach ? Math.min(this.#reach * 4, most) : least
    const end = base + batch.length
    const to = (kernel.findByte(Math.min(base + at + this.#reach, end), end, this.delimiter) >>> 0) + 1 - base
    return { batch, from: at, to: Math.min(to, batch.length) }
  }

  /** Says what was found in the lines [from, to). */
  set(count: number, from: number, to: number): void {
    const { words } = this
    words[PatternWord.count] = count
    words[PatternWord.index] = 0
    words[PatternWord.lookedFrom] = from
    words[PatternWord.lookedTo] = to
  }

  /** Forgets what was found in another batch. */
  keepFor(batch: Buffer): void {
    if (batch !== this.#batch) this.set(0, 0, 0)
    this.#batch = batch
  }

  get lookedFrom(): number {
    return this.words[PatternWord.lookedFrom] ?? 0
  }

  get lookedTo(): number {
    return this.words[PatternWord.lookedTo] ?? 0
  }
}
