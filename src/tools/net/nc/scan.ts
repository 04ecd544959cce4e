import { ToolError } from '../../../base/error.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { addressName, type InternetAddress } from '../address.js'
import { connect } from '../connect.js'
import { delay } from '../delay.js'
import { probeByDatagram } from './datagram-mode.js'
import { say } from './say.js'
import type { NcSettings } from './settings.js'

/** Connects to each port and sends nothing; one that listens is enough. Throws `ToolError` where there is none. */
export function* scan(address: InternetAddress, settings: NcSettings, io: StageIo): Task<void> {
  const { lastPort, family, from, proxy, verbose, traffic } = settings
  const firstPort = address.port
  let isAnyOpen = false
  for (let port = firstPort; port <= lastPort; port++) {
    const place = { ...address, port }
    if (port > firstPort) yield* delay(traffic.interval ?? 0)
    try {
      if (settings.datagrams) yield* probeByDatagram(place, settings)
      else
        (yield* connect(
          { ...{ address: place, family, from, proxy }, timeout: traffic.timeout },
          io.env,
        )).destroy()
      isAnyOpen = true
      if (verbose) yield* say(io, `${addressName(place)} is open`)
    } catch (error) {
      if (!(error instanceof ToolError) || firstPort === lastPort) throw error
      if (verbose) yield* say(io, error.message)
    }
  }
  if (!isAnyOpen) throw new ToolError(`no port from ${firstPort} to ${lastPort} is open`, 1)
}
