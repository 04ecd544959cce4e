import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runHere, runRealBash, withFiles } from '../support/engines.js'

/** Lines that end before, at and behind the blocks in which they are hashed, few enough to come again. */
const line = fc
  .tuple(fc.constantFrom(0, 1, 2, 15, 16, 17, 31, 32, 33, 64), fc.constantFrom('a', 'b', '\0', '\xff'))
  .map(([length, last]) => 'x'.repeat(length) + last)
const text = fc
  .tuple(fc.array(line, { maxLength: 150 }), fc.boolean())
  .map(([lines, isEnded]) => Buffer.from(lines.join('\n') + (isEnded ? '\n' : ''), 'latin1'))

test(
  'lines are counted as GNU sort and uniq count them, wherever the room for them ends',
  { timeout: 120_000 },
  async () => {
    await withFiles({ file: '' }, async (cwd) => {
      const property = fc.asyncProperty(
        text,
        fc.constantFrom('sort file | uniq -c', 'sort -u file | wc -l', 'sort file | uniq -d', 'sort -r file'),
        fc.record({
          memoryBudget: fc.constantFrom(600, 2000, 8000, 1 << 20),
          readSize: fc.integer({ min: 1, max: 300 }),
          threads: fc.constantFrom(1, 2),
          chunkSize: fc.integer({ min: 1, max: 300 }),
        }),
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
