import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { command, from, head, into, PipelineError, pipe, sluice, transform } from '../../src/api/index.js'
import { withFiles } from '../support/engines.js'

describe('what a program hands to a pipeline', () => {
  test('a descriptor stays the program’s, and stands where the pipeline stopped', async () => {
    await withFiles({ f: '1\n2\n3\n' }, async (cwd) => {
      const stdin = openSync(join(cwd, 'f'), 'r')
      expect(
        await pipe(head({ lines: 1 }))
          .with({ stdin })
          .text(),
      ).toBe('1\n')
      expect(
        await pipe(command('head', '-n', '1'))
          .with({ stdin })
          .text(),
      ).toBe('2\n')
      const rest = Buffer.alloc(9)
      expect(rest.toString('latin1', 0, readSync(stdin, rest))).toBe('3\n')
      closeSync(stdin)
    })
  })

  test('a pipe stays open, too', async () => {
    await withFiles({}, async (cwd) => {
      await sluice`/usr/bin/mkfifo p`.with({ cwd }).run()
      const stdin = openSync(join(cwd, 'p'), 'r+')
      await pipe(from('a\n'), command('tee', join(cwd, 'p'))).text()
      expect(
        await pipe(head({ lines: 1 }))
          .with({ stdin })
          .text(),
      ).toBe('a\n')
      expect(fstatSync(stdin).isFIFO()).toBe(true)
      closeSync(stdin)
    })
  })

  test('text is read on by the next command of a list', async () => {
    expect(await sluice`{ /usr/bin/true; cat; }`.with({ stdin: 'text' }).text()).toBe('text')
  })
})

describe('code that fails', () => {
  const failing = {
    'before it gives an iterable': transform(() => {
      throw new Error('at once')
    }),
    'in a generator that is not asynchronous': transform(function* () {
      yield 'a'
      throw new Error('at once')
    }),
    'in a stream that it writes to': into(
      new Writable({
        write: (_piece, _encoding, done) => void setImmediate(() => done(new Error('at once'))),
      }),
    ),
  }
  test.each(Object.entries(failing))('%s is a stage that failed', async (_title, stage) => {
    const error: unknown = await pipe(from('a'), stage)
      .text()
      .catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(PipelineError)
    expect(error).toMatchObject({ message: expect.stringMatching(/: at once$/) as string, code: 1 })
  })
})

test('code that waits for its input when the pipeline is aborted comes to its end', async () => {
  const controller = new AbortController()
  const ended = new Promise<void>((resolve) => {
    const code = transform(async function* (source) {
      try {
        setImmediate(() => controller.abort())
        for await (const piece of source) yield piece
      } finally {
        resolve()
      }
    })
    void pipe(command('sleep', '1000'), code)
      .with({ signal: controller.signal })
      .text()
      .catch(() => undefined)
  })
  await ended
})

test('an aborted pipeline is over when it says so', async () => {
  const controller = new AbortController()
  let pid = 0
  const running = pipe(
    command('sh', '-c', 'echo $$; exec sleep 1000'),
    transform(async function* (source) {
      for await (const piece of source) {
        pid = Number(piece.toString())
        controller.abort()
      }
      yield* []
    }),
  )
  await expect(running.with({ signal: controller.signal }).text()).rejects.toMatchObject({ aborted: true })
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')
})

test('what a stage that cannot start has to say is in the outcome', async () => {
  await expect(sluice`true; cat </nonexistent/file`.text()).rejects.toMatchObject({
    stderr: 'sluice: /nonexistent/file: No such file or directory\n',
  })
})
