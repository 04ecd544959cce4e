import { shim } from './engines.js'
import { type Program, startProgram } from './net.js'

export interface Listener extends Program {
  readonly port: number
}

/** Starts our `listen` at a port of the loopback address that the system chooses. */
export async function startListener(
  args: readonly string[],
  spec: string,
  kind: 'tcp' | 'tls' | 'udp' = 'tcp',
  host = '127.0.0.1',
): Promise<Listener> {
  const program = startProgram([process.execPath, shim, 'listen', ...args, kind, `${host}:0`, spec])
  const [, port] = await program.told('stderr', /listening at .* port (\d+)\n/)
  return { ...program, port: Number(port) }
}
