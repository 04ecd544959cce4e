import { whenReady } from '../../readiness.js'
import { event } from '../../system.js'

export function watchReader(fd: number, gone: () => void): () => void {
  return whenReady({ fd, events: event.error }, gone)
}
