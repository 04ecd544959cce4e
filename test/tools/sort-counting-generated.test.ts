import { readdirSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { observeMemory } from '../../src/kernel/index.js'
import { runHere, runRealBash, withFiles } from '../support/engines.js'

afterEach(() => observeMemory(undefined))

/** Lines that end before, at and behind the blocks in which they are hashed, few enough to come again. */
const line = fc
  .tuple(fc.constantFrom(0, 1, 2, 15, 16, 17, 31, 32, 33, 64), fc.constantFrom('a', 'b', '\0', '\xff'))
  .map(([length, last]) => 'x'.repeat(length) + last)
const text = fc
  .tuple(fc.array(line, { maxLength: 150 }), fc.boolean())
  .map(([lines, isEnded]) => Buffer.from(lines.join('\n') + (isEnded ? '\n' : ''), 'latin1'))

const placeOfRoom = fc.record({
  memoryBudget: fc.constantFrom(600, 2000, 8000, 1 << 20),
  readSize: fc.integer({ min: 1, max: 300 }),
  threads: fc.constantFrom(1, 2, 5),
  chunkSize: fc.integer({ min: 1, max: 300 }),
})

test(
  'lines are counted as GNU sort and uniq count them, wherever the room for them ends',
  { timeout: 120_000 },
  async () => {
    await withFiles({ file: '' }, async (cwd) => {
      const property = fc.asyncProperty(
        text,
        fc.constantFrom(
          'sort file | uniq -c',
          'sort file | uniq -d',
          'sort -r file',
          // In no order:
          'sort -u file | wc -l',
          'sort file | uniq -c | sort -rn',
          'sort file | uniq -u | cut -c1-20 | sort',
          'sort file | uniq -d | wc -lc',
        ),
        placeOfRoom,
        async (content, spec, options) => {
          writeFileSync(join(cwd, 'file'), content)
          const run = { spec, stdin: Buffer.alloc(0), cwd }
          const { stdout } = await runHere(run, options)
          expect(stdout.toString('latin1')).toBe(runRealBash(run).stdout.toString('latin1'))
        },
      )
      await fc.assert(property, { numRuns: 300 })
    })
  },
)

/** Fields that end before, at and behind the steps in which they are looked for. */
const fields = fc
  .array(
    fc
      .tuple(fc.constantFrom(0, 1, 3, 14, 15, 16, 17, 40), fc.constantFrom('', 'a', '\0', '\xff'))
      .map(([length, last]) => 'y'.repeat(length) + last),
    { minLength: 1, maxLength: 5 },
  )
  .map((all) => all.join(','))
const fieldText = fc
  .tuple(fc.array(fields, { maxLength: 100 }), fc.boolean())
  .map(([lines, isEnded]) => Buffer.from(lines.join('\n') + (isEnded ? '\n' : ''), 'latin1'))

test(
  'pieces of lines are counted as GNU sort and uniq count what GNU cut writes, wherever the room for them ends',
  { timeout: 120_000 },
  async () => {
    await withFiles({ file: '' }, async (cwd) => {
      const property = fc.asyncProperty(
        fieldText,
        fc.constantFrom(
          ...['-f1', '-f2', '-f4', '-f2-3', '-f2-', '-f-2', '-f1-', '-sf1', '-sf2', '-sf2-'],
          ...['-f2- --complement', '-f3 --output-delimiter=+'],
          ...['-b1', '-b2-3', '-b17-', '-b-40'],
        ),
        fc.constantFrom(
          'sort -u | wc',
          'sort | uniq -c | sort -rn',
          'sort | uniq -d | sort',
          'sort -r | uniq -c',
        ),
        placeOfRoom,
        async (content, list, rest, options) => {
          writeFileSync(join(cwd, 'file'), content)
          const cut = list.startsWith('-b') ? 'cut' : 'cut -d,'
          const run = { spec: `${cut} ${list} file | ${rest}`, stdin: Buffer.alloc(0), cwd }
          const { stdout } = await runHere(run, options)
          expect(stdout.toString('latin1')).toBe(runRealBash(run).stdout.toString('latin1'))
        },
      )
      await fc.assert(property, { numRuns: 300 })
    })
  },
)

const numbers = Array.from({ length: 30_000 }, (_, index) => `line ${(index * 7919) % 20_011}\n`).join('')

test.each([
  ['each line once', 'sort -u file | wc -l', 1],
  ['how often each came', 'sort file | uniq -c | sort -rn | head -n 5', 1],
  ['those that came again', 'sort file | uniq -d | wc -l', 1],
  ['each piece of a line once', "cut -d' ' -f2 file | sort -u | wc", 1],
  ['how often each piece came, in order', 'cut -c3- file | sort | uniq -c', 1],
  ['how often each piece came, in several threads', 'cut -c3- file | sort | uniq -c | sort -rn | head', 3],
  ['each line once, in several threads', 'sort -u file | wc -l', 3],
  ['how often each came, in several threads', 'sort file | uniq -c | sort -rn | head -n 5', 3],
])('more runs than are merged at once, and nothing stays behind: %s', async (_title, spec, threads) => {
  await withFiles({ file: numbers }, async (cwd) => {
    const run = { spec, stdin: Buffer.alloc(0), cwd }
    const options = { memoryBudget: 24_000 * threads, threads, chunkSize: 50_000 }
    const expected = runRealBash(run).stdout.toString()
    // The first run fills the pools of blocks.
    expect((await runHere(run, options)).stdout.toString()).toBe(expected)
    let held = 0
    observeMemory((bytes) => (held += bytes))
    expect((await runHere(run, options)).stdout.toString()).toBe(expected)
    expect(held).toBe(0)
    expect(openFiles().filter((path) => path.endsWith('(deleted)'))).toEqual([])
  })
})

test.each([1, 3])('long pieces that hardly come again are sorted, with %i threads', async (threads) => {
  const file = Array.from(
    { length: 3000 },
    (_, index) => `${'x'.repeat(100)}${(index * 7919) % 2500}\n`,
  ).join('')
  await withFiles({ file }, async (cwd) => {
    const run = { spec: 'cut -c3- file | sort | uniq -c', stdin: Buffer.alloc(0), cwd }
    const { stdout } = await runHere(run, { memoryBudget: 300_000 * threads, threads, chunkSize: 40_000 })
    expect(stdout.toString()).toBe(runRealBash(run).stdout.toString())
  })
})

test.each([1, 3])('a run that cannot be written fails the stage, with %i threads', async (threads) => {
  await withFiles({ file: numbers }, async (cwd) => {
    const run = { spec: 'sort -T none -u file | wc -l', stdin: Buffer.alloc(0), cwd }
    const options = { memoryBudget: 24_000 * threads, threads, chunkSize: 50_000 }
    const { stdout, stderr, exit } = await runHere(run, options)
    expect({ stdout: stdout.toString(), exit }).toEqual({ stdout: '0\n', exit: 2 })
    expect(stderr).toContain("sort: cannot create temporary file in 'none': No such file or directory\n")
  })
})

function openFiles(): readonly string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)]
    } catch {
      return [] // The folder itself was open.
    }
  })
}
