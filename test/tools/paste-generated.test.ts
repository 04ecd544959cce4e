import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runHere, runRealBash, withFiles } from '../support/engines.js'

/** Lines that end before, at and behind the sixteen bytes that are copied at once. */
const line = fc
  .tuple(fc.constantFrom(0, 1, 7, 14, 15, 16, 17, 31, 32, 40), fc.constantFrom('a', '\0', '\xff', '\t'))
  .map(([length, last]) => 'x'.repeat(length) + last)
const text = fc
  .tuple(fc.array(line, { maxLength: 40 }), fc.boolean())
  .map(([lines, isEnded]) => Buffer.from(lines.join('\n') + (isEnded ? '\n' : ''), 'latin1'))

test(
  'lines of all lengths are pasted as GNU paste does, wherever a read ends',
  { timeout: 60_000 },
  async () => {
    await withFiles({ one: '', two: '' }, async (cwd) => {
      const property = fc.asyncProperty(
        text,
        text,
        fc.constantFrom(
          'paste one two',
          "paste -d ',\\0;' one two one",
          'paste -z two one',
          'cat one | paste - two -',
        ),
        fc.integer({ min: 1, max: 300 }),
        async (one, two, spec, readSize) => {
          writeFileSync(join(cwd, 'one'), one)
          writeFileSync(join(cwd, 'two'), two)
          const run = { spec, stdin: Buffer.alloc(0), cwd }
          const { stdout } = await runHere(run, { readSize })
          expect(stdout.toString('latin1')).toBe(runRealBash(run).stdout.toString('latin1'))
        },
      )
      await fc.assert(property, { numRuns: 200 })
    })
  },
)
