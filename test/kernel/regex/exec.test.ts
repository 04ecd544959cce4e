import { describe, expect, it } from 'vitest'
import { syntaxes, type RegexOptions } from '../../../src/kernel/regex/index.js'
import { compile, grepMatches, ownMarks, ownMatches, sedMarks } from './support.js'

const lines = [
  '',
  'a',
  'b',
  'aa',
  'ab',
  'ba',
  'aab',
  'abc',
  'abcd',
  'abab',
  'ababab',
  'abcbcd',
  'aaaa',
  'bbb',
  'foo bar baz',
  'foobar',
  'foo123bar45',
  'xaybzc',
  'key=value',
  'a,b,,c',
  '2024-01-15',
  '  two  words ',
  'The quick brown fox',
  'aXbXc',
  'xyxyx',
  'abba',
  'a.b.c',
  'caa',
  'hello world',
]

/** Pattern, number of groups. */
const rows: readonly (readonly [string, number])[] = [
  ['a*', 0],
  ['a+', 0],
  ['b|ab', 0],
  ['a|ab|abc', 0],
  ['^', 0],
  ['$', 0],
  ['^a*', 0],
  ['a*$', 0],
  ['\\b', 0],
  ['\\B', 0],
  ['\\<', 0],
  ['\\>', 0],
  ['\\w+', 0],
  ['\\W*', 0],
  ['[^a]', 0],
  ['.', 0],
  ['.*', 0],
  ['x*', 0],
  ['[0-9]+', 0],
  ['\\bfoo|bar\\b', 0],
  ['abcd|c', 0],
  ['bc|abcd|d', 0],
  ['(a)', 1],
  ['(a*)', 1],
  ['(a)*', 1],
  ['(a*)*', 1],
  ['(a*)+', 1],
  ['(a+)*', 1],
  ['(a|b)*', 1],
  ['(a|ab)(c|bcd)(d*)', 3],
  ['(ab|a)(bcd|c)(d*)', 3],
  ['(a*)(a*)', 2],
  ['(a*)(a|b)', 2],
  ['(a?)(ab)?', 2],
  ['(a?)(ab)?(b)?', 3],
  ['((a)|(b))*', 3],
  ['((a)|b)*', 2],
  ['(a|(b))*', 2],
  ['(()|a)*', 2],
  ['(|a)*', 1],
  ['(a|)*', 1],
  ['(|a)+', 1],
  ['(a||b)*', 1],
  ['((a*)b)*', 2],
  ['((a?)*)*', 2],
  ['((a?)b?)*', 2],
  ['(a*)(b*)', 2],
  ['(.*)b', 1],
  ['(.*)(b)', 2],
  ['(.*)=(.*)', 2],
  ['([^,]*),([^,]*)', 2],
  ['([0-9]+)-([0-9]+)-([0-9]+)', 3],
  ['(\\w+) (\\w+)', 2],
  ['(a{1,2})(b?)', 2],
  ['(a){2}', 1],
  ['(a){0,2}', 1],
  ['(a|b){2,3}', 1],
  ['(ab){1,}', 1],
  ['((ab)?a?)*', 2],
  ['(a){0}b', 1],
  ['(b*)?c', 1],
  ['(^a|b)', 1],
  ['(a$|b)', 1],
  ['(^|b)(a|$)', 2],
  ['(a(b(c)?)?)+', 3],
  ['(x|y|xy)*', 1],
  ['(a|b|ab)*(bc|c)?', 2],
  ['(a*|b)*', 1],
  ['(a*|b)+', 1],
  ['(a?|b?)*', 1],
  ['((a|b)c|(a|b)b)*', 3],
  ['(foo|foobar)(bar)?', 2],
  ['(a.|.b)(c|.)?', 2],
  ['(\\b)(a)', 2],
  ['(a\\>|ab)(b*)', 2],
  ['(o*)(o|r)', 2],
  ['(a*)(\\1)', 2],
  ['(a|b)\\1', 1],
  ['(.)(.)\\2\\1', 2],
  ['(ab)*\\1', 1],
  // Copies that a repetition makes: which rounds are taken, and which empty rounds undo themselves.
  ['(a*){0,2}', 1],
  ['(a*){1,3}', 1],
  ['(a*){2,3}', 1],
  ['((a*)*){2}()', 3],
  ['((a*)*b*){0,2}', 2],
  ['(-*[0-9]+|-){1,3}', 1],
  ['a|(a*|(a*|)*(\\w|)){0,2}', 3],
]

const flagRows: readonly (readonly [string, Partial<RegexOptions>])[] = [
  ['', {}],
  ['g', {}],
  ['gI', { ignoreCase: true }],
  ['gM', { multiline: true }],
]

describe('exec assigns matches and groups as sed does', () => {
  for (const [flags, more] of flagRows) {
    it(`sed -E s///${flags}`, () => {
      const differences = rows.flatMap(([pattern, groups]) => {
        const regex = compile(pattern, { syntax: syntaxes.sedExtended, ...more })
        const own = ownMarks(regex, groups, flags, lines)
        const real = sedMarks(['-E'], pattern, groups, flags, lines)
        if (typeof real === 'string') return [{ pattern, real }]
        return real.flatMap((line, index) =>
          line === own[index] ? [] : [{ pattern, own: own[index], real: line }],
        )
      })
      expect(differences).toEqual([])
    })
  }
})

describe('exec finds the matches that grep -o prints', () => {
  for (const [flags, more] of [
    [[], {}],
    [['-i'], { ignoreCase: true }],
    [['-w'], { whole: 'word' }],
    [['-x'], { whole: 'line' }],
  ] as const) {
    it(`grep ${['-oE', ...flags].join(' ')}`, () => {
      const differences = rows.flatMap(([pattern]) => {
        const regex = compile(pattern, { syntax: syntaxes.grepExtended, ...more })
        const own = ownMatches(regex, lines)
        const real = grepMatches(['-E', ...flags], pattern, lines)
        return JSON.stringify(own) === JSON.stringify(real) ? [] : [{ pattern, own, real }]
      })
      expect(differences).toEqual([])
    })
  }
})
