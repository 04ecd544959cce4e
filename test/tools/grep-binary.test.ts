import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { nulWindow } from '../../src/base/io.js'
import { withFiles } from '../support/engines.js'
import { runToolHere } from '../support/run-tool.js'

/** Four windows and a bit of short lines: behind long ones GNU's reads are shorter now and then. */
const text = Array.from({ length: 40_000 }, (_, index) => `${index} line\n`).join('')

const places = [
  0,
  50,
  4095,
  32_768,
  65_536,
  90_000,
  nulWindow - 1,
  nulWindow,
  nulWindow + 1,
  131_071,
  131_072,
  180_000,
  2 * nulWindow - 1,
  2 * nulWindow,
  2 * nulWindow + 1,
  3 * nulWindow - 4,
  text.length - 1,
].map((place) => ({ place }))

const options = [
  ['line'],
  ['-c', '9'],
  ['-v', '[1-5]'],
  ['-n', '7'],
  ['-o', '[3-5]'],
  ['-bo', '9 l'],
  ['-A3', '9'],
  ['-nA30', '99 '],
  ['-A100000', '^1 '],
  ['-B2', '-C1', '9'],
  ['-I', '9'],
  ['-Ic', '9'],
  ['-Il', '9'],
  ['-IL', '9'],
  ['-L', 'zz'],
  ['-q', '9'],
  ['-m', '3', '9'],
  ['-m', '9000', '9'],
  ['-m', '7000', '-A9000', '9'],
  ['-a', '9 l'],
]

describe('grep in a binary file writes what GNU grep writes, however batches are cut', () => {
  test.each(places)('with a NUL at $place', async ({ place }) => {
    const bytes = Buffer.from(text)
    bytes[place] = 0
    await withFiles({ file: bytes }, async (cwd) => {
      for (const args of options.map((each) => [...each, 'file'])) {
        const expected = real(args, cwd)
        expect(await own(args, cwd), args.join(' ')).toEqual(expected)
        // Lines of a window that is read in pieces would have to be given back when there are enough.
        if (args[0] !== '-m') expect(await own(args, cwd, 5000), args.join(' ')).toEqual(expected)
      }
    })
  })

  test('with NULs in every window', async () => {
    const bytes = Buffer.from(text)
    for (let place = 150_000; place < bytes.length; place += 50_000) bytes[place] = 0
    await withFiles({ file: bytes }, async (cwd) => {
      for (const args of options.map((each) => [...each, 'file']))
        expect(await own(args, cwd), args.join(' ')).toEqual(real(args, cwd))
    })
  })

  test('with only NULs behind the text, and no last newline', async () => {
    await withFiles({ file: '' }, async (cwd) => {
      for (const length of [nulWindow - 3, nulWindow, 2 * nulWindow]) {
        writeFileSync(
          join(cwd, 'file'),
          Buffer.concat([Buffer.from(text.slice(0, length)), Buffer.alloc(200_000)]),
        )
        for (const args of options.map((each) => [...each, 'file']))
          expect(await own(args, cwd), `${length}: ${args.join(' ')}`).toEqual(real(args, cwd))
      }
    })
  })
})

type Outcome = readonly [exit: number | null, stdout: string, stderr: string]

async function own(args: readonly string[], cwd: string, readSize?: number): Promise<Outcome> {
  const size = readSize === undefined ? {} : { readSize }
  const { exit, stdout, stderr } = await runToolHere({ tool: 'grep', args, cwd, env: {}, ...size })
  return [exit, stdout.toString('latin1'), stderr]
}

function real(args: readonly string[], cwd: string): Outcome {
  const { PATH = '' } = process.env
  const { status, stdout, stderr } = spawnSync('grep', args, { cwd, env: { PATH, LC_ALL: 'C' } })
  return [status, stdout.toString('latin1'), stderr.toString()]
}
