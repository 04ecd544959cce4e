import { connect, type Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { freePort, runNc, startScript, startTcpServer } from '../support/net.js'
import { testWithPeer } from '../support/peers.js'

/** What a proxy was told, and what it answers; then it joins the client to `target`. */
interface Script {
  readonly steps: readonly { readonly expects: Buffer; readonly answer: Buffer }[]
  readonly target?: number
}

const bytes = (...parts: (number | string)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))))

/** A proxy that follows a script to the byte; what it heard otherwise stands in `heard`. */
async function startProxy({ steps, target }: Script): Promise<{ port: number; heard: Buffer[] }> {
  const heard: Buffer[] = []
  const port = await startTcpServer((socket) => {
    const [...left] = steps
    const listener = (): void => {
      const [step] = left
      if (step === undefined) return
      const question = socket.read(step.expects.length) as Buffer | null
      if (question === null) return
      heard.push(question)
      left.shift()
      socket.write(step.answer)
      if (left.length > 0) return listener()
      socket.off('readable', listener)
      if (target === undefined) socket.end()
      else join(socket, target)
    }
    socket.on('readable', listener)
  })
  return { port, heard }
}

function join(client: Socket, port: number): void {
  const server = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  client.pipe(server).pipe(client)
}

const echo = (): Promise<number> => startTcpServer((socket) => void socket.pipe(socket))
const high = (port: number): number => port >> 8
const low = (port: number): number => port & 0xff

describe('SOCKS5', () => {
  test('connects to an address', async () => {
    const target = await echo()
    const steps = [
      { expects: bytes(5, 1, 0), answer: bytes(5, 0) },
      {
        expects: bytes(5, 1, 0, 1, 127, 0, 0, 1, high(target), low(target)),
        answer: bytes(5, 0, 0, 1, 0, 0, 0, 0, 0, 0),
      },
    ]
    const proxy = await startProxy({ steps, target })
    expect(await runNc(['-x', `127.0.0.1:${proxy.port}`, '127.0.0.1', `${target}`], 'x\n')).toMatchObject({
      stdout: Buffer.from('x\n'),
      stderr: '',
      end: 0,
    })
    expect(proxy.heard).toEqual(steps.map(({ expects }) => expects))
  })

  test('has the proxy look up a name, and tells who asks', async () => {
    const target = await echo()
    const steps = [
      { expects: bytes(5, 2, 0, 2), answer: bytes(5, 2) },
      { expects: bytes(1, 2, 'me', 7, 'hunter2'), answer: bytes(1, 0) },
      { expects: bytes(5, 1, 0, 3, 11, 'example.org', 0, 80), answer: bytes(5, 0, 0, 3, 2, 'ab', 0, 0) },
    ]
    const proxy = await startProxy({ steps, target })
    const args = ['-X', '5', '-x', `127.0.0.1:${proxy.port}`, '--proxy-auth', 'me:hunter2', 'example.org:80']
    expect(await runNc(args, 'x')).toMatchObject({ stdout: Buffer.from('x'), stderr: '', end: 0 })
    expect(proxy.heard).toEqual(steps.map(({ expects }) => expects))
  })

  test('tells an IPv6 address as a number', async () => {
    const steps = [
      { expects: bytes(5, 1, 0), answer: bytes(5, 0) },
      {
        expects: bytes(5, 1, 0, 4, 0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 192, 0, 2, 1, 0, 80),
        answer: bytes(5, 5, 0, 1, 0, 0, 0, 0, 0, 0),
      },
    ]
    const proxy = await startProxy({ steps })
    const place = `127.0.0.1:${proxy.port}`
    expect(await runNc(['-x', place, '2001:db8::192.0.2.1', '80'], 'x')).toMatchObject({
      stderr: `nc: connect to 2001:db8::192.0.2.1 port 80 through 127.0.0.1 port ${proxy.port}: connection refused\n`,
      end: 1,
    })
    expect(proxy.heard).toEqual(steps.map(({ expects }) => expects))
  })

  test.each([
    ['a wrong password', [bytes(5, 2), bytes(1, 1)], 'the proxy does not know the user or the password'],
    ['a proxy that wants no password', [bytes(5, 255)], 'the proxy refused the user'],
    ['a proxy that speaks something else', [bytes(72, 84)], 'the proxy does not speak SOCKS5'],
  ])('%s; no message holds it', async (_title, answers, reason) => {
    const sizes = [4, 12]
    const steps = answers.map((answer, index) => ({ expects: Buffer.alloc(sizes[index] ?? 0), answer }))
    const proxy = await startProxy({ steps })
    const args = ['-x', `127.0.0.1:${proxy.port}`, '--proxy-auth', 'me:hunter2', 'example.org', '80']
    expect(await runNc(args, 'x')).toMatchObject({
      stderr: `nc: connect to example.org port 80 through 127.0.0.1 port ${proxy.port}: ${reason}\n`,
      end: 1,
    })
  })
})

describe('SOCKS4', () => {
  test.each([
    ['an address', '127.0.0.1', (port: number) => bytes(4, 1, high(port), low(port), 127, 0, 0, 1, 'me', 0)],
    [
      'a name, as 4a',
      'localhost',
      (port: number) => bytes(4, 1, high(port), low(port), 0, 0, 0, 1, 'me', 0, 'localhost', 0),
    ],
  ])('connects to %s', async (_title, host, question) => {
    const target = await echo()
    const steps = [{ expects: question(target), answer: bytes(0, 90, 0, 0, 0, 0, 0, 0) }]
    const proxy = await startProxy({ steps, target })
    const args = ['-X', '4', '-x', `127.0.0.1:${proxy.port}`, '--proxy-auth', 'me', host, `${target}`]
    expect(await runNc(args, 'x')).toMatchObject({ stdout: Buffer.from('x'), stderr: '', end: 0 })
    expect(proxy.heard).toEqual([question(target)])
  })
})

describe('HTTP CONNECT', () => {
  test('connects, and what the target says first is not lost', async () => {
    const target = await startTcpServer((socket) => void socket.end('first\n'))
    const head = `CONNECT 127.0.0.1:${target} HTTP/1.1\r\nHost: 127.0.0.1:${target}\r\n\r\n`
    const steps = [{ expects: bytes(head), answer: bytes('HTTP/1.1 200 OK\r\nVia: x\r\n\r\nzeroth\n') }]
    const proxy = await startProxy({ steps, target })
    const args = ['-X', 'connect', '-x', `127.0.0.1:${proxy.port}`, '127.0.0.1', `${target}`]
    expect(await runNc(args)).toMatchObject({ stdout: Buffer.from('zeroth\nfirst\n'), stderr: '', end: 0 })
    expect(proxy.heard).toEqual([bytes(head)])
  })

  test('a refusal is told, and no password', async () => {
    const secret = Buffer.from('me:hunter2').toString('base64')
    const head = `CONNECT example.org:80 HTTP/1.1\r\nHost: example.org:80\r\nProxy-Authorization: Basic ${secret}\r\n\r\n`
    const answer = bytes('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    const proxy = await startProxy({ steps: [{ expects: bytes(head), answer }] })
    const place = `127.0.0.1:${proxy.port}`
    const script = `SECRET=me:hunter2 "$TOOLS/nc" -X connect -x ${place} --proxy-auth-env SECRET example.org 80`
    expect(await startScript(script).ended).toMatchObject({
      stderr: `nc: connect to example.org port 80 through 127.0.0.1 port ${proxy.port}: the proxy answered 407 Proxy Authentication Required\n`,
      end: 1,
    })
    expect(proxy.heard).toEqual([bytes(head)])
  })

  testWithPeer('ncat', 'with ncat as the proxy', async () => {
    const target = await startTcpServer((socket) => {
      socket.once('data', (question) => socket.end(question))
    })
    const port = await freePort()
    const proxy = startScript(`exec ncat -v -l 127.0.0.1 ${port} --proxy-type http --proxy-auth me:hunter2`)
    await proxy.told('stderr', /Listening/)
    // Told our end, ncat's proxy drops the answer that is under way.
    const args = ['--no-shutdown', '-X', 'connect', '-x', `127.0.0.1:${port}`, '--proxy-auth', 'me:hunter2']
    expect(await runNc([...args, '127.0.0.1', `${target}`], 'x\n')).toMatchObject({
      stdout: Buffer.from('x\n'),
      stderr: '',
      end: 0,
    })
  })
})

describe('a proxy that is none', () => {
  test('nobody listens', async () => {
    const port = await freePort()
    expect(await runNc(['-x', `127.0.0.1:${port}`, 'example.org', '80'])).toMatchObject({
      stderr: `nc: connect to 127.0.0.1 port ${port}: connection refused\n`,
      end: 1,
    })
  })

  test.each(['5', '4', 'connect'])('%s: it ends the connection', async (type) => {
    const port = await startTcpServer((socket) => void socket.end())
    expect(await runNc(['-X', type, '-x', `127.0.0.1:${port}`, 'example.org', '80'])).toMatchObject({
      stderr: `nc: connect to example.org port 80 through 127.0.0.1 port ${port}: the proxy ended the connection\n`,
      end: 1,
    })
  })

  test('it does not answer', async () => {
    const port = await startTcpServer(() => undefined)
    expect(await runNc(['-w', '200ms', '-x', `127.0.0.1:${port}`, 'example.org', '80'])).toMatchObject({
      stderr: 'nc: connect to example.org port 80: no answer within 0.2 s\n',
      end: 1,
    })
  })
})

test.each<[args: string[], message: string, hint?: string]>([
  [['-X', '5', 'host', '1'], "'-X' needs '-x'"],
  [['-x', 'p', '-X', '6', 'host', '1'], "unknown proxy type '6'", 'help: write 5, 4 or connect'],
  [['-u', '-x', 'p', 'host', '1'], "'-u' cannot be combined with '-x'"],
  [['-l', '-x', 'p', '1'], "'-x' cannot be combined with '-l'"],
  [
    ['-x', 'p', '--proxy-auth', 'me:a\nb', 'host', '1'],
    "what '--proxy-auth' gives is no USER[:PASSWORD] of at most 255 plain characters each",
  ],
  [['-x', 'p', '--proxy-auth-env', 'UNSET_HERE', 'host', '1'], "the variable 'UNSET_HERE' is not set"],
  [['-x', 'p', 'a\r\nb', '1'], "invalid host 'a\\r\\nb'"],
])('wrong usage %j', async (args, message, hint = "Try 'nc --help' for more information.") => {
  expect(await runNc(args)).toMatchObject({
    stderr: `nc: ${message}\n${hint}\n`,
    end: 2,
  })
})
