import { closeSync, constants, openSync } from 'node:fs'
import type { Socket } from 'node:net'
import { asSystemError, SystemError } from '../base/error.js'

/**
 * A descriptor that is used beside other work: with calls that do what can be done at once, and with a stream of Node's
 * for what has to wait.
 *
 * That a descriptor never blocks is a fact of the open file, which all processes that have it share: were it set on the
 * one given, our own children and the shell's next command would fail with EAGAIN. So the file is opened anew.
 */
export class Polled {
  /** Never blocks. Undefined for a socket, which cannot be opened anew, and where there is no /proc. */
  readonly direct: number | undefined
  #stream: Socket | undefined

  constructor(
    private readonly fd: number,
    mode: 'read' | 'write',
    /** Whether closing this closes the descriptor given. */
    private readonly owned: boolean,
    private readonly openStream: (fd: number) => Socket,
  ) {
    this.direct = reopen(fd, mode)
  }

  get stream(): Socket {
    return (this.#stream ??= this.openStream(this.direct ?? this.fd))
  }

  close(): void {
    const { direct, fd, owned } = this
    if (this.#stream === undefined) {
      if (direct !== undefined) closeSync(direct)
    } else if (direct !== undefined || owned) this.#stream.destroy()
    else this.#stream.pause().unref()
    if (owned && (direct !== undefined || this.#stream === undefined)) closeSync(fd)
  }
}

/** The same file, opened so that no call waits; undefined where the system cannot. */
export function reopen(fd: number, mode: 'read' | 'write'): number | undefined {
  const access = mode === 'read' ? constants.O_RDONLY : constants.O_WRONLY
  try {
    return openSync(`/proc/self/fd/${fd}`, access | constants.O_NONBLOCK | constants.O_NOCTTY)
  } catch {
    return undefined
  }
}

/** What the call gives; undefined when the descriptor is not ready for it. Throws `SystemError`. */
export function attempt(call: () => number): number | undefined {
  // "Not ready" is an answer, and a frequent one: to note where it came from would cost more than the call.
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    return call()
  } catch (error) {
    const refusal = asSystemError(error)
    if (refusal instanceof SystemError && refusal.code === 'EAGAIN') return undefined
    throw refusal
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}
