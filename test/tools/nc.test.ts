import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { describe, expect, test } from 'vitest'
import { runHere, shim } from '../support/engines.js'
import {
  freePort,
  runNc,
  startNc,
  startNcListener,
  startProgram,
  startScript,
  startTcpServer,
  staysOpen,
} from '../support/net.js'

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
)

/** Answers with what it got, when the client has told its end. */
function echoAtEnd(socket: Socket): void {
  const pieces: Buffer[] = []
  socket.on('data', (piece) => pieces.push(piece))
  socket.on('end', () => socket.end(Buffer.concat(pieces)))
}

/** What a process holds in memory. */
function residentMegabytes(pid: number | undefined): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? []
  return Number(kilobytes) / 1024
}

/** Talks to our listener from the test. */
async function client(port: number, bytes: string): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  await once(socket, 'connect')
  socket.write(bytes)
  return socket
}

async function allFrom(socket: Socket): Promise<string> {
  let text = ''
  for await (const piece of socket) text += String(piece)
  return text
}

describe('the ends of standard input and of the peer', () => {
  test('standard input ends: the peer is told, and its answer awaited', async () => {
    const port = await startTcpServer(echoAtEnd)
    expect(await runNc([`:${port}`], 'question\n')).toMatchObject({
      stdout: Buffer.from('question\n'),
      stderr: '',
      end: 0,
    })
  })

  test('the peer ends: so does nc, though standard input stays open', async () => {
    const port = await startTcpServer((socket) => void socket.end('bye\n'))
    expect(await runNc([`:${port}`], staysOpen)).toMatchObject({ stdout: Buffer.from('bye\n'), end: 0 })
  })

  test('the peer tells its end and reads on: what stands ready is sent', async () => {
    const bytes = Buffer.alloc(20_000_000, 'x')
    let received = 0
    const port = await startTcpServer((socket) => {
      socket.end()
      socket.on('data', (piece) => (received += piece.length))
    })
    expect(await runNc([`:${port}`], bytes)).toMatchObject({ end: 0 })
    expect(received).toBe(bytes.length)
  })

  test('--keep-sending: the peer has ended, and what comes later is still sent', async () => {
    let received = ''
    const port = await startTcpServer((socket) => {
      socket.end('bye\n')
      socket.on('data', (piece) => (received += String(piece)))
    })
    const running = startNc(['--keep-sending', `:${port}`], staysOpen)
    await running.told('stdout', /bye\n/)
    await expect(
      Promise.race([running.ended, new Promise((resolve) => setTimeout(resolve, 500, 'still there'))]),
    ).resolves.toBe('still there')
    running.process.stdin.end('late\n')
    expect(await running.ended).toMatchObject({ end: 0 })
    expect(received).toBe('late\n')
  })

  test('--no-shutdown: the peer hears of no end', async () => {
    let hasEnded = false
    const port = await startTcpServer((socket) => {
      socket.on('end', () => (hasEnded = true))
      socket.once('data', () => setTimeout(() => socket.end(`end: ${hasEnded}\n`), 300))
    })
    expect(await runNc(['--no-shutdown', `:${port}`], 'x')).toMatchObject({
      stdout: Buffer.from('end: false\n'),
      end: 0,
    })
  })

  test.each(['-q0.2', '-q 200ms'])('%s: a peer that goes on is left', async (quit) => {
    const port = await startTcpServer((socket) => void socket.write('once\n'))
    expect(await runNc([...quit.split(' '), `:${port}`], 'x')).toMatchObject({
      stdout: Buffer.from('once\n'),
      stderr: '',
      end: 0,
    })
  })

  test.each(['-d', '--recv-only'])('%s: standard input is not read, and no end told', async (option) => {
    let hasEnded = false
    let received = ''
    const port = await startTcpServer((socket) => {
      socket.on('data', (piece) => (received += String(piece)))
      socket.on('end', () => (hasEnded = true))
      setTimeout(() => socket.end(`${received}${hasEnded}\n`), 300)
    })
    expect(await runNc([option, `:${port}`], 'x')).toMatchObject({ stdout: Buffer.from('false\n'), end: 0 })
  })

  test('--send-only: what comes is thrown away, and a peer that does not end is left', async () => {
    let received = ''
    const port = await startTcpServer((socket) => {
      socket.write('not for you\n')
      socket.on('data', (piece) => (received += String(piece)))
    })
    expect(await runNc(['--send-only', `:${port}`], 'x')).toMatchObject({ stdout: Buffer.from(''), end: 0 })
    expect(received).toBe('x')
  })

  test('a reset in the middle is an error, and what came before is printed', async () => {
    const port = await startTcpServer((socket) => {
      socket.write('half an ans')
      socket.once('data', () => socket.resetAndDestroy())
    })
    const running = startNc([`:${port}`], staysOpen)
    await running.told('stdout', /half an ans/)
    running.process.stdin.write('x')
    expect(await running.ended).toMatchObject({
      stdout: Buffer.from('half an ans'),
      stderr: `nc: 127.0.0.1 port ${port}: connection reset by peer\n`,
      end: 1,
    })
  })

  test('silence for longer than -w is an error', async () => {
    const port = await startTcpServer(() => undefined)
    expect(await runNc(['-w', '200ms', `127.0.0.1:${port}`], 'x')).toMatchObject({
      stderr: `nc: 127.0.0.1 port ${port}: silent for 0.2 s\n`,
      end: 1,
    })
  })

  test('a peer that does not read, and a writer that does not stop: the reader that goes ends nc', async () => {
    const port = await startTcpServer((socket) => {
      const timer = setInterval(() => socket.write('y\n'), 1)
      socket.on('close', () => clearInterval(timer))
    })
    const script = `yes | "$TOOLS/nc" :${port} | head -n 2; echo "\${PIPESTATUS[@]}"`
    const result = await startScript(script).ended
    expect(result.stdout.toString()).toBe('y\ny\n141 141 0\n')
  })

  test('the reader that goes ends nc while it connects', async () => {
    // Nobody answers at an address that is kept for documents (RFC 5737).
    const script = `"$TOOLS/nc" 192.0.2.1 9 </dev/null | true; echo "\${PIPESTATUS[@]}"`
    expect((await startScript(script).ended).stdout.toString()).toMatch(/^(141|1) 0\n$/)
  })

  test('a peer that has ended and takes nothing is left, as an error', async () => {
    const port = await startTcpServer((socket) => void socket.pause().end('bye\n'))
    const running = startNc([`:${port}`], Buffer.alloc(50_000_000))
    expect(await running.ended).toMatchObject({
      stdout: Buffer.from('bye\n'),
      stderr: `nc: 127.0.0.1 port ${port}: it has ended, and takes no more of what is sent\n`,
      end: 1,
    })
  })

  test('nobody reads the output: the peer is held up, and memory stays', async () => {
    let sent = 0
    let isHeldUp = (): void => undefined
    const heldUp = new Promise<void>((resolve) => (isHeldUp = resolve))
    const piece = Buffer.alloc(1 << 20)
    const port = await startTcpServer((socket) => {
      let timer: NodeJS.Timeout | undefined
      const send = (end?: Error | null): void => {
        if (end !== undefined && end !== null) return
        clearTimeout(timer)
        timer = setTimeout(isHeldUp, 500)
        sent += piece.length
        socket.write(piece, send)
      }
      send()
    })
    const running = startProgram([process.execPath, shim, 'nc', `:${port}`], staysOpen, {}, 'unread')
    await heldUp
    expect(sent).toBeLessThan(64 << 20)
    expect(residentMegabytes(running.process.pid)).toBeLessThan(120)
  })

  test('the peer reads nothing: standard input is held up, and memory stays', async () => {
    const port = await startTcpServer((socket) => void socket.pause())
    const running = startNc([`:${port}`], staysOpen)
    const { stdin } = running.process
    let written = 0
    await new Promise<void>((resolve) => {
      let timer: NodeJS.Timeout | undefined
      const send = (end?: Error | null): void => {
        if (end !== undefined && end !== null) return
        clearTimeout(timer)
        timer = setTimeout(resolve, 500)
        written += 1 << 20
        stdin.write(Buffer.alloc(1 << 20), send)
      }
      send()
    })
    expect(written).toBeLessThan(64 << 20)
    expect(residentMegabytes(running.process.pid)).toBeLessThan(120)
  })
})

describe('an HTTP request that has the server close the connection', () => {
  /** Tells after a while whether it heard of an end. */
  function startDoubter(): Promise<number> {
    return startTcpServer((socket) => {
      let hasEnded = false
      socket.on('end', () => (hasEnded = true)).resume()
      setTimeout(() => socket.end(hasEnded ? 'told' : 'not told'), 300)
    })
  }

  test.each([
    ['asks for it', 'GET / HTTP/1.1\r\nHost: x\r\nconnection: x, Close\r\n\r\nbody', 'not told'],
    ['of HTTP/1.0', 'GET / HTTP/1.0\r\n\r\n', 'not told'],
    ['of HTTP/1.0 that keeps it', 'GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n', 'told'],
    [
      'of HTTP/1.1 that does not ask',
      'GET / HTTP/1.1\r\nHost: close\r\n\r\nConnection: close\r\n\r\n',
      'told',
    ],
    ['cut off', 'GET / HTTP/1.1\r\nConnection: close\r\n', 'told'],
    ['that is none', 'Connection: close\r\n\r\n', 'told'],
  ])('%s', async (_title, text, told) => {
    const run = { spec: `nc :${await startDoubter()}`, stdin: Buffer.from(text), cwd: '/' }
    expect((await runHere(run, {})).stdout.toString()).toBe(told)
    const again = { ...run, spec: `nc :${await startDoubter()}` }
    expect((await runHere(again, { readSize: 1 })).stdout.toString()).toBe(told)
  })

  test('-N: the server is told all the same', async () => {
    expect(await runNc(['-N', `:${await startDoubter()}`], 'GET / HTTP/1.0\r\n\r\n')).toMatchObject({
      stdout: Buffer.from('told'),
    })
  })
})

describe('listening', () => {
  test('one client: what it sends is printed, and standard input is its answer', async () => {
    const listener = await startNcListener([], 'answer\n')
    const socket = await client(listener.port, 'question\n')
    socket.end()
    expect(await allFrom(socket)).toBe('answer\n')
    expect(await listener.ended).toMatchObject({ stdout: Buffer.from('question\n'), end: 0 })
  })

  test('an empty standard input is no end for the client', async () => {
    const listener = await startNcListener([], '')
    const socket = await client(listener.port, 'first ')
    let hasEnded = false
    socket.on('end', () => (hasEnded = true)).resume()
    await listener.told('stdout', /first /)
    expect(hasEnded).toBe(false)
    socket.end('last\n')
    expect(await listener.ended).toMatchObject({ stdout: Buffer.from('first last\n'), end: 0 })
  })

  test('a second client is turned away', async () => {
    const listener = await startNcListener([], '')
    const first = await client(listener.port, 'x')
    await listener.told('stdout', /x/)
    await expect(client(listener.port, 'y')).rejects.toThrow('ECONNREFUSED')
    first.end()
    expect(await listener.ended).toMatchObject({ stdout: Buffer.from('x'), end: 0 })
  })

  test('-k: one client after the other, and one that breaks off is reported', async () => {
    const listener = await startNcListener(['-k'], '')
    const first = await client(listener.port, '1')
    const second = await client(listener.port, '2')
    const third = await client(listener.port, '3')
    first.end()
    await listener.told('stdout', /^12/)
    second.resetAndDestroy()
    third.end()
    await listener.told('stdout', /^123/)
    await listener.told('stderr', /nc: 127\.0\.0\.1 port \d+: connection reset by peer\n/)
    listener.process.kill('SIGTERM')
    expect(await listener.ended).toMatchObject({ end: 'SIGTERM' })
  })

  test.skipIf(!hasIpv6)('without a host it listens to both families', async () => {
    const port = await freePort()
    for (const host of ['127.0.0.1', '::1']) {
      const listener = startNc(['-l', '-v', String(port)], '')
      await listener.told('stderr', /listening/)
      expect(await runNc([host, String(port)], host)).toMatchObject({ stderr: '', end: 0 })
      expect(await listener.ended).toMatchObject({ stdout: Buffer.from(host), end: 0 })
    }
  })

  test('an address in use', async () => {
    const port = await startTcpServer(() => undefined)
    expect(await runNc(['-l', '127.0.0.1', String(port)])).toMatchObject({
      stderr: `nc: listen at 127.0.0.1 port ${port}: address already in use\n`,
      end: 1,
    })
  })

  test('the reader that goes ends a listener that waits', async () => {
    const port = await freePort()
    const script = `"$TOOLS/nc" -l ${port} </dev/null | true; echo "\${PIPESTATUS[@]}"`
    expect((await startScript(script).ended).stdout.toString()).toBe('141 0\n')
  })
})

describe('addresses', () => {
  test.each([
    ['HOST PORT', (port: number) => ['127.0.0.1', `${port}`]],
    ['HOST:PORT', (port: number) => [`127.0.0.1:${port}`]],
    [':PORT', (port: number) => [`:${port}`]],
    ['a name', (port: number) => ['localhost', `${port}`]],
    ['-4', (port: number) => ['-4', 'localhost', `${port}`]],
    ['-n', (port: number) => ['-n', '127.0.0.1', `${port}`]],
    ['-s', (port: number) => ['-s', '127.0.0.1', '127.0.0.1', `${port}`]],
  ])('%s', async (_title, args) => {
    const port = await startTcpServer(echoAtEnd)
    expect(await runNc(args(port), 'x')).toMatchObject({ stdout: Buffer.from('x'), stderr: '', end: 0 })
  })

  test.skipIf(!hasIpv6).each([
    ['::1 PORT', (port: number) => ['::1', `${port}`]],
    ['[::1]:PORT', (port: number) => [`[::1]:${port}`]],
    ['-6', (port: number) => ['-6', '::1', `${port}`]],
  ])('%s', async (_title, args) => {
    const port = await startTcpServer(echoAtEnd, '::1')
    expect(await runNc(args(port), 'x')).toMatchObject({ stdout: Buffer.from('x'), stderr: '', end: 0 })
  })

  test('-p: the local port', async () => {
    const own = await freePort()
    const port = await startTcpServer((socket) => void socket.end(`${socket.remotePort}\n`))
    expect(await runNc(['-p', `${own}`, `:${port}`])).toMatchObject({ stdout: Buffer.from(`${own}\n`) })
  })

  test.each([
    ['nobody listens', ['127.0.0.1', '9'], 'connect to 127.0.0.1 port 9: connection refused'],
    [
      'a name without an address',
      ['no.such.host.invalid', '9'],
      'connect to no.such.host.invalid port 9: the host has no address that could be found',
    ],
    [
      'a local address of another machine',
      ['-s', '192.0.2.1', '127.0.0.1', '9'],
      'bind to 192.0.2.1: cannot assign requested address',
    ],
  ])('%s', async (_title, args, message) => {
    expect(await runNc(args)).toMatchObject({ stderr: `nc: ${message}\n`, end: 1 })
  })
})

describe('-z', () => {
  test('tells by its exit code whether something listens', async () => {
    const port = await startTcpServer((socket) => void socket.end())
    expect(await runNc(['-z', `:${port}`])).toMatchObject({ stderr: '', end: 0 })
    expect(await runNc(['-vz', `:${port}`])).toMatchObject({
      stderr: `nc: localhost port ${port} is open\n`,
      end: 0,
    })
    expect(await runNc(['-z', '127.0.0.1', '9'])).toMatchObject({
      stderr: 'nc: connect to 127.0.0.1 port 9: connection refused\n',
      end: 1,
    })
  })

  test('a range: one that is open is enough', async () => {
    const port = await startTcpServer((socket) => void socket.end())
    expect(await runNc(['-z', '127.0.0.1', `${port - 1}-${port + 1}`])).toMatchObject({ stderr: '', end: 0 })
    const { stderr } = await runNc(['-vz', '127.0.0.1', `${port - 1}-${port + 1}`])
    expect(stderr).toContain(`nc: 127.0.0.1 port ${port} is open\n`)
    expect(stderr.split('\n').length).toBe(4)
    expect(await runNc(['-z', '127.0.0.1', '1-5'])).toMatchObject({
      stderr: 'nc: no port from 1 to 5 is open\n',
      end: 1,
    })
  })
})

describe('what is sent', () => {
  test('-C ends lines with CR LF, once, wherever a batch is cut', async () => {
    const port = await startTcpServer(echoAtEnd)
    const text = 'a\nb\r\n\n\r\nlast'
    expect(await runNc(['-C', `:${port}`], text)).toMatchObject({
      stdout: Buffer.from('a\r\nb\r\n\r\n\r\nlast'),
    })
    const spec = `printf 'a\\nb\\r\\n\\n\\r\\nlast' | nc -C :${port} | cat`
    const run = { spec, stdin: Buffer.alloc(0), cwd: '/' }
    expect((await runHere(run, { readSize: 1 })).stdout.toString()).toBe('a\r\nb\r\n\r\n\r\nlast')
  })

  test('-i: a line at a time', async () => {
    const times: number[] = []
    const port = await startTcpServer((socket) => {
      socket.on('data', () => times.push(performance.now()))
      socket.on('end', () => socket.end())
    })
    expect(await runNc(['-i', '100ms', `:${port}`], 'a\nb\nc\n')).toMatchObject({ end: 0 })
    expect(times.length).toBe(3)
    for (const [index, time] of times.slice(1).entries())
      expect(time - (times[index] ?? 0)).toBeGreaterThan(90)
  })
})

describe('in pipelines', () => {
  test('with -c', async () => {
    const port = await startTcpServer(echoAtEnd)
    const spec = `printf 'x\\n' | nc :${port} | cat -n`
    expect(await startProgram([process.execPath, shim, '-c', spec]).ended).toMatchObject({
      stdout: Buffer.from('     1\tx\n'),
      end: 0,
    })
  })
})

const aPort = 'help: a port is a number from 0 to 65535'
const aListener = "help: `listen tcp :PORT 'SPEC'` runs a pipeline for each client"

test.each<[args: string[], message: string, hint?: string]>([
  [[], 'there is no address', 'help: write HOST PORT, HOST:PORT, :PORT or unix:PATH'],
  [['host'], "invalid address 'host'", 'help: write HOST:PORT, :PORT, [V6]:PORT or unix:PATH'],
  [['host', '99999'], "invalid port '99999'", aPort],
  [['host', '1-2'], "invalid port '1-2'", aPort],
  [['-e', '/bin/cat', 'host', '1'], "invalid option -- 'e'", aListener],
  [['--exec', '/bin/cat', 'host', '1'], "unrecognized option '--exec'", aListener],
  [['-y', 'host', '1'], "invalid option -- 'y'"],
  [['-z', 'host', '9-2'], "invalid range of ports '9-2'"],
  [['host', '1', '2'], "extra operand '2'"],
  [['-k', 'host', '1'], "'-k' needs '-l'"],
  [['-46', 'host', '1'], "'-4' cannot be combined with '-6'"],
  [['-zl', 'host', '1'], "'-z' cannot be combined with '-l'"],
  [['-n', 'host', '1'], "with '-n' the host must be an address, and 'host' is none"],
  [['-4', '::1', '1'], "with '-4' the host cannot be ::1"],
  [['-l', '-6', '127.0.0.1', '1'], "with '-6' the host cannot be 127.0.0.1"],
  [['-s', 'host', 'host', '1'], "invalid local address 'host'"],
  [['-w', 'soon', 'host', '1'], "invalid time 'soon' for '-w': write 300ms, 2s or 1m30s"],
])('wrong usage %j', async (args, message, hint = "Try 'nc --help' for more information.") => {
  expect(await runNc(args)).toMatchObject({
    stdout: Buffer.alloc(0),
    stderr: `nc: ${message}\n${hint}\n`,
    end: 2,
  })
})
