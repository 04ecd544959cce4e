import { constants, openSync } from 'node:fs'
import type { Socket } from 'node:net'
import { builtin } from './builtin.js'

/**
 * Calls `gone` when the reader of a pipe has closed it, also while nothing is written: by itself, Node learns of that
 * at the next write only. The returned function ends the watch. Where there is no /proc there is no watch.
 *
 * A descriptor of a pipe's write end, asked for input, is silent until the last reader goes; then the system reports
 * an error. Node reads no pipe that was opened for writing, but it leaves that question to a TCP handle's user.
 */
export function watchReader(fd: number, gone: () => void): () => void {
  const handle = openHandle(fd)
  if (handle === undefined) return () => undefined
  const { Socket } = builtin.net()
  const socket: Socket = new Socket(handle)
  socket.on('error', gone)
  socket.resume()
  socket.unref()
  return () => socket.destroy()
}

/** A handle over the pipe's write end, opened anew: each handle needs a descriptor of its own. */
function openHandle(fd: number): object | undefined {
  try {
    const own = openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK)
    const { TCP, constants: kinds } = bindings.binding('tcp_wrap')
    const handle = new TCP(kinds.SOCKET)
    handle.open(own)
    return { handle, readable: true, writable: false }
  } catch {
    return undefined
  }
}

/** What Node leaves untyped of its own parts. */
interface Bindings {
  binding(name: 'tcp_wrap'): {
    readonly TCP: new (kind: number) => { open(fd: number): number }
    readonly constants: { readonly SOCKET: number }
  }
}

// The boundary to Node's inner parts.
const bindings = process as unknown as Bindings
