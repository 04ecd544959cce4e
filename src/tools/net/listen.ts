import { writeSync } from 'node:fs'
import { isIPv6, type Socket } from 'node:net'
import { system, SystemError, ToolError } from '../../base/error.js'
import { race, Signal, type Task } from '../../base/task.js'
import { defineTool, type Environment, type StageIo } from '../../base/tool.js'
import { nothing } from '../../base/type.js'
import { delay } from './delay.js'
import { plainAddress, serveClient, variables } from './listen/serve.js'
import { type ListenSettings, listenOptions, settleListen } from './listen/settings.js'
import { TaskGroup } from './listen/task-group.js'
import { type Listener, listenAt } from './nc/listener.js'

export const listen = defineTool({
  name: 'listen',
  group: 'net',
  summary: 'run a pipeline for each connection',
  usage: [
    '[OPTION]... tcp [HOST]:PORT SPEC',
    '[OPTION]... tls [HOST]:PORT SPEC',
    '[OPTION]... unix PATH SPEC',
  ],
  options: listenOptions,
  nested: { operand: 2, variables },
  status: {
    trouble: 2,
    meaning: {
      0: 'all went as it should',
      1: 'it could not be listened at the address',
      2: 'the arguments are wrong',
    },
  },
  settle: settleListen,
  types: () => ({ input: nothing, output: nothing }),
  traits: () => ({ memory: 'stream' }),
  asynchronous: true,
  details: [
    'Runs SPEC as a pipeline for each client: what the client sends is its standard input, and its standard output goes back. All of them run in this process, side by side. SPEC is checked before anything starts. Without a HOST it is listened at all addresses of this machine, of both families. With port 0 the system chooses one, which is told on standard error.',
    'The pipeline and its programs have in their environment:',
    [
      '  SLUICE_REMOTE_ADDR, SLUICE_REMOTE_PORT   the client; empty with unix',
      '  SLUICE_LOCAL_ADDR, SLUICE_LOCAL_PORT     where it was connected to; the PATH with unix',
      '  SLUICE_CONNECTION                        its number, from 1',
    ].join('\n'),
    'When its pipeline is over the client is told the end, and what it still sends is thrown away. What a pipeline writes on standard error, and how it failed, is reported behind the name of its client, and touches no other. A slow client holds up nobody but itself.',
    'LIST is addresses and networks, separated by commas: 127.0.0.1,10.0.0.0/8,fd00::/8. A TIME counts seconds, or has units: 300ms, 2s, 1m30s.',
    'A listening socket that the init system hands over (LISTEN_FDS and LISTEN_PID in the environment, descriptor 3) is used in the place of the address. SIGTERM and SIGINT stop it: no more clients are taken, and those that are there may finish for the time of --grace.',
  ],
  examples: [
    {
      about: 'An address that is not of this machine',
      spec: 'listen tcp 192.0.2.1:8080 cat 2>&1 | cat',
      stdout: 'listen: listen at 192.0.2.1 port 8080: cannot assign requested address\n',
      exit: 1,
    },
  ],
  *run(settings, io) {
    const listener = yield* listenAt(settings.address, undefined, {
      backlog: settings.backlog,
      ...(isHandedOver(io.env) ? { fd: firstHandedOver } : {}),
    })
    const clients = new TaskGroup()
    const takeBack = io.stopping.heed(settings.grace + 500)
    let onceCode: number | undefined
    try {
      yield* announce(listener, settings, io)
      io.stopping.signal.subscribe(() => clients.wake())
      const { once } = settings
      const accepting = accept(listener, clients, settings, io, (code) => {
        if (once) onceCode = code
      })
      const isOver = (): boolean => io.stopping.isRequested || onceCode !== undefined
      yield* race([accepting, clients.runUntil(isOver)])
      listener.close()
      yield* race([clients.runUntil(() => clients.size === 0), delay(settings.grace)])
      return onceCode ?? 0
    } finally {
      takeBack()
      clients.close()
      listener.close()
    }
  },
})

/** Takes clients for ever, or one. */
function* accept(
  listener: Listener,
  clients: TaskGroup,
  settings: ListenSettings,
  io: StageIo,
  served: (code: number) => void,
): Task<never> {
  const { once, max, maxPerIp } = settings
  const perAddress = new Map<string, number>()
  const freed = new Signal()
  for (let connectionNumber = 1; ;) {
    const socket = yield* listener.accept()
    const address = plainAddress(socket.remoteAddress)
    const others = perAddress.get(address) ?? 0
    if (!isWelcome(address, settings) || others >= maxPerIp) {
      socket.destroy()
      continue
    }
    perAddress.set(address, others + 1)
    clients.add(serve(socket, connectionNumber++, address))
    if (once) listener.close()
    while (once || clients.size >= max) yield freed
  }

  function* serve(socket: Socket, connectionNumber: number, address: string): Task<void> {
    served(yield* serveClient(socket, connectionNumber, settings, io))
    const left = (perAddress.get(address) ?? 1) - 1
    if (left === 0) perAddress.delete(address)
    else perAddress.set(address, left)
    freed.wake()
  }
}

function isWelcome(address: string, { allow, deny }: ListenSettings): boolean {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4'
  // A Unix socket's clients have no address.
  if (address === '') return true
  return allow?.check(address, family) !== false && deny?.check(address, family) !== true
}

function* announce({ name, port }: Listener, { address, readyFd }: ListenSettings, io: StageIo): Task<void> {
  if (address.kind === 'internet' && address.port === 0) {
    io.warn(`listening at ${name}`)
    if (io.stderr.pending > 0) yield* io.stderr.flush()
  }
  if (readyFd === undefined) return
  try {
    system(() => writeSync(readyFd, `${port ?? name}\n`))
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ToolError(`descriptor ${readyFd} of --ready-fd: ${error.reason}`)
  }
}

/** sd_listen_fds(3): the first descriptor that the init system hands over. */
const firstHandedOver = 3

function isHandedOver({ LISTEN_FDS: count, LISTEN_PID: pid }: Environment): boolean {
  return Number(count) >= 1 && pid === String(process.pid)
}
