import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { shim } from '../support/engines.js'
import { startListener } from '../support/listen.js'
import { runNc, startProgram, startScript, staysOpen } from '../support/net.js'

interface Client {
  readonly socket: Socket
  /** Resolves when all that has come is that; fails when the connection ends with something else. */
  hears(text: string): Promise<void>
  /** All that has come, at the end of the connection. */
  readonly ended: Promise<string>
}

/** A connection of this test's own. */
async function open(port: number, host = '127.0.0.1'): Promise<Client> {
  const socket = connect({ port, host, allowHalfOpen: true })
  onTestFinished(() => void socket.destroy())
  let heard = ''
  socket.on('data', (bytes) => (heard += String(bytes))).on('error', () => undefined)
  const ended = new Promise<string>((resolve) => {
    for (const event of ['end', 'close']) socket.once(event, () => resolve(heard))
  })
  await once(socket, 'connect')
  return {
    socket,
    ended,
    async hears(text) {
      while (heard !== text)
        if ((await Promise.race([once(socket, 'data'), ended])) === heard) throw new Error(`heard ${heard}`)
    },
  }
}

/** Tries until nobody listens any more; one that waits just then is reset. */
async function untilRefused(port: number): Promise<void> {
  for (;;) {
    try {
      await open(port)
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') return
    }
  }
}

describe('how many', () => {
  test('--max: the others wait, and are served in turn', async () => {
    const { port } = await startListener(['--max', '2'], 'cat')
    const [one, two, three] = [await open(port), await open(port), await open(port)]
    for (const client of [one, two, three]) client.socket.write('x')
    await Promise.all([one.hears('x'), two.hears('x')])
    // It answers the first two again, and so has had the time to answer the third.
    for (const client of [one, two]) client.socket.write('y')
    await Promise.all([one.hears('xy'), two.hears('xy')])
    expect(three.socket.bytesRead).toBe(0)
    one.socket.end()
    await three.hears('x')
  })

  test('--max-per-ip: one more of that address is turned away, of another is not', async () => {
    const { port } = await startListener(['--max-per-ip', '1'], 'cat', 'tcp', '')
    const one = await open(port)
    one.socket.write('x')
    await one.hears('x')
    expect(await (await open(port)).ended).toBe('')
    const other = await open(port, '127.0.0.2')
    other.socket.destroy()
    one.socket.end()
    expect(await one.ended).toBe('x')
    await untilServed(port)
  })

  test('--once: a second client is turned away, and the end is the status of the first', async () => {
    const listener = await startListener(['--once'], 'grep -c x; /bin/false')
    const one = await open(listener.port)
    one.socket.write('x\n')
    await untilRefused(listener.port)
    one.socket.end()
    expect(await one.ended).toBe('1\n')
    expect(await listener.ended).toMatchObject({
      stderr: expect.stringMatching(/: `\/bin\/false` exited with 1\n$/) as string,
      end: 1,
    })
  })

  /** A place is free again only when the pipeline before is over. */
  async function untilServed(port: number): Promise<void> {
    for (;;) {
      const client = await open(port)
      client.socket.end('x')
      if ((await client.ended) === 'x') return
    }
  }
})

describe('--ready-fd', () => {
  test('the port that the system chose', async () => {
    const script = `exec ${process.execPath} "$SLUICE" listen --ready-fd 3 tcp 127.0.0.1:0 cat 3>&1 >/dev/null`
    const listener = startScript(script, staysOpen)
    const [, port] = await listener.told('stdout', /^(\d+)\n$/)
    expect((await runNc([`127.0.0.1:${port}`], 'hello')).stdout.toString()).toBe('hello')
  })

  test('a descriptor that is not open', async () => {
    const listener = startProgram([process.execPath, shim, 'listen', '--ready-fd', '999', 'tcp', ':0', 'cat'])
    expect(await listener.ended).toMatchObject({
      stderr: expect.stringMatching(/listen: descriptor 999 of --ready-fd: Bad file descriptor\n$/) as string,
      end: 2,
    })
  })
})

describe('SIGTERM', () => {
  test('nobody new is taken, and who is there may finish', async () => {
    const listener = await startListener([], 'cat')
    const client = await open(listener.port)
    client.socket.write('x')
    await client.hears('x')
    listener.process.kill('SIGTERM')
    await untilRefused(listener.port)
    client.socket.end('y')
    expect(await client.ended).toBe('xy')
    expect((await listener.ended).end).toBe('SIGTERM')
  })

  test.each(['cat', '/bin/cat', 'cat | /bin/sleep 60'])(
    '--grace: a connection of %s that does not end is ended',
    async (spec) => {
      const listener = await startListener(['--grace', '200ms'], spec)
      const client = await open(listener.port)
      client.socket.write('x')
      if (spec.endsWith('cat')) await client.hears('x')
      const start = performance.now()
      listener.process.kill('SIGTERM')
      await client.ended
      expect((await listener.ended).end).toBe('SIGTERM')
      expect(performance.now() - start).toBeGreaterThan(190)
      expect(performance.now() - start).toBeLessThan(4000)
    },
  )
})

describe('silence', () => {
  test('what moves keeps the connection', async () => {
    const listener = await startListener(['--idle-timeout', '400ms'], 'cat')
    const client = await open(listener.port)
    for (let text = 'x'; text.length < 5; text += 'x') {
      client.socket.write('x')
      await client.hears(text)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    expect(await client.ended).toBe('xxxx')
    await listener.told('stderr', /listen: 127\.0\.0\.1 port \d+: nothing moved for 0\.4 s\n/)
  })
})

describe('clients that misbehave', () => {
  test('one that reads nothing holds up nobody, and what is sent to it is bounded', async () => {
    const { port } = await startListener([], 'yes')
    const slow = connect({ port, host: '127.0.0.1' }).pause()
    onTestFinished(() => void slow.destroy())
    await once(slow, 'connect')
    for (let count = 0; count < 3; count++) {
      const client = await open(port)
      await once(client.socket, 'data')
      client.socket.destroy()
    }
  })

  test('one that resets in the middle touches no other', async () => {
    const listener = await startListener([], 'cat')
    const [one, other] = [await open(listener.port), await open(listener.port)]
    for (const client of [one, other]) client.socket.write('x')
    await Promise.all([one.hears('x'), other.hears('x')])
    one.socket.resetAndDestroy()
    await listener.told('stderr', /listen: 127\.0\.0\.1 port \d+: .*connection reset by peer\n/i)
    other.socket.end('y')
    expect(await other.ended).toBe('xy')
  })

  test('a hundred whose pipelines fail touch nobody who stays', async () => {
    const listener = await startListener([], 'sed -u /fail/q1')
    const stays = await open(listener.port)
    stays.socket.write('x\n')
    await stays.hears('x\n')
    const failing = await Promise.all(Array.from({ length: 100 }, () => open(listener.port)))
    for (const { socket } of failing) socket.write('fail\n')
    expect(new Set(await Promise.all(failing.map(({ ended }) => ended)))).toEqual(new Set(['fail\n']))
    stays.socket.end('y\n')
    expect(await stays.ended).toBe('x\ny\n')
    listener.process.kill('SIGTERM')
    const { stderr } = await listener.ended
    expect(stderr.match(/^listen: 127\.0\.0\.1 port \d+: `sed` exited with 1$/gm)).toHaveLength(100)
  })
})
