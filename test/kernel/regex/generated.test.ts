import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { syntaxes } from '../../../src/kernel/regex/index.js'
import { compile, grepLines, grepMatches, ownMarks, ownMatches, sedMarks, selectedLines } from './support.js'

interface Sample {
  readonly pattern: string
  readonly groups: number
}

const atoms = ['a', 'b', 'c', '.', '[ab]', '[^a]', '[[:alpha:]]', ' ', '-', '\\w', '\\W', '\\s']
const anchors = ['^', '$', '\\b', '\\B', '\\<', '\\>']
const repeats = ['*', '+', '?', '{2}', '{0,2}', '{1,3}', '{2,}']

/** An extended regular expression with up to nine groups; repeated groups are common. */
const samplesWith = (anchors: readonly string[]): fc.Arbitrary<Sample> =>
  fc
    .letrec<{ branch: string; alternation: string; piece: string; group: string }>((tie) => ({
      alternation: fc.oneof(
        { maxDepth: 3 },
        { weight: 3, arbitrary: tie('branch') },
        { weight: 2, arbitrary: fc.tuple(tie('branch'), tie('branch')).map((parts) => parts.join('|')) },
        { weight: 1, arbitrary: tie('branch').map((branch) => `${branch}|`) },
        { weight: 1, arbitrary: tie('branch').map((branch) => `|${branch}`) },
      ),
      branch: fc.array(tie('piece'), { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join('')),
      piece: fc.oneof(
        { maxDepth: 3 },
        { weight: 5, arbitrary: fc.constantFrom(...atoms) },
        {
          weight: 3,
          arbitrary: fc.tuple(fc.constantFrom(...atoms), fc.constantFrom(...repeats)).map((p) => p.join('')),
        },
        { weight: 1, arbitrary: fc.constantFrom(...anchors) },
        { weight: 3, arbitrary: tie('group') },
        { weight: 3, arbitrary: fc.tuple(tie('group'), fc.constantFrom(...repeats)).map((p) => p.join('')) },
      ),
      group: tie('alternation').map((part) => `(${part})`),
    }))
    .alternation.map((pattern) => ({ pattern, groups: pattern.split('(').length - 1 }))
    .filter(({ groups }) => groups <= 9)

const anything = samplesWith(anchors)
// The C library loses matches where an anchor stands in a repeated group; grep without -o does not.
const anchorless = samplesWith(['a'])

const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', '-', 'B'), maxLength: 12 }), {
  minLength: 8,
  maxLength: 24,
})

const runs = { numRuns: 150 }

describe('generated patterns', () => {
  for (const flags of [[], ['-i'], ['-w'], ['-x'], ['-v']]) {
    it(`select what grep ${['-E', ...flags].join(' ')} selects`, () => {
      fc.assert(
        fc.property(anything, texts, ({ pattern }, lines) => {
          const regex = compile(pattern, {
            syntax: syntaxes.grepExtended,
            ignoreCase: flags.includes('-i'),
            ...(flags.includes('-w') ? { whole: 'word' } : flags.includes('-x') ? { whole: 'line' } : {}),
          })
          const own = selectedLines(regex, lines, flags.includes('-v'))
          expect(own).toEqual(grepLines(['-E', ...flags], pattern, lines))
        }),
        runs,
      )
    })
  }

  it('find what grep -oE prints', () => {
    fc.assert(
      fc.property(anchorless, texts, ({ pattern }, lines) => {
        const regex = compile(pattern, { syntax: syntaxes.grepExtended })
        expect(ownMatches(regex, lines)).toEqual(grepMatches(['-E'], pattern, lines))
      }),
      runs,
    )
  })

  it('assign groups as sed -E s///g does', () => {
    fc.assert(
      fc.property(anchorless, texts, ({ pattern, groups }, lines) => {
        const regex = compile(pattern, { syntax: syntaxes.sedExtended })
        expect(ownMarks(regex, groups, 'g', lines)).toEqual(sedMarks(['-E'], pattern, groups, 'g', lines))
      }),
      runs,
    )
  })

  it('flush a tiny cache and still find the same', () => {
    fc.assert(
      fc.property(anchorless, texts, ({ pattern, groups }, lines) => {
        const options = { syntax: syntaxes.sedExtended } as const
        const large = compile(pattern, options)
        const tiny = compile(pattern, { ...options, cacheLimit: 1 })
        const long = [...lines, lines.join(' ').repeat(20)]
        expect(ownMarks(tiny, groups, 'g', long)).toEqual(ownMarks(large, groups, 'g', long))
        expect(selectedLines(tiny, long)).toEqual(selectedLines(large, long))
      }),
      runs,
    )
  })
})
