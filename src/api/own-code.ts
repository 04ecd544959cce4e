import { ToolError } from '../base/error.js'
import type { Input } from '../base/io.js'
import { Signal, type Task } from '../base/task.js'
import { defineTool, type StageIo, type Tool } from '../base/tool.js'
import { bytes } from '../base/type.js'

/** A stage's code in a program: it is given what the stage reads and gives what the stage writes. */
export type Transform = (source: AsyncIterable<Buffer>) => Pieces

/** Text or bytes, now or as they come. */
export type Pieces = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>

/** A tool made of a program's own code; `name` stands in reports. An error it throws is the stage's failure. */
export function ownTool(name: string, transform: Transform): Tool {
  const tool = defineTool({
    name,
    group: 'flow',
    summary: 'code of the program',
    usage: [''],
    options: {},
    status: { trouble: 1, meaning: {} },
    settle: () => undefined,
    types: () => ({ input: bytes, output: bytes }),
    traits: () => ({ memory: 'stream' }),
    details: [],
    examples: [],
    asynchronous: true,
    run: (_settings, io) => drive(transform, io),
  })
  // Its table has no options and its settings say nothing, so it is a tool like any other.
  return tool as Tool
}

function* drive(transform: Transform, io: StageIo): Task<number> {
  const changed = new Signal()
  const feed = new Feed(changed)
  let iterator: PieceIterator | undefined
  const ask = (): Piece | Promise<Piece> => (iterator ??= iteratorOf(transform(feed))).next()
  try {
    for (;;) {
      const next = track(ask, changed)
      while (next.outcome === undefined) {
        if (feed.isWanted) yield* supply(feed, io.stdin)
        else yield changed
      }
      if ('reason' in next.outcome) throw asFailure(next.outcome.reason)
      const { done, value } = next.outcome.value
      if (done === true) return 0
      if (typeof value === 'string') io.stdout.text(value)
      else io.stdout.append(value)
      yield* io.stdout.flush()
    }
  } finally {
    // The stage is over, also for code that waits for input; what it does at its own end is nobody's result.
    feed.end()
    track(() => iterator?.return?.(), changed)
  }
}

type Piece = IteratorResult<string | Uint8Array, void>
type PieceIterator = Iterator<string | Uint8Array, void> | AsyncIterator<string | Uint8Array, void>

function iteratorOf(pieces: Pieces): PieceIterator {
  return Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]()
}

function* supply(feed: Feed, input: Input): Task<void> {
  const batch = yield* input.read()
  feed.give(batch === undefined ? undefined : Buffer.from(batch))
}

interface Tracked<Value> {
  outcome: { readonly value: Value } | { readonly reason: unknown } | undefined
}

/** Calls; what comes of it, now or later, is the outcome. */
function track<Value>(call: () => Value | PromiseLike<Value>, changed: Signal): Tracked<Value> {
  const tracked: Tracked<Value> = { outcome: undefined }
  new Promise<Value>((resolve) => resolve(call())).then(
    (value) => {
      tracked.outcome = { value }
      changed.wake()
    },
    (reason: unknown) => {
      tracked.outcome = { reason }
      changed.wake()
    },
  )
  return tracked
}

function asFailure(reason: unknown): ToolError {
  const failure = new ToolError(reason instanceof Error ? reason.message : String(reason))
  failure.cause = reason
  return failure
}

/** What the stage reads, asked for by the code a piece at a time. */
class Feed implements AsyncIterableIterator<Buffer> {
  #answer: ((piece: IteratorResult<Buffer>) => void) | undefined
  #ended = false

  constructor(private readonly changed: Signal) {}

  get isWanted(): boolean {
    return this.#answer !== undefined
  }

  /** Answers the code; undefined is the end. */
  give(piece: Buffer | undefined): void {
    const answer = this.#answer
    this.#answer = undefined
    answer?.(piece === undefined ? { done: true, value: undefined } : { done: false, value: piece })
  }

  /** There is no more, whatever is asked. */
  end(): void {
    this.#ended = true
    this.give(undefined)
  }

  next(): Promise<IteratorResult<Buffer>> {
    if (this.#ended) return Promise.resolve({ done: true, value: undefined })
    return new Promise((resolve) => {
      this.#answer = resolve
      this.changed.wake()
    })
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
