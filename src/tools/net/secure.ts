import { isIP, type Socket } from 'node:net'
import tls, { type TLSSocket } from 'node:tls'
import { ToolError } from '../../base/error.js'
import { type Task, until } from '../../base/task.js'
import type { Environment } from '../../base/tool.js'
import { systemAuthorities } from './authorities.js'
import { socketReason } from './failure.js'

/** TLS, and what proves who is who. What is read from files is PEM. */
export interface SecureSettings {
  /** Whether the other side must prove who it is. */
  readonly verifies: boolean
  readonly certificate: Buffer | undefined
  readonly key: Buffer | undefined
  /** The authorities that count instead of the system's. */
  readonly authorities: Buffer | undefined
  /** The name that the server must prove, instead of the host's. */
  readonly serverName: string | undefined
  /** What may be spoken over it (RFC 7301). */
  readonly protocols: readonly string[] | undefined
}

/** Speaks TLS as the client over a connected socket. `place` is what messages call the server. Throws `ToolError`. */
export function* secureClient(
  socket: Socket,
  { host, place }: { readonly host: string; readonly place: string },
  settings: SecureSettings,
  env: Environment,
): Task<TLSSocket> {
  const { verifies, authorities = systemAuthorities(env), serverName = host } = settings
  try {
    const secured = tls.connect({
      ...common(settings),
      socket,
      // What the certificate is checked against; an address is no server name (RFC 6066 section 3).
      host: serverName,
      ...(isIP(serverName) === 0 ? { servername: serverName } : {}),
      ...(authorities === undefined ? {} : { ca: authorities }),
      rejectUnauthorized: verifies,
    })
    yield* until(
      new Promise<void>((resolve, reject) => {
        secured.on('error', reject).once('secureConnect', resolve)
      }),
    )
    return secured
  } catch (error) {
    throw new ToolError(`TLS with ${place}: ${socketReason(error)}`, 1)
  }
}

/** Speaks TLS as the server over an accepted socket. With authorities, the client must have a certificate. */
export function* secureServer(socket: Socket, place: string, settings: SecureSettings): Task<TLSSocket> {
  const { authorities } = settings
  try {
    const server = tls.createServer({
      ...common(settings),
      ...(authorities === undefined ? {} : { ca: authorities, requestCert: true }),
      rejectUnauthorized: false,
    })
    const secured = yield* until(
      new Promise<TLSSocket>((resolve, reject) => {
        server.once('secureConnection', (secured) => resolve(secured.on('error', () => undefined)))
        server.once('tlsClientError', reject)
        server.emit('connection', socket)
      }),
    )
    if (authorities === undefined || secured.authorized) return secured
    secured.destroy()
    throw new Error('the client has no certificate that is trusted')
  } catch (error) {
    throw new ToolError(`TLS with ${place}: ${socketReason(error)}`, 1)
  }
}

/** What both sides say of themselves. */
function common({ certificate, key = certificate, protocols }: SecureSettings) {
  return {
    allowHalfOpen: true,
    ...(certificate === undefined ? {} : { cert: certificate }),
    ...(key === undefined ? {} : { key }),
    ...(protocols === undefined ? {} : { ALPNProtocols: [...protocols] }),
  }
}
