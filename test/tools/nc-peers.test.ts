import { afterAll, beforeAll, describe, expect } from 'vitest'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  checksum,
  freePort,
  noise,
  type Program,
  runNc,
  startNcListener,
  startScript,
  type Stdin,
  staysOpen,
} from '../support/net.js'
import { testWithPeer } from '../support/peers.js'

const big = noise(100_000_000)
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-nc-'))
  writeFileSync(join(folder, 'big'), big)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Servers that connect their standard streams to one client, and tell it the end of their standard input. */
const servers = {
  ncat: (port: number) => `ncat -v -l 127.0.0.1 ${port}`,
  socat: (port: number) => `socat -d -d -t 20 - TCP-LISTEN:${port},bind=127.0.0.1`,
  nc: (port: number) => `nc -v -N -l 127.0.0.1 ${port}`,
} as const

/** Clients that connect their standard streams, and go on when their standard input has ended. */
const clients = {
  ncat: (port: number) => `exec ncat 127.0.0.1 ${port}`,
  socat: (port: number) => `exec socat -t 20 - TCP:127.0.0.1:${port}`,
  nc: (port: number) => `exec nc -N 127.0.0.1 ${port}`,
} as const

const peers = Object.keys(servers) as (keyof typeof servers)[]

async function startServer(script: string, stdin: Stdin = ''): Promise<Program> {
  const program = startScript(script, stdin)
  await program.told('stderr', /listening/i)
  return program
}

describe.each(peers)('with %s as the server', (peer) => {
  testWithPeer(peer, 'question and answer', async () => {
    const port = await freePort()
    const server = await startServer(servers[peer](port), 'answer\n')
    expect(await runNc([`:${port}`], 'question\n')).toMatchObject({ stdout: Buffer.from('answer\n'), end: 0 })
    expect((await server.ended).stdout.toString()).toBe('question\n')
  })

  testWithPeer(peer, 'it closes first while standard input stays open', async () => {
    const port = await freePort()
    await startServer(servers[peer](port), 'bye\n')
    expect(await runNc([`:${port}`], staysOpen)).toMatchObject({ stdout: Buffer.from('bye\n'), end: 0 })
  })

  testWithPeer(peer, '--no-shutdown: the answer comes 1.5 s after standard input has ended', async () => {
    const port = await freePort()
    await startServer(`(sleep 1.5; echo late) | ${servers[peer](port)}`)
    const { stdout, end } = await runNc(['--no-shutdown', `:${port}`], 'question\n')
    expect({ text: stdout.toString(), end }).toEqual({ text: 'late\n', end: 0 })
  })

  testWithPeer(peer, '100 MB go both ways at once', async () => {
    const port = await freePort()
    const server = await startServer(`${servers[peer](port)} <'${folder}/big'`)
    const [here, there] = await Promise.all([runNc(['--no-shutdown', `:${port}`], big), server.ended])
    expect(here.end).toBe(0)
    expect([checksum(here.stdout), checksum(there.stdout)]).toEqual([checksum(big), checksum(big)])
  })
})

// The other two end with their client's input, and lose what comes later.
testWithPeer('socat', 'a server that answers 1.5 s after our end', async () => {
  const port = await freePort()
  const address = `TCP-LISTEN:${port},bind=127.0.0.1`
  await startServer(`exec socat -d -d -t 20 ${address} SYSTEM:'wc -c; sleep 1.5; echo late'`)
  const { stdout, end } = await runNc([`:${port}`], 'question')
  expect({ text: stdout.toString(), end }).toEqual({ text: '8\nlate\n', end: 0 })
})

describe.each(peers)('with %s as the client', (peer) => {
  testWithPeer(peer, 'it tells its end, and gets the answer', async () => {
    const listener = await startNcListener([], 'answer\n')
    const other = startScript(clients[peer](listener.port), 'question\n')
    expect((await other.ended).stdout.toString()).toBe('answer\n')
    expect(await listener.ended).toMatchObject({ stdout: Buffer.from('question\n'), end: 0 })
  })

  testWithPeer(peer, '100 MB go both ways at once', async () => {
    const listener = await startNcListener([], big)
    const other = startScript(`${clients[peer](listener.port)} <'${folder}/big'`)
    const [here, there] = await Promise.all([listener.ended, other.ended])
    expect(here.end).toBe(0)
    expect([checksum(here.stdout), checksum(there.stdout)]).toEqual([checksum(big), checksum(big)])
  })

  testWithPeer(peer, '-k: several, one after the other', async () => {
    const listener = await startNcListener(['-k'], '')
    for (const text of ['one\n', 'two\n', 'three\n']) {
      await startScript(clients[peer](listener.port), text).ended
      await listener.told('stdout', new RegExp(`${text}$`))
    }
    listener.process.kill('SIGTERM')
    expect((await listener.ended).stdout.toString()).toBe('one\ntwo\nthree\n')
  })
})
