import { writeSync } from 'node:fs'
import { isIPv6 } from 'node:net'
import { system, SystemError, ToolError } from '../../base/error.js'
import { race, Signal, type Task } from '../../base/task.js'
import { defineTool, type StageIo } from '../../base/tool.js'
import { nothing } from '../../base/type.js'
import { delay } from './delay.js'
import type { Client, Clients } from './listen/client.js'
import { datagramClients } from './listen/datagram-clients.js'
import { serveClient, variables } from './listen/serve.js'
import { type ListenSettings, listenOptions, settleListen } from './listen/settings.js'
import { streamClients } from './listen/stream-client.js'
import { TaskGroup } from './listen/task-group.js'

const address = 'write `listen tcp [HOST]:PORT SPEC`'
const spec = 'the last operand is what is run for each client: listen tcp :PORT SPEC'

/** Of the netcats. */
const elsewhere = {
  l: address,
  listen: address,
  p: address,
  k: 'leave it out: clients are served until it is ended; --once serves one',
  'keep-open': 'leave it out: clients are served until it is ended; --once serves one',
  u: 'write `listen udp [HOST]:PORT SPEC`',
  udp: 'write `listen udp [HOST]:PORT SPEC`',
  U: 'write `listen unix PATH SPEC`',
  unixsock: 'write `listen unix PATH SPEC`',
  ssl: 'write `listen tls [HOST]:PORT SPEC` with --ssl-cert',
  e: spec,
  c: spec,
  exec: spec,
  'sh-exec': spec,
  m: 'it is --max=N',
  'max-conns': 'it is --max=N',
}

export const listen = defineTool({
  name: 'listen',
  group: 'net',
  summary: 'run a pipeline for each connection',
  usage: [
    '[OPTION]... tcp [HOST]:PORT SPEC',
    '[OPTION]... tls [HOST]:PORT SPEC',
    '[OPTION]... udp [HOST]:PORT SPEC',
    '[OPTION]... unix PATH SPEC',
  ],
  options: listenOptions,
  syntax: { elsewhere },
  nested: { operand: 2, variables },
  status: {
    trouble: 2,
    tellsHelp: true,
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
    'Runs SPEC as a pipeline for each client: what the client sends is its standard input, and its standard output goes back. All of them run in this process, side by side. SPEC is checked before anything starts. Without a HOST it is listened at all addresses of this machine, of both families. With port 0 the system chooses one, which is told on standard error. A Unix socket that a killed server left at PATH is removed.',
    'The pipeline and its programs have in their environment:',
    [
      '  SLUICE_REMOTE_ADDR, SLUICE_REMOTE_PORT   the client; empty with unix',
      '  SLUICE_LOCAL_ADDR, SLUICE_LOCAL_PORT     where it was connected to; the PATH with unix',
      '  SLUICE_CONNECTION                        its number, from 1',
    ].join('\n'),
    'When its pipeline is over the client is told the end, and what it still sends is thrown away. What a pipeline writes on standard error, and how it failed, is reported behind the name of its client, and touches no other. A slow client holds up nobody but itself.',
    'With udp each address that sends is a client, and its datagrams are what its pipeline reads: as bytes, so that a line may begin in one and end in the next. What the pipeline writes goes back as it is flushed, a datagram each time, or several where there are more than 65507 bytes. No datagram tells an end: when nothing came from a client for the time of --idle-timeout its input ends, and as long after that its pipeline is cut off. An empty datagram starts a pipeline, or keeps it waiting, and adds nothing to what it reads. When a pipeline is over, what it did not read starts the next one for that client, except the datagram that started it. Datagrams are lost where a pipeline is more than 1 MiB behind, and those of others while --max clients are served. Answers come from the address that the system chooses, so give the HOST on a machine with several. With SIGTERM every input ends.',
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
    const clients = yield* clientsAt(settings, io)
    const runs = new TaskGroup(io.start)
    const takeBack = io.stopping.heed(settings.grace + 500)
    let onceCode: number | undefined
    try {
      yield* announce(clients, settings, io)
      io.stopping.signal.subscribe(() => runs.wake())
      const { once } = settings
      const accepting = accept(clients, runs, settings, io, (code) => {
        if (once) onceCode = code
      })
      const isOver = (): boolean => io.stopping.isRequested || onceCode !== undefined
      yield* race([accepting, runs.until(isOver)])
      clients.close()
      yield* race([runs.until(() => runs.size === 0), delay(settings.grace)])
      return onceCode ?? 0
    } finally {
      takeBack()
      clients.close()
      runs.close()
    }
  },
})

function clientsAt(settings: ListenSettings, io: StageIo): Task<Clients> {
  const { address, datagrams, max } = settings
  return datagrams && address.kind === 'internet'
    ? datagramClients(address, max, io)
    : streamClients(settings, io)
}

/** Takes clients for ever, or one. */
function* accept(
  clients: Clients,
  runs: TaskGroup,
  settings: ListenSettings,
  io: StageIo,
  served: (code: number) => void,
): Task<never> {
  const { once, max, maxPerIp } = settings
  const perAddress = new Map<string, number>()
  const freed = new Signal()
  for (let connectionNumber = 1; ;) {
    const client = yield* clients.next()
    const { address } = client.remote
    const others = perAddress.get(address) ?? 0
    if (!isWelcome(address, settings) || others >= maxPerIp) {
      client.drop()
      continue
    }
    perAddress.set(address, others + 1)
    runs.add(serve(client, connectionNumber++))
    if (once) clients.close()
    while (once || runs.size >= max) yield freed
  }

  function* serve(client: Client, connectionNumber: number): Task<void> {
    served(yield* serveClient(client, connectionNumber, settings, io))
    const { address } = client.remote
    const left = (perAddress.get(address) ?? 1) - 1
    if (left === 0) perAddress.delete(address)
    else perAddress.set(address, left)
    freed.wake()
  }
}

function isWelcome(address: string, { allow, deny }: ListenSettings): boolean {
  // A Unix socket's clients have no address.
  if ((allow === undefined && deny === undefined) || address === '') return true
  const family = isIPv6(address) ? 'ipv6' : 'ipv4'
  return allow?.check(address, family) !== false && deny?.check(address, family) !== true
}

function* announce({ name, port }: Clients, { address, readyFd }: ListenSettings, io: StageIo): Task<void> {
  if (address.kind === 'internet' && address.port === 0) {
    io.warn(`listening at ${name}`)
    if (io.stderr.pending > 0) yield* io.stderr.flush()
  }
  if (readyFd === undefined) return
  const place = address.kind === 'unix' ? address.path : (port ?? name)
  try {
    system(() => writeSync(readyFd, `${place}\n`))
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ToolError(`descriptor ${readyFd} of --ready-fd: ${error.reason}`)
  }
}
