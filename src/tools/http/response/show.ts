import { ToolError } from '../../../base/error.js'
import { batchSize } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { type BodySink, decoding } from './decode.js'
import type { Display } from './display.js'
import type { Facts } from './check.js'
import { fieldText, type Path } from './field.js'
import { type Head, headText, listedIn } from './head.js'
import type { MessageHandler } from './messages.js'

/** Prints responses as they come, as far as that is wanted, and judges them. */
export class Show implements MessageHandler {
  /** What the responses so far make the exit status. */
  exit = 0
  #started = performance.now()
  #answer: { readonly head: Head; readonly body: BodySink } | undefined
  #size = 0
  #held: Uint8Array[] = []

  constructor(
    private readonly display: Display,
    private readonly io: StageIo,
  ) {}

  /** The time of the next response counts from now. */
  start(): void {
    this.#started = performance.now()
  }

  *head(head: Head): Task<void> {
    this.close()
    const { display, io } = this
    const fails = head.status >= 400 && display.errorAnswer !== 'fine'
    if (fails) {
      io.warn(`the server answered ${head.status} ${head.reason}`.trimEnd())
      this.exit = 22
    }
    if (display.showStatus) io.stdout.text(`${head.status}\n`)
    if (display.showHeaders) io.stdout.append(Buffer.from(headText(head), 'latin1'))
    const showsBody = display.showBody && !(fails && display.errorAnswer === 'failure')
    const codings = display.decode ? listedIn(head, 'content-encoding') : []
    this.#answer = { head, body: decoding(codings, this.#bodySink(showsBody)) }
    this.#size = 0
    this.#held = []
  }

  *body(bytes: Uint8Array): Task<void> {
    if (this.#answer !== undefined) yield* this.#answer.body.write(bytes)
  }

  *end(): Task<void> {
    if (this.#answer === undefined) return
    const { head, body } = this.#answer
    const milliseconds = performance.now() - this.#started
    yield* body.end()
    this.#answer = undefined
    this.#judge({ head, body: Buffer.concat(this.#held), size: this.#size, milliseconds })
    this.#held = []
    this.start()
  }

  *flush(): Task<void> {
    if (this.io.stdout.pending > 0) yield* this.io.stdout.flush()
  }

  /** Gives back what an unfinished response holds. */
  close(): void {
    this.#answer?.body.close()
    this.#answer = undefined
  }

  #bodySink(isShown: boolean): BodySink {
    const { stdout } = this.io
    const keep = this.#keep.bind(this)
    return {
      *write(bytes) {
        keep(bytes)
        if (!isShown) return
        stdout.append(bytes)
        if (stdout.pending >= batchSize) yield* stdout.flush()
      },
      *end() {
        // What was kept is looked at by the one who ends it.
      },
      close: () => undefined,
    }
  }

  /** Counts a piece of the body, and holds it where fields or checks need it. */
  #keep(bytes: Uint8Array): void {
    const { fields, checks, bodyLimit } = this.display
    this.#size += bytes.length
    if (fields.length === 0 && !checks.some(({ needsBody }) => needsBody)) return
    if (this.#size > bodyLimit)
      throw new ToolError(`the body has more than the ${bodyLimit} bytes of --body-limit`, 1)
    this.#held.push(bytes)
  }

  #judge(facts: Facts): void {
    const { fields, checks } = this.display
    const complain = (message: string): void => {
      this.io.warn(message)
      this.exit = Math.max(this.exit, 3)
    }
    for (const { text, path } of fields) {
      const value = jsonField(facts.body, path)
      if ('text' in value) this.io.stdout.text(`${value.text}\n`)
      else complain(value.problem ?? `the body has no field ${text}`)
    }
    const failures = checks.map((check) => check.failure(facts))
    for (const [index, { text }] of checks.entries()) {
      const failure = failures[index]
      this.io.stdout.text(failure === undefined ? `ok    ${text}\n` : `FAIL  ${text}: ${failure}\n`)
    }
    const failed = failures.filter((failure) => failure !== undefined).length
    if (failed > 0) complain(`${failed} of ${checks.length} checks failed`)
  }
}

function jsonField(
  body: Buffer,
  path: Path,
): { readonly text: string } | { readonly problem: string | undefined } {
  try {
    const text = fieldText(body, path)
    return text === undefined ? { problem: undefined } : { text }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { problem: 'the body is no JSON' }
  }
}
