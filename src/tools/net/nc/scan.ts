import { ToolError } from '../../../base/error.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { addressName } from '../address.js'
import { connect } from '../connect.js'
import { delay } from '../delay.js'
import { say } from './say.js'
import type { NcSettings } from './settings.js'

/** Connects to each port and sends nothing; 0 when at least one listens. Throws `ToolError` for a single one that does not. */
export function* scan(settings: NcSettings, io: StageIo): Task<number> {
  const { address, lastPort, family, from, verbose, traffic } = settings
  const firstPort = address.kind === 'internet' ? address.port : lastPort
  let isAnyOpen = false
  for (let port = firstPort; port <= lastPort; port++) {
    const place = address.kind === 'internet' ? { ...address, port } : address
    if (port > firstPort) yield* delay(traffic.interval ?? 0)
    try {
      const socket = yield* connect({ address: place, family, from, timeout: traffic.timeout })
      socket.destroy()
      isAnyOpen = true
      if (verbose) yield* say(io, `${addressName(place)} is open`)
    } catch (error) {
      if (!(error instanceof ToolError) || firstPort === lastPort) throw error
      if (verbose) yield* say(io, error.message)
    }
  }
  if (isAnyOpen) return 0
  throw new ToolError(`no port from ${firstPort} to ${lastPort} is open`, 1)
}
