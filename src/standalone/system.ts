import { dlopen } from 'bun:ffi'
import { SystemError } from '../base/error.js'

/**
 * Calls of the C library that Node's modules do not have. Their failures have no reason, because Bun may make calls
 * of its own before errno could be read: who needs it makes a call of `node:fs` that fails for the same reason.
 */
const openLibrary = () =>
  dlopen('libc.so.6', {
    poll: { args: ['ptr', 'u64', 'i32'], returns: 'i32' },
    pipe2: { args: ['ptr', 'i32'], returns: 'i32' },
    send: { args: ['i32', 'ptr', 'u64', 'i32'], returns: 'i64' },
    lseek: { args: ['i32', 'i64', 'i32'], returns: 'i64' },
  }).symbols

/** Making the calls takes milliseconds, and most runs of plain filters need none. */
const library = () => (opened ??= openLibrary())
let opened: ReturnType<typeof openLibrary> | undefined

/** What to wait for: poll(2)'s events, of which `error` is always waited for. */
export const event = { readable: 0x1, writable: 0x4, error: 0 } as const

/** A descriptor and the events that are waited for. */
export interface Wait {
  readonly fd: number
  readonly events: number
}

/** Which of the waits are over, after at most so many milliseconds; without an end where they are negative. */
export function poll(waits: readonly Wait[], milliseconds: number): readonly boolean[] {
  // A struct pollfd is the descriptor, and two halves of a word: the events waited for and those that came.
  const words = new Int32Array(waits.flatMap(({ fd, events }) => [fd, events]))
  library().poll(words, waits.length, milliseconds)
  return waits.map((_, index) => (words[2 * index + 1] ?? 0) >>> 16 !== 0)
}

/** Whether a call would not wait now. */
export function isReady(fd: number, events: number): boolean {
  return poll([{ fd, events }], 0)[0] === true
}

/** A pipe's two ends, which children do not have. Throws `SystemError`. */
export function openPipe(): { read: number; write: number } {
  const [read, write] = pipeEnds()
  if (read === undefined || write === undefined) throw new SystemError('EMFILE')
  return { read, write }
}

function pipeEnds(): readonly number[] {
  const ends = new Int32Array(2)
  return library().pipe2(ends, closeOnExec) === 0 ? [...ends] : []
}

/** O_CLOEXEC of Linux, on all its processors that Bun runs on. */
const closeOnExec = 0o2000000

/** Sends what a socket takes at once; the count is negative where that is nothing. */
export function sendNow(fd: number, bytes: Uint8Array): number {
  return Number(library().send(fd, bytes, bytes.length, dontWait | noSignal))
}

/** MSG_DONTWAIT and MSG_NOSIGNAL of Linux. */
const dontWait = 0x40
const noSignal = 0x4000

/** Moves a file's offset by `count` bytes from where it is. */
export function seekBy(fd: number, count: number): void {
  library().lseek(fd, count, 1)
}
