import { reasonFor, SystemError, ToolError } from '../../base/error.js'

/** What Node adds to the errors of sockets. */
export interface SocketFailure extends Error {
  readonly code?: string
  /** What OpenSSL calls it. */
  readonly reason?: string
  /** The name that a certificate is not for. */
  readonly host?: string
  readonly syscall?: string
  readonly address?: string
  readonly port?: number
}

/** A connection that could not be made: `connect to 127.0.0.1 port 9: connection refused`. `place` is what was asked for. */
export function connectFailure(error: unknown, place: string): ToolError {
  const own = error instanceof SystemError ? error.cause : error
  // With several addresses there is an error for each; the last one's is told.
  const last: unknown = own instanceof AggregateError ? own.errors.at(-1) : own
  const { address = place, port, syscall } = last as Partial<SocketFailure>
  if (syscall === 'bind') return new ToolError(`bind to ${address}: ${socketReason(last)}`, 1)
  const tried = port === undefined ? place : `${address} port ${port}`
  return new ToolError(`connect to ${tried}: ${socketReason(last)}`, 1)
}

/** An address that could not be listened at. */
export function listenFailure(error: unknown, place: string): ToolError {
  return new ToolError(`listen at ${place}: ${socketReason(error)}`, 1)
}

/** Why the system, or the TLS library, refused: in the middle of a message, so without a capital. */
export function socketReason(error: unknown): string {
  const { code = '', reason, host, message } = error as SocketFailure
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'the host has no address that could be found'
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `the certificate is not for ${host}`
  if (/^E[A-Z0-9]+$/.test(code) && reasonFor(code) !== code) return lowerFirst(reasonFor(code))
  return lowerFirst(reason ?? message)
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
