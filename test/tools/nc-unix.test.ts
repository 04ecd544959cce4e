import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { runNc, startNc, startProgram, startScript, startTcpServer } from '../support/net.js'
import { shim } from '../support/engines.js'
import { testWithPeer } from '../support/peers.js'

let folder = ''

beforeEach(() => {
  const own = mkdtempSync(join(tmpdir(), 'sluice-nc-unix-'))
  folder = own
  onTestFinished(() => rmSync(own, { recursive: true, force: true }))
})

describe('Unix sockets', () => {
  test.each([
    ['-U PATH', (path: string) => ['-U', path]],
    ['unix:PATH', (path: string) => [`unix:${path}`]],
  ])('a client: %s', async (_form, args) => {
    const path = join(folder, 's')
    const server = createServer({ allowHalfOpen: true }, (socket) => void socket.pipe(socket))
    await once(server.listen(path), 'listening')
    onTestFinished(() => void server.close())
    expect(await runNc(args(path), 'x\n')).toMatchObject({ stdout: Buffer.from('x\n'), stderr: '', end: 0 })
  })

  testWithPeer('socat', 'a listener, whose socket is gone at its end', async () => {
    const path = join(folder, 's')
    const listener = startNc(['-lv', '-U', path], 'answer\n')
    await listener.told('stderr', new RegExp(`nc: listening at unix:${path}\n`))
    const client = startScript(`exec socat -t 20 - UNIX:${path}`, 'question\n')
    expect((await client.ended).stdout.toString()).toBe('answer\n')
    expect(await listener.ended).toMatchObject({ stdout: Buffer.from('question\n'), end: 0 })
    expect(existsSync(path)).toBe(false)
  })

  testWithPeer('nc', 'with nc as the server', async () => {
    const path = join(folder, 's')
    const server = startScript(`exec nc -v -N -l -U ${path}`, 'answer\n')
    await server.told('stderr', /Listening|Bound/)
    expect(await runNc(['-U', path], 'question\n')).toMatchObject({ stdout: Buffer.from('answer\n'), end: 0 })
  })

  test.each([
    ['nc', (path: string) => ['nc', '-lv', '-U', path]],
    ['listen', (path: string) => ['listen', '--ready-fd', '2', '--once', 'unix', path, 'cat']],
  ])('%s takes the place of one that a killed listener left', async (_tool, argv) => {
    const path = join(folder, 's')
    const killed = startProgram([process.execPath, shim, ...argv(path)])
    await killed.told('stderr', new RegExp(path))
    killed.process.kill('SIGKILL')
    await killed.ended
    expect(existsSync(path)).toBe(true)
    const next = startProgram([process.execPath, shim, ...argv(path)])
    await next.told('stderr', new RegExp(path))
    expect(await runNc(['-U', path], 'x\n')).toMatchObject({ stderr: '', end: 0 })
    expect((await next.ended).end).toBe(0)
  })

  test('a listener leaves the place to one that is there, and to a file', async () => {
    const path = join(folder, 's')
    // Who only asks whether somebody listens is gone before the answer.
    const server = createServer((socket) => void socket.on('error', () => undefined).end('still here\n'))
    await once(server.listen(path), 'listening')
    onTestFinished(() => void server.close())
    const refusal = { stderr: `nc: listen at unix:${path}: address already in use\n`, end: 1 }
    expect(await runNc(['-l', '-U', path])).toMatchObject(refusal)
    expect((await runNc(['-U', path])).stdout.toString()).toBe('still here\n')
    const file = join(folder, 'file')
    writeFileSync(file, 'kept')
    expect((await runNc(['-l', '-U', file])).end).toBe(1)
    expect(readFileSync(file, 'utf8')).toBe('kept')
  })

  test('one that is not there', async () => {
    const path = join(folder, 'missing')
    expect(await runNc(['-U', path])).toMatchObject({
      stderr: `nc: connect to unix:${path}: no such file or directory\n`,
      end: 1,
    })
  })

  test('a path that is too long', async () => {
    const path = join(folder, 'x'.repeat(120))
    expect(await runNc(['-U', path])).toMatchObject({
      stderr: `nc: invalid Unix socket address: the path has ${path.length} bytes, and the system takes 107\nTry 'nc --help' for more information.\n`,
      end: 2,
    })
  })

  test('datagrams are refused with the reason', async () => {
    expect(await runNc(['-u', '-U', '/s'])).toMatchObject({
      stderr:
        "nc: '-u' cannot be combined with a Unix socket: Node has no Unix datagram sockets\nTry 'nc --help' for more information.\n",
      end: 2,
    })
  })
})

describe('-o', () => {
  test('writes down what passes', async () => {
    const dump = join(folder, 'dump')
    const port = await startTcpServer((socket) => {
      socket.once('data', () => socket.end('0123456789abcdef\0\xff', 'latin1'))
    })
    expect(await runNc(['-o', dump, `:${port}`], 'hi\n')).toMatchObject({ end: 0 })
    expect(readFileSync(dump, 'latin1')).toBe(
      [
        '> 00000000  68 69 0a                                         |hi.|',
        '< 00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  |0123456789abcdef|',
        '< 00000010  00 ff                                            |..|',
        '',
      ].join('\n'),
    )
  })

  test('a file that cannot be written', async () => {
    expect(await runNc(['-o', '/missing/file', ':1'])).toMatchObject({
      stderr: 'nc: /missing/file: No such file or directory\n',
      end: 2,
    })
  })
})
