import type { Environment } from '../../../base/tool.js'

/** sd_listen_fds(3): the first descriptor that the init system hands over. */
export const firstHandedOver = 3

/** Whether the init system has handed over a socket to this process. */
export function isHandedOver({ LISTEN_FDS: count, LISTEN_PID: pid }: Environment): boolean {
  return Number(count) >= 1 && pid === String(process.pid)
}
