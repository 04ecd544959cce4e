import { readFileSync } from 'node:fs'
import { execa, ExecaError } from 'execa'
import { describe, expect, test } from 'vitest'
import { linkedTools } from '../support/engines.js'

const root = new URL('../..', import.meta.url).pathname
const run = execa({
  cwd: root,
  env: { PATH: `${linkedTools()}:${process.env['PATH'] ?? ''}`, LC_ALL: 'C' },
  stripFinalNewline: false,
})

describe('the tools, scripted with execa', () => {
  test('three tools piped together', async () => {
    const { stdout } = await run('cut', ['-d', ' ', '-f1', 'examples/access.log'])
      .pipe(run('sort'))
      .pipe(run('uniq', ['-c']))
    expect(stdout).toContain('    482 66.249.73.135\n')
  })

  test('input goes in and output comes out, byte for byte', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    const { stdout } = await run('cat', { input: bytes, encoding: 'buffer' })
    expect(stdout).toEqual(bytes)
  })

  test('a failure has its code and its message', async () => {
    const failure: unknown = await run('sort', ['missing']).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ExecaError)
    expect(failure).toMatchObject({
      exitCode: 2,
      stderr: 'sort: cannot read: missing: No such file or directory\n',
    })
  })

  test('lines come as they are written', async () => {
    const running = run('grep', ['b'], { buffer: false })
    const lines = running.iterable()
    running.stdin.write('a\nb1\n')
    expect(await lines.next()).toMatchObject({ value: 'b1' })
    running.stdin.end('b2\n')
    expect(await lines.next()).toMatchObject({ value: 'b2' })
    expect(await lines.next()).toMatchObject({ done: true })
  })

  test('an abort ends a tool that waits', async () => {
    const controller = new AbortController()
    const running = run('cat', { cancelSignal: controller.signal, stdin: 'pipe' })
    const failure = running.catch((error: unknown) => error)
    controller.abort()
    expect(await failure).toMatchObject({ isCanceled: true, signal: 'SIGTERM' })
  })

  test('a file goes through a whole spec', async () => {
    const { stdout } = await run('node', [
      'bin/sluice.cjs',
      '-c',
      'tac "$1" | tac',
      'x',
      'examples/shakespeare.txt',
    ])
    expect(stdout).toBe(readFileSync(`${root}/examples/shakespeare.txt`, 'utf8'))
  })
})
