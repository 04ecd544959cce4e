import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { describe, expect, onTestFinished, test } from 'vitest'
import { sluice } from '../support/command.js'
import { shim } from '../support/engines.js'
import { startListener } from '../support/listen.js'
import { checksum, freePort, noise, startScript, staysOpen } from '../support/net.js'
import { testWithPeer } from '../support/peers.js'

const hosts = ['127.0.0.1', '::1'].filter((host) =>
  Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === host)),
)

interface DatagramPeer {
  send(...datagrams: readonly (string | Buffer)[]): void
  /** The next datagram that was answered. */
  answer(): Promise<Buffer>
}

/** A UDP socket of this test. */
async function startPeer(port: number): Promise<DatagramPeer> {
  const socket: Socket = createSocket({ type: 'udp4', recvBufferSize: 4 << 20 })
  onTestFinished(() => void socket.close())
  socket.connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const answers: Buffer[] = []
  socket.on('message', (bytes) => answers.push(bytes))
  return {
    send(...datagrams) {
      for (const datagram of datagrams) socket.send(datagram)
    },
    async answer() {
      while (answers.length === 0) await once(socket, 'message')
      return answers.shift() ?? Buffer.alloc(0)
    },
  }
}

const text = async (answer: Promise<Buffer>): Promise<string> => (await answer).toString()

describe('a pipeline for each address', () => {
  for (const [peer, command] of [
    ['nc', (host: string, port: number) => `nc -u ${host} ${port}`],
    ['ncat', (host: string, port: number) => `ncat -u ${host} ${port}`],
    [
      'socat',
      (host: string, port: number) => `socat - UDP:${host.includes(':') ? `[${host}]` : host}:${port}`,
    ],
  ] as const)
    for (const host of hosts)
      testWithPeer(peer, `with ${peer} as the client, at ${host}`, async () => {
        const { port } = await startListener([], 'tr a-z A-Z | sed -u "s/^/$SLUICE_REMOTE_ADDR /"', 'udp', '')
        const client = startScript(`exec ${command(host, port)}`, staysOpen)
        client.process.stdin.write('one\n')
        await client.told('stdout', new RegExp(`^${host} ONE\n$`))
        client.process.stdin.write('two\n')
        await client.told('stdout', new RegExp(`^${host} ONE\n${host} TWO\n$`))
      })

  test('two that send by turns have each their own', async () => {
    const { port } = await startListener([], 'cat -n', 'udp')
    const [one, other] = [await startPeer(port), await startPeer(port)]
    for (const line of [1, 2, 3]) {
      for (const peer of [one, other]) peer.send('x\n')
      for (const peer of [one, other]) expect(await text(peer.answer())).toBe(`     ${line}\tx\n`)
    }
  })

  test('a line may end in the next datagram', async () => {
    const { port } = await startListener([], 'grep .', 'udp')
    const peer = await startPeer(port)
    peer.send('hel', 'lo\n')
    expect(await text(peer.answer())).toBe('hello\n')
  })

  test('when its pipeline is over, the next datagram starts another', async () => {
    const { port } = await startListener([], '{ head -n 1; echo "$SLUICE_CONNECTION"; }', 'udp')
    const peer = await startPeer(port)
    peer.send('a\n', 'b\n', 'c\n')
    const answers: string[] = []
    for (let count = 0; count < 6; count++) answers.push(await text(peer.answer()))
    expect(answers).toEqual(['a\n', '1\n', 'b\n', '2\n', 'c\n', '3\n'])
  })

  test('an empty datagram starts one that reads nothing, once', async () => {
    const { port } = await startListener([], 'echo "$SLUICE_CONNECTION"', 'udp')
    const peer = await startPeer(port)
    peer.send('')
    expect(await text(peer.answer())).toBe('1\n')
    peer.send('')
    expect(await text(peer.answer())).toBe('2\n')
  })

  test('a failure is reported with its client, and touches no other', async () => {
    const listener = await startListener([], 'head -n 1 | { cat; /bin/false; }', 'udp')
    const [one, other] = [await startPeer(listener.port), await startPeer(listener.port)]
    one.send('x\n')
    expect(await text(one.answer())).toBe('x\n')
    await listener.told('stderr', /listen: 127\.0\.0\.1 port \d+: `\/bin\/false` exited with 1\n/)
    other.send('y\n')
    expect(await text(other.answer())).toBe('y\n')
  })
})

describe('sizes', () => {
  test.each([1, 1472, 1473, 65_506, 65_507])('%i bytes come and go as one datagram', async (size) => {
    const { port } = await startListener([], 'cat', 'udp')
    const peer = await startPeer(port)
    const bytes = noise(size)
    peer.send(bytes)
    expect(checksum(await peer.answer())).toBe(checksum(bytes))
  })

  test('more than 65507 bytes are several datagrams', async () => {
    const { port } = await startListener([], 'head -c 100000 /dev/zero', 'udp')
    const peer = await startPeer(port)
    peer.send('')
    expect([(await peer.answer()).length, (await peer.answer()).length]).toEqual([65_507, 34_493])
  })

  testWithPeer('socat', '65507 bytes of socat', async () => {
    const { port } = await startListener(['--idle-timeout', '300ms'], 'wc -c', 'udp')
    const client = startScript(`head -c 65507 /dev/zero | socat -b 65507 -t 5 - UDP:127.0.0.1:${port}`)
    await client.told('stdout', /^65507\n$/)
  })
})

describe('silence', () => {
  test('is the end of the input', async () => {
    const { port } = await startListener(['--idle-timeout', '200ms'], 'wc -c', 'udp')
    const peer = await startPeer(port)
    peer.send('hello', '', ' you')
    expect(await text(peer.answer())).toBe('9\n')
    peer.send('again')
    expect(await text(peer.answer())).toBe('5\n')
  })

  test('a pipeline that goes on after it is cut off', async () => {
    const listener = await startListener(['--once', '--idle-timeout', '100ms'], '/bin/sleep 60', 'udp')
    const peer = await startPeer(listener.port)
    peer.send('x')
    expect(await listener.ended).toMatchObject({
      stderr: expect.stringMatching(/listen: 127\.0\.0\.1 port \d+: nothing came for 0\.1 s\n$/) as string,
      end: 1,
    })
  })

  test('SIGTERM ends every input', async () => {
    const listener = await startListener([], 'wc -c', 'udp')
    const [one, other] = [await startPeer(listener.port), await startPeer(listener.port)]
    one.send('hello')
    other.send('you')
    listener.process.kill('SIGTERM')
    expect([await text(one.answer()), await text(other.answer())]).toEqual(['5\n', '3\n'])
    expect((await listener.ended).end).toBe('SIGTERM')
  })
})

describe('who is heard', () => {
  test.each([
    ['--max', 'so many are served'],
    ['--max-per-ip', 'so many of the same address are'],
  ])('%s: others are not while %s', async (limit) => {
    const { port } = await startListener([limit, '1'], 'sed -u 2q', 'udp')
    const [one, other] = [await startPeer(port), await startPeer(port)]
    one.send('a\n')
    expect(await text(one.answer())).toBe('a\n')
    other.send('lost\n')
    one.send('b\n')
    expect(await text(one.answer())).toBe('b\n')
    await untilAnswered(other, 'c\n')
  })

  test.each([
    [['--deny', '127.0.0.0/8'], ''],
    [['--allow', '10.0.0.0/8'], ''],
    [['--allow', '127.0.0.1', '--deny', '::1'], 'hello\n'],
  ])('%j', async (args, answer) => {
    const listener = await startListener([...args, '--idle-timeout', '100ms'], 'cat', 'udp')
    const client = startScript(`echo hello | nc -u -w1 127.0.0.1 ${listener.port}`)
    expect((await client.ended).stdout.toString()).toBe(answer)
  })

  test('--once: one is served, and its status is the end', async () => {
    const listener = await startListener(['--once'], 'grep -q x', 'udp')
    const peer = await startPeer(listener.port)
    peer.send('x\n')
    expect((await listener.ended).end).toBe(0)
  })
})

describe('the address', () => {
  test('in use', async () => {
    const { port } = await startListener([], 'cat', 'udp')
    expect(sluice(['listen', 'udp', `127.0.0.1:${port}`, 'cat'])).toMatchObject({
      stderr: `listen: listen at 127.0.0.1 port ${port}: address already in use\n`,
      end: 1,
    })
  })

  testWithPeer('systemd-socket-activate', 'a socket that the init system hands over', async () => {
    const port = await freePort()
    const activate = `systemd-socket-activate --datagram --listen=127.0.0.1:${port}`
    const server = startScript(`exec ${activate} ${process.execPath} ${shim} listen udp :1 'tr a-z A-Z'`)
    await server.told('stderr', /Listening on/)
    const peer = await startPeer(port)
    peer.send('hello\n')
    expect(await text(peer.answer())).toBe('HELLO\n')
  })
})

/** Sends until there is an answer: when a pipeline is over is not told to others. */
async function untilAnswered(peer: DatagramPeer, line: string): Promise<void> {
  const timer = setInterval(() => peer.send(line), 20)
  onTestFinished(() => clearInterval(timer))
  expect(await text(peer.answer())).toBe(line)
}
