import { spawnSync } from 'node:child_process'
import { afterEach, expect, test, vi } from 'vitest'
import { observeMemory } from '../../src/kernel/index.js'
import { runHere, withFiles } from '../support/engines.js'

afterEach(() => observeMemory(undefined))

const budget = 3 * 1024 * 1024
/** Batches on their way, and what is reserved in large blocks but not written to. */
const besides = 2 * 1024 * 1024

const different = (seed: number): string => {
  const lines: string[] = []
  for (let index = 0, number = seed; index < 150_000; index++) {
    number = (number * 48_271) % 2_147_483_647
    lines.push(`${number % 1000} ${number} line\n`)
  }
  return lines.join('')
}
const files = { one: different(1), two: different(2), three: different(3) }

test.each([
  'sort one',
  'cat one | sort | sort -s -k2',
  'sort -u one | sort -s -k2,2',
  'sort one | uniq -c | sort -rn',
  'sort -u one | wc -l',
  'sort one | uniq -c | sort -rn | head',
  'comm -3 <(sort one) <(sort two)',
  'comm -12 <(sort -u one) <(sort one | uniq)',
  'join -j 2 <(sort -k2,2 one) <(sort -k2,2 two) | sort -n',
  "sort one | join -t'|' -a 1 - <(sort two | uniq) | sort -k2",
  'paste <(sort one) <(sort -r two) <(sort -n three) | cut -c1-20',
  'paste <(cut -c2- one | tac) <(cut -c2- two | tac) | tac',
  'sort one | tee >(sort -k2 | cksum >/dev/null) | sort -k2',
])('law 4: all stages together hold no more than the budget: %s', { timeout: 60_000 }, async (spec) => {
  await withFiles(files, async (cwd) => {
    const run = { spec, cwd, stdin: new Uint8Array() }
    // The first run fills the pool of batches.
    await runHere({ ...run, spec: 'cat one | tac | sort | head -n 1' }, { memoryBudget: budget })
    let held = 0
    let most = 0
    observeMemory((bytes) => (most = Math.max(most, (held += bytes))))
    const own = await runHere(run, { memoryBudget: budget })
    observeMemory(undefined)
    const { PATH = '' } = process.env
    const bash = spawnSync('bash', ['--norc', '-c', spec], {
      cwd,
      env: { PATH, LC_ALL: 'C' },
      maxBuffer: 1 << 28,
    })
    expect(own.stderr).toBe('')
    expect(own.stdout.equals(bash.stdout)).toBe(true)
    expect(most / 1024).toBeLessThan((budget + besides) / 1024)
  })
})

test(
  'law 4: the most that is held does not depend on when the slices are over',
  { timeout: 60_000 },
  async () => {
    await withFiles(files, async (cwd) => {
      const spec = 'paste <(sort one) <(sort -r two) <(sort -n three) | cut -c1-20'
      const now = performance.now.bind(performance)
      const clock = vi.spyOn(performance, 'now')
      try {
        for (const [seed, longest] of [0.3, 1, 3, 8].entries()) {
          let [number, passed] = [seed + 1, 0]
          clock.mockImplementation(() => {
            number = (number * 48_271) % 2_147_483_647
            return now() + (passed += (longest * number) / 2_147_483_647)
          })
          let [held, most] = [0, 0]
          observeMemory((bytes) => (most = Math.max(most, (held += bytes))))
          await runHere({ spec, cwd, stdin: new Uint8Array() }, { memoryBudget: budget })
          observeMemory(undefined)
          expect(most / 1024, `slices that seem up to ${longest} ms longer at each look`).toBeLessThan(
            (budget + besides) / 1024,
          )
        }
      } finally {
        clock.mockRestore()
      }
    })
  },
)

test('lines that come again after half a million others are held once', { timeout: 60_000 }, async () => {
  const different = Array.from({ length: 500_000 }, (_, index) => `${index} of half a million\n`).join('')
  const stdin = Buffer.from(different.repeat(8))
  const most = await withFiles({}, async (cwd) => {
    let held = 0
    let highest = 0
    observeMemory((bytes) => (highest = Math.max(highest, (held += bytes))))
    const own = await runHere({ spec: 'sort | uniq -c | sort -k2,2n | head -n 1', cwd, stdin }, {})
    observeMemory(undefined)
    expect(own.stdout.toString()).toBe('      8 0 of half a million\n')
    return highest
  })
  expect(most / 1024 / 1024).toBeLessThan(130)
})
