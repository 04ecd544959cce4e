import { ToolError } from '../../../base/error.js'
import { connectFailure, type SocketFailure, socketReason } from '../../net/failure.js'
import { malformed } from '../response/exchange.js'
import type { Target } from './url.js'

/** What a failed exchange is called: with the place, and the system's reason. */
export function connectionFailure(error: Error, { hostname, port }: Target): ToolError {
  // With several addresses there is an error for each; the last one's is told.
  const last: unknown = error instanceof AggregateError ? error.errors.at(-1) : error
  if (last instanceof ToolError) return last
  const failure: SocketFailure = last instanceof Error ? last : error
  const { code = '', syscall } = failure
  if (code.startsWith('HPE')) return malformed(failure)
  const place = `${failure.address ?? hostname} port ${failure.port ?? port}`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new ToolError(`the host ${hostname} has no address that could be found`, 1)
  if (syscall === 'connect') return connectFailure(failure, place)
  if (code === 'ECONNRESET') return new ToolError(`${place} closed the connection without an answer`, 1)
  return new ToolError(`${place}: ${socketReason(failure)}`, 1)
}
