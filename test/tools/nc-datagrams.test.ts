import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  checksum,
  freePort,
  noise,
  type Program,
  runNc,
  startNc,
  startScript,
  staysOpen,
} from '../support/net.js'
import { testWithPeer } from '../support/peers.js'

/** A UDP server that sends back what it gets, and keeps the sizes. */
async function startEcho(): Promise<{ port: number; sizes: number[] }> {
  const sizes: number[] = []
  const socket = createSocket('udp4')
  socket.on('message', (bytes, { port, address }) => {
    sizes.push(bytes.length)
    socket.send(bytes, port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  onTestFinished(() => void socket.close())
  return { port: socket.address().port, sizes }
}

async function startListener(args: readonly string[], stdin = ''): Promise<Program & { port: number }> {
  const program = startNc(['-luv', ...args, '127.0.0.1', '0'], stdin)
  const [, port] = await program.told('stderr', /listening at .* port (\d+)\n/)
  return { ...program, port: Number(port) }
}

describe('a client', () => {
  test('sends what it reads as a datagram, and prints the answer until there is silence', async () => {
    const { port, sizes } = await startEcho()
    expect(await runNc(['-u', `:${port}`], 'x\n')).toMatchObject({
      stdout: Buffer.from('x\n'),
      stderr: '',
      end: 0,
    })
    expect(sizes).toEqual([2])
  })

  test('65,507 bytes are one datagram, and more are several', async () => {
    const { port, sizes } = await startEcho()
    const bytes = noise(65_507)
    const { stdout } = await runNc(['-u', '-w', '300ms', '127.0.0.1', `${port}`], bytes)
    expect(checksum(stdout)).toBe(checksum(bytes))
    expect(sizes).toEqual([65_507])
    const script = `head -c 70000 /dev/zero >"$TMPDIR/zeros.$$"; "$TOOLS/nc" -u -w 300ms :${port} <"$TMPDIR/zeros.$$" | wc -c; rm "$TMPDIR/zeros.$$"`
    expect((await startScript(script).ended).stdout.toString()).toBe('70000\n')
    expect(sizes).toEqual([65_507, 65_507, 4493])
  })

  test('-w: silence is the end, though standard input stays open', async () => {
    const { port } = await startEcho()
    expect(await runNc(['-u', '-w', '200ms', `:${port}`], staysOpen)).toMatchObject({ stderr: '', end: 0 })
  })

  test('nobody listens', async () => {
    const port = await freePort()
    expect(await runNc(['-u', '127.0.0.1', `${port}`], 'x')).toMatchObject({
      stderr: `nc: 127.0.0.1 port ${port}: connection refused\n`,
      end: 1,
    })
  })

  test('a name without an address', async () => {
    expect(await runNc(['-u', 'no.such.host.invalid', '9'], 'x')).toMatchObject({
      stderr: 'nc: connect to no.such.host.invalid port 9: the host has no address that could be found\n',
      end: 1,
    })
  })

  test('-z tells by its exit code whether something may listen', async () => {
    const { port } = await startEcho()
    expect(await runNc(['-zu', '-w', '200ms', '127.0.0.1', `${port}`])).toMatchObject({ stderr: '', end: 0 })
    const closed = await freePort()
    expect(await runNc(['-zu', '127.0.0.1', `${closed}`])).toMatchObject({
      stderr: `nc: connect to 127.0.0.1 port ${closed}: connection refused\n`,
      end: 1,
    })
  })

  testWithPeer('nc', 'with nc as the server', async () => {
    const port = await freePort()
    const server = startScript(`exec nc -v -u -l -W 1 127.0.0.1 ${port}`, 'answer\n')
    await server.told('stderr', /Bound/)
    await runNc(['-u', '-w', '300ms', '127.0.0.1', `${port}`], 'question\n')
    expect((await server.ended).stdout.toString()).toBe('question\n')
  })

  testWithPeer('socat', 'with socat as the server', async () => {
    const port = await freePort()
    const server = startScript(`exec socat -d -d UDP-LISTEN:${port},bind=127.0.0.1 SYSTEM:'head -n 1'`)
    await server.told('stderr', /listening/)
    expect(await runNc(['-u', '127.0.0.1', `${port}`], 'echo\n')).toMatchObject({
      stdout: Buffer.from('echo\n'),
    })
  })
})

describe('a listener', () => {
  test('answers the first who is heard, and hears nobody else', async () => {
    const listener = await startListener(['-w', '500ms'], 'answer\n')
    const client = runNc(['-u', '127.0.0.1', `${listener.port}`], 'question\n')
    await listener.told('stdout', /question\n/)
    await runNc(['-u', '-w', '100ms', '127.0.0.1', `${listener.port}`], 'other\n')
    expect((await client).stdout.toString()).toBe('answer\n')
    expect(await listener.ended).toMatchObject({ stdout: Buffer.from('question\n'), end: 0 })
  })

  test('-k: hears everybody', async () => {
    const listener = await startListener(['-k'])
    for (const text of ['one', 'two', 'three']) {
      await runNc(['-u', '-w', '100ms', '127.0.0.1', `${listener.port}`], text)
      await listener.told('stdout', new RegExp(`${text}$`))
    }
    listener.process.kill('SIGTERM')
    expect((await listener.ended).stdout.toString()).toBe('onetwothree')
  })

  for (const [peer, command] of [
    ['nc', (port: number) => `nc -u 127.0.0.1 ${port}`],
    ['ncat', (port: number) => `ncat -u 127.0.0.1 ${port}`],
    ['socat', (port: number) => `socat - UDP:127.0.0.1:${port}`],
  ] as const)
    testWithPeer(peer, `with ${peer} as the client`, async () => {
      const listener = await startListener(['-w', '300ms'], 'answer\n')
      // With standard input at its end, some do not wait for an answer.
      const client = startScript(`exec ${command(listener.port)}`, staysOpen)
      client.process.stdin.write('question\n')
      await client.told('stdout', /^answer\n$/)
      expect(await listener.ended).toMatchObject({ stdout: Buffer.from('question\n'), end: 0 })
    })
})
