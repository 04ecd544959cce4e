// Echoes for 50 clients at once: a connection for each request, and connections that are kept.
import { once } from 'node:events'
import { freePort, sluice, start, untilListening } from './programs.mjs'

const servers = {
  ours: (port) => [...sluice, 'listen', 'tcp', `127.0.0.1:${port}`, 'cat'],
  ncat: (port) => ['ncat', '-lk', '-m', '1000', '-e', '/bin/cat', '127.0.0.1', `${port}`],
  socat: (port) => [
    'socat',
    `TCP-LISTEN:${port},bind=127.0.0.1,reuseaddr,fork,backlog=1000`,
    'EXEC:/bin/cat',
  ],
}

/** `seconds` are those of a thousand requests. */
const row = (mode, requests, goal) => ({
  name: `echo-${mode}`,
  base: 'ncat',
  goal,
  commands: Object.fromEntries(
    Object.entries(servers).map(([name, server]) => [name, () => measure(server, mode, requests[name])]),
  ),
})

export const echo = [
  row('connections', { ours: 40_000, ncat: 2000, socat: 2000 }, { times: 10 }),
  row('kept', { ours: 200_000, ncat: 50_000, socat: 50_000 }),
]

async function measure(server, mode, requests) {
  const port = await freePort()
  const running = start(server(port), ['ignore', 'ignore', 'ignore'])
  await untilListening(port)
  // A long start, which is not timed: V8 compiles a server's code in the first ten thousand connections.
  await load(port, mode, requests / 2)
  const seconds = await load(port, mode, requests)
  return { seconds: (seconds / requests) * 1000, megabytes: await running.stop() }
}

/** The seconds that the requests took, from a process of their own. */
async function load(port, mode, requests) {
  const client = new URL('load.mjs', import.meta.url).pathname
  const argv = [process.execPath, client, `${port}`, mode, `${requests}`]
  const { child, ended } = start(argv, ['ignore', 'pipe', 'inherit'])
  const [answer] = await once(child.stdout, 'data')
  const [code] = await ended
  if (code !== 0) throw new Error(`a client ended with ${code}`)
  return Number(answer)
}
