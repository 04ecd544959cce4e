import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { observeMemory } from '../../src/kernel/index.js'
import { runToolHere, type ToolResult } from '../support/run-tool.js'

let cwd = ''
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'sluice-test-'))
})
afterEach(() => {
  observeMemory(undefined)
  rmSync(cwd, { recursive: true, force: true })
})

function sortHere(
  args: readonly string[],
  stdin: Uint8Array,
  more: { memoryBudget?: number; readSize?: number } = {},
): Promise<ToolResult> {
  return runToolHere({ tool: 'sort', args, stdin, cwd, env: { TMPDIR: cwd }, ...more })
}

function sortGnu(args: readonly string[], stdin: Uint8Array): ToolResult {
  const { PATH = '' } = process.env
  const { stdout, stderr, status } = spawnSync('sort', args, {
    cwd,
    env: { PATH, LC_ALL: 'C' },
    input: stdin,
  })
  return { stdout, stderr: stderr.toString(), exit: status ?? -1 }
}

const piece = fc.constantFrom(
  ...[
    'a',
    'B',
    'ab',
    'aaaaaaaab',
    'x'.repeat(40),
    '1',
    '-2',
    '10',
    '1.5',
    '3K',
    '1e3',
    'inf',
    'jan',
    'v1.2.tar.gz',
    '~',
  ],
  ...[' ', '\t', ',', '\0', '\r', '\xff', '.', '-'],
)
const line = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''))
const text = fc
  .tuple(fc.array(line, { maxLength: 60 }), fc.boolean())
  .map(([lines, isEnded]) => Buffer.from(lines.join('\n') + (isEnded ? '\n' : ''), 'latin1'))
const letters = fc.constantFrom(
  '',
  '',
  'b',
  'd',
  'f',
  'g',
  'h',
  'i',
  'M',
  'n',
  'r',
  'V',
  'nr',
  'fb',
  'Vr',
  'dfr',
)
const place = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.option(fc.integer({ min: 1, max: 3 })))
  .map(([field, byte]) => (byte === null ? `${field}` : `${field}.${byte}`))
const key = fc
  .tuple(place, letters, fc.option(place))
  .map(([start, options, end]) => `-k${start}${options}${end === null ? '' : `,${end}`}`)
const option = fc.oneof(
  key,
  key,
  fc.constantFrom('-r', '-n', '-f', '-s', '-u', '-u', '-t,', '-z', '-V', '-g'),
)
const options = fc.array(option, { maxLength: 4 })

describe('sorting within any memory', () => {
  test('random options, input, budgets and reads give what GNU gives', async () => {
    await fc.assert(
      fc.asyncProperty(
        options,
        text,
        fc.constantFrom(200, 700, 5000, 1_000_000),
        fc.constantFrom(1, 50, 4096),
        fc.constantFrom('--batch-size=2', '--batch-size=3', '--parallel=1'),
        async (args, stdin, memoryBudget, readSize, merging) => {
          const actual = await sortHere([...args, merging], stdin, { memoryBudget, readSize })
          expect(actual).toEqual(sortGnu(args, stdin))
        },
      ),
      { numRuns: 250 },
    )
  })

  test('random orders are the same for the same source, spilled or not', async () => {
    writeFileSync(join(cwd, 'seed'), 'sixteen bytes it is')
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom('-R', '-k1,1R', '-k2fR'), async (stdin, how) => {
        const args = [how, '--random-source=seed']
        expect(await sortHere(args, stdin, { memoryBudget: 300 })).toEqual(sortGnu(args, stdin))
      }),
      { numRuns: 40 },
    )
  })

  test('many lines through several passes of merging', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `${(index * 7919) % 10_007} ${index % 13}`)
    const stdin = Buffer.from(lines.join('\n'))
    for (const args of [[], ['-n'], ['-s', '-k2,2n'], ['-u', '-k2,2']])
      expect(await sortHere([...args, '--batch-size=3'], stdin, { memoryBudget: 8192 })).toEqual(
        sortGnu(args, stdin),
      )
  })
})

describe('what a sort leaves behind', () => {
  const stdin = Buffer.from(Array.from({ length: 3000 }, (_, index) => `${index * 37}\n`).join(''))

  test.each([
    ['sorted in memory', [], 1_000_000],
    ['spilled', [], 2000],
    ['spilled, and each line once', ['-u'], 2000],
    ['checked', ['-c'], 2000],
    ['a missing output folder', ['-o', 'none/x'], 2000],
    ['a missing temporary folder', ['-T', 'none'], 2000],
    ['a missing random source', ['-R', '--random-source=none'], 2000],
  ])('no memory and no file: %s', async (_title, args, memoryBudget) => {
    // The first run fills the stage's pool of blocks.
    await sortHere(args, stdin, { memoryBudget })
    let held = 0
    observeMemory((bytes) => (held += bytes))
    await sortHere(args, stdin, { memoryBudget })
    observeMemory(undefined)
    expect(held).toBe(0)
    expect(readdirSync(cwd)).toEqual([])
  })

  test('a temporary folder that is missing is told', async () => {
    const { stderr, exit } = await sortHere(['-T', 'none'], stdin, { memoryBudget: 2000 })
    expect({ stderr, exit }).toEqual({
      stderr: "sort: cannot create temporary file in 'none': No such file or directory\n",
      exit: 2,
    })
  })
})
