import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { runToolHere } from '../support/run-tool.js'

const place = fc.integer({ min: 1, max: 6 })
const range = fc.oneof(
  place.map(String),
  place.map((first) => `${first}-`),
  place.map((last) => `-${last}`),
  fc.tuple(place, fc.integer({ min: 0, max: 3 })).map(([first, more]) => `${first}-${first + more}`),
)
const options = fc
  .tuple(
    fc.constantFrom('-f', '-f', '-b'),
    fc.array(range, { minLength: 1, maxLength: 3 }).map(String),
    fc.subarray([
      '-s',
      '--complement',
      '--output-delimiter=,',
      '--output-delimiter=+',
      '--output-delimiter=<>',
      '-z',
    ]),
  )
  .map(([unit, list, more]) => (unit === '-f' ? ['-d,', ...more, unit, list] : [unit, list]))

/** Lines of all lengths around the steps that loops take, the last with its end or without. */
const long = fc.string({ unit: fc.constantFrom('a', 'bcd', 'e,'), minLength: 40, maxLength: 90 })
const input = fc
  .tuple(
    fc.oneof(
      fc.array(
        fc.oneof(
          fc.string({ unit: fc.constantFrom('a', 'b', ',', ' ', '\xff', '\0'), maxLength: 12 }),
          long,
          fc.constantFrom('', ',', 'x'.repeat(63), 'x'.repeat(64), `${'x'.repeat(63)},y`),
        ),
        { maxLength: 20 },
      ),
      // There are other loops for long lines; now and then one of these is short.
      fc.array(fc.oneof({ weight: 9, arbitrary: long }, fc.constantFrom('', ',', 'a', 'x,,y', ',,,z,')), {
        minLength: 5,
        maxLength: 100,
      }),
    ),
    fc.boolean(),
  )
  .map(([lines, isEnded]) => Buffer.from(lines.join('\n') + (isEnded ? '\n' : ''), 'latin1'))

it('cut writes what GNU cut writes for generated lists and lines', async () => {
  await fc.assert(
    fc.asyncProperty(options, input, fc.constantFrom(50, 1000, 1 << 20), async (args, text, readSize) => {
      // GNU forgets an empty field at the very end then.
      const stdin = args.includes('-z') ? Buffer.concat([text, Buffer.from('\0')]) : text
      const { PATH = '' } = process.env
      const real = spawnSync('cut', args, { env: { PATH, LC_ALL: 'C' }, input: stdin })
      const own = await runToolHere({ tool: 'cut', args, stdin, cwd: tmpdir(), env: {}, readSize })
      expect([own.exit, own.stdout.toString('latin1')]).toEqual([real.status, real.stdout.toString('latin1')])
    }),
    { numRuns: 1500 },
  )
})
