import fc from 'fast-check'
import { describe, it } from 'vitest'
import { expectAsGnu } from '../support/as-gnu.js'

// Which of many breaks of lines is best is a matter of small differences, which only many texts show.

const word = fc
  .tuple(
    fc.constantFrom('', '', '', '(', '"'),
    fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 1, max: 9 }) },
      { weight: 1, arbitrary: fc.integer({ min: 10, max: 90 }) },
    ),
    fc.constantFrom('', '', '', '', '', '.', ',', '!', '.)', ';'),
  )
  .map(([opening, length, mark]) => opening + 'x'.repeat(length) + mark)

const gap = fc.constantFrom(
  ...Array<string>(12).fill(' '),
  '\n',
  '\n',
  '  ',
  '\n  ',
  '\n\n',
  '          ',
  '\t',
)

/** Some hundred words, now and then so often that fmt must take the paragraph in parts. */
const text = fc
  .tuple(
    fc.array(fc.tuple(word, gap), { maxLength: 300 }),
    fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constant(20) }),
    fc.constantFrom('', '\n'),
  )
  .map(([parts, times, end]) => Buffer.from(parts.flat().join('').repeat(times) + end))

const widths = fc
  .tuple(fc.constantFrom(0, 1, 9, 20, 40, 75, 200, 2500), fc.constantFrom(undefined, 0, 0.5, 0.9, 1))
  .map(([width, goal]) => [
    ...['-w', `${width}`],
    ...(goal === undefined ? [] : ['-g', `${Math.floor(width * goal)}`]),
  ])

describe('generated paragraphs', () => {
  it('are formatted as GNU fmt formats them', async () => {
    await fc.assert(
      fc.asyncProperty(
        widths,
        fc.constantFrom<readonly string[]>([], [], ['-c'], ['-t'], ['-s'], ['-u']),
        text,
        fc.constantFrom(200, 1 << 20),
        async (width, mode, stdin, readSize) => expectAsGnu('fmt', [...width, ...mode], stdin, readSize),
      ),
      { numRuns: 300 },
    )
  })
})
