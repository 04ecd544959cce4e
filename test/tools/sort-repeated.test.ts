import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runHere, withFiles } from '../support/engines.js'
import { runToolHere } from '../support/run-tool.js'

const different = Array.from({ length: 4000 }, (_, index) => `${(index * 7919) % 4000} different`)
const repeated = Array.from({ length: 4000 }, (_, index) => `${(index * 31) % 50} again`)

const inputs: readonly (readonly [title: string, text: string])[] = [
  ['one line a million times', 'x\n'.repeat(1_000_000)],
  ['one long line some times', `${'long '.repeat(50_000)}\n`.repeat(3)],
  ['empty lines', '\n'.repeat(100_000)],
  ['lines that come again', `${repeated.join('\n')}\n`],
  ['lines that do not', `${different.join('\n')}\n`],
  ['lines that come again at first', `${[...repeated, ...different].join('\n')}\n`],
  ['lines that come again later', `${[...different, ...repeated].join('\n')}\n`],
  ['a last line without its end', [...repeated, '7 again'].join('\n')],
  ['nothing', ''],
]
const options = [[], ['-r'], ['-k2'], ['-k2,2', '-k1,1n'], ['-z']]

describe('sort counts lines that come again, and writes what GNU sort writes', () => {
  test.each(inputs)('%s', async (_title, text) => {
    for (const args of options)
      for (const memoryBudget of [8000, 256 * 1024, 64 * 1024 * 1024]) {
        const stdin = Buffer.from(text)
        await withFiles({}, async (cwd) => {
          const own = await runToolHere({
            tool: 'sort',
            args,
            stdin,
            cwd,
            env: { TMPDIR: cwd },
            memoryBudget,
          })
          expect([own.stderr, own.exit]).toEqual(['', 0])
          expect(own.stdout.equals(gnu(args, stdin, cwd)), `sort ${args.join(' ')}, ${memoryBudget}`).toBe(
            true,
          )
        })
      }
  })

  test('several files, standard input among them, into one of them', async () => {
    const files = { one: repeated.join('\n'), two: different.join('\n') }
    await withFiles(files, async (cwd) => {
      const args = ['one', '-', 'two']
      const expected = gnu(args, Buffer.from('7 again'), cwd)
      const stdin = Buffer.from('7 again')
      const own = await runToolHere({ tool: 'sort', args: [...args, '-o', 'two'], stdin, cwd, env: {} })
      expect(own).toMatchObject({ stderr: '', exit: 0 })
      expect(spawnSync('cat', ['two'], { cwd }).stdout.equals(expected)).toBe(true)
    })
  })

  test.each(inputs)('on threads, each of which decides for itself: %s', async (_title, text) => {
    await withFiles({}, async (cwd) => {
      writeFileSync(join(cwd, 'file'), text)
      for (const memoryBudget of [16_000, 64 * 1024 * 1024]) {
        const run = { spec: 'sort file', stdin: Buffer.alloc(0), cwd }
        const own = await runHere(run, { threads: 2, chunkSize: (text.length >> 1) + 1, memoryBudget })
        expect(own.stdout.equals(gnu(['file'], Buffer.alloc(0), cwd)), `${memoryBudget}`).toBe(true)
      }
    })
  })
})

function gnu(args: readonly string[], input: Buffer, cwd: string): Buffer {
  const { PATH = '' } = process.env
  return spawnSync('sort', args, { cwd, env: { PATH, LC_ALL: 'C' }, input, maxBuffer: 1 << 28 }).stdout
}
