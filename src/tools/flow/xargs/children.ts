import { constants } from 'node:os'
import { ToolError } from '../../../base/error.js'
import { Closed } from '../../../base/io.js'
import { quoteFile } from '../../../base/quote.js'
import type { Task } from '../../../base/task.js'
import type { ChildOutcome, StageIo } from '../../../base/tool.js'
import type { Settings } from './settings.js'
import { SideBySide } from './side-by-side.js'

interface Ended {
  readonly name: string
  readonly slot: number
  readonly outcome: ChildOutcome
}

/** The commands that xargs runs, as many at once as `-P` says. */
export class Children {
  /** How many commands were started. */
  started = 0
  #hasFailed = false
  readonly #running = new SideBySide<Ended>()
  readonly #slots = new Set<number>()

  constructor(
    private readonly settings: Settings,
    private readonly io: StageIo,
  ) {}

  /** 123 when a command failed (findutils manual, "xargs exit status"). */
  get exit(): number {
    return this.#hasFailed ? 123 : 0
  }

  /**
   * Starts a command when its turn has come, then calls `whenStarted`. Throws `ToolError` where the end of another
   * ends all.
   */
  *run(argv: readonly string[], whenStarted?: () => void): Task<void> {
    const { processes, traces } = this.settings
    while (this.#running.size >= processes) yield* this.#settle()
    if (traces) this.io.stderr.text(`${argv.map(quoteFile).join(' ')}\n`)
    this.started++
    this.#running.start(this.#execute(argv))
    whenStarted?.()
    if (processes === 1) yield* this.#settle()
  }

  /** Runs `task` while the commands go on. */
  during<Value>(task: Task<Value>): Task<Value> {
    return this.#running.during(task)
  }

  /** Waits for all. */
  *finish(): Task<void> {
    while (this.#running.size > 0) yield* this.#settle()
  }

  cancel(): void {
    this.#running.cancel()
  }

  *#execute(argv: readonly string[]): Task<Ended> {
    const { slotVariable, source } = this.settings
    let slot = 0
    while (this.#slots.has(slot)) slot++
    this.#slots.add(slot)
    const outcome = yield* this.io.execute(argv, {
      stdin: source === '-' ? 'empty' : 'own',
      ...(slotVariable === undefined ? {} : { env: { [slotVariable]: String(slot) } }),
    })
    return { name: argv[0] ?? '', slot, outcome }
  }

  *#settle(): Task<void> {
    const { name, slot, outcome } = yield* this.#running.next()
    this.#slots.delete(slot)
    const { code, signal, failure } = outcome
    if (failure !== undefined) throw new ToolError(failure, code)
    // Whoever reads what the commands write is done.
    if (signal === 'SIGPIPE') throw new Closed()
    if (signal !== undefined)
      throw new ToolError(`${name}: terminated by signal ${constants.signals[signal]}`, 125)
    if (code === 255) throw new ToolError(`${name}: exited with status 255; aborting`, 124)
    if (code !== 0) this.#hasFailed = true
  }
}
