import type { Task } from '../../base/task.js'
import { defineTool, type StageIo } from '../../base/tool.js'
import { bytes } from '../../base/type.js'
import { connect } from './connect.js'
import { connectionOf } from './connection.js'
import { ncOptions } from './nc/options.js'
import { scan } from './nc/scan.js'
import { peerName, say } from './nc/say.js'
import { serve } from './nc/serve.js'
import { type NcSettings, settleNc } from './nc/settings.js'
import { passTraffic } from './nc/traffic.js'

export const nc = defineTool({
  name: 'nc',
  group: 'net',
  summary: 'send standard input over a connection, and print the answer',
  usage: ['[OPTION]... HOST PORT', '[OPTION]... HOST:PORT | :PORT | unix:PATH', '-l [OPTION]... [HOST] PORT'],
  options: ncOptions,
  status: {
    trouble: 2,
    meaning: {
      0: 'the connection ended as it should',
      1: 'no connection could be made, or it broke, or was silent for too long',
      2: 'the arguments are wrong',
    },
  },
  settle: settleNc,
  types: () => ({ input: bytes, output: bytes }),
  traits: () => ({ memory: 'stream' }),
  asynchronous: true,
  details: [],
  examples: [
    {
      about: 'Whether something listens at a port',
      spec: 'nc -z 127.0.0.1 1',
      stdout: '',
      exit: 1,
    },
  ],
  *run(settings, io) {
    if (settings.mode === 'scan') return yield* scan(settings, io)
    if (settings.mode === 'listen') yield* serve(settings, io)
    else yield* call(settings, io)
    return 0
  },
})

/** Connects, and passes traffic until that is over. */
function* call({ address, family, from, verbose, traffic }: NcSettings, io: StageIo): Task<void> {
  const socket = yield* connect({ address, family, from, timeout: traffic.timeout })
  const name = peerName(socket, address)
  if (verbose) yield* say(io, `connected to ${name}`)
  yield* passTraffic(connectionOf(socket), { name, isClient: false }, traffic, io)
}
