import { SystemError } from '../../../base/error.js'
import type { StageIo } from '../../../base/tool.js'
import { Failure } from './failure.js'
import { Listing } from './list.js'
import type { Settings } from './settings.js'

/** One run: what it is to do, and what has been said so far. */
export class Job {
  /** The exit code by now: an error counts more than a warning. */
  exit = 0
  readonly listing: Listing
  readonly isVerbose: boolean

  constructor(
    readonly settings: Settings,
    readonly io: StageIo,
  ) {
    this.isVerbose = settings.verbosity === 'verbose'
    this.listing = new Listing(io.stdout, settings.verbosity)
  }

  say(text: string): void {
    this.io.stderr.text(text)
  }

  fail({ text, exit, isQuietable }: Failure): void {
    if (!isQuietable || this.settings.verbosity !== 'quiet') this.say(`${text}\n`)
    if (this.exit !== 1) this.exit = exit
  }
}

/** Makes a refusal of the system a failure of that file. */
export function attempt<Result>(path: string, call: () => Result): Result {
  try {
    return call()
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new Failure(`gzip: ${path === '' ? '' : `${path}: `}${error.reason}`)
  }
}
