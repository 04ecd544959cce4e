import { closeSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nulWindow } from '../../src/base/io.js'
import { chunksOf } from '../../src/run/parallel/chunks.js'
import { withFiles } from '../support/engines.js'

/** Lines as long as the windows in which a NUL is looked for, and much shorter ones, with a NUL here and there. */
const text = fc
  .array(
    fc.tuple(
      fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1000, max: 100_000 })),
      fc.constantFrom('\n', '\n', '\0'),
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.map(([length, end]) => 'x'.repeat(length) + end).join(''))

test('threads that are asked for different chunks cut a file in the same places, one behind the other', async () => {
  await withFiles({ file: '' }, async (cwd) => {
    const path = join(cwd, 'file')
    const property = fc.asyncProperty(
      text,
      fc.oneof(
        fc.integer({ min: 5000, max: 60_000 }),
        fc.constantFrom(1, 2).map((windows) => windows * nulWindow),
      ),
      fc.func(fc.boolean()),
      (content, size, isAsked) => {
        writeFileSync(path, content)
        const file = openSync(path, 'r')
        try {
          const chunks = chunksOf(file, size)
          let end = 0
          for (let chunk = 0; chunk < chunks.count; chunk++) {
            const range = chunksOf(file, size).range(chunk)
            expect(range.start).toBe(end)
            expect(range.end).toBeGreaterThanOrEqual(end)
            end = range.end
            if (isAsked(chunk)) expect(chunks.range(chunk)).toEqual(range)
          }
        } finally {
          closeSync(file)
        }
        return Promise.resolve()
      },
    )
    await fc.assert(property, { numRuns: 500 })
  })
})
