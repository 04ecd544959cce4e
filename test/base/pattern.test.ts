import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { matchPaths } from '../../src/base/glob.js'
import { patternMatcher } from '../../src/base/pattern.js'
import { withFiles } from '../support/engines.js'

const files = Object.fromEntries(
  [
    'a',
    'b',
    'ab',
    'abc',
    '.hidden',
    'x.log',
    'y.log',
    'dir/a',
    'dir/b.log',
    'dir/sub/c',
    '[a]',
    'a b',
    'é',
    '-',
    'A1',
    'Z',
  ].map((name) => [name, '']),
)

describe('file names match as in bash', () => {
  test.each([
    '*',
    '?',
    'a*',
    '*b*',
    '[ab]',
    '[!ab]',
    '[^ab]',
    '[a-c]*',
    '*.log',
    '*/*',
    '*/*.log',
    'dir/*',
    '*/',
    '.*',
    '.h*',
    '[[:upper:]]*',
    '[]a]',
    '[a',
    'no*match',
    '\\[a\\]',
    "'[a]'",
    '[[]a]',
    'd?r/s*/c',
    './*.log',
    '[[:digit:][:upper:]]?',
    'a?b',
    '??',
    '[!-~]',
  ])('%s', async (pattern) => {
    await withFiles(files, (cwd) => {
      const script = `shopt -u failglob; printf '%s\\n' ${pattern}`
      const { stdout } = spawnSync('bash', ['--norc', '-c', script], {
        cwd,
        env: { LC_ALL: 'C.UTF-8', PATH: process.env['PATH'] },
      })
      const expected = stdout.toString().split('\n').slice(0, -1).sort()
      const quoted = pattern.replace(/'([^']*)'/g, (_, text: string) => text.replace(/[[\]*?]/g, '\\$&'))
      const matches = matchPaths(quoted, cwd)
      expect(matches.length > 0 ? matches.sort() : [quoted.replace(/\\(.)/g, '$1')]).toEqual(expected)
    })
  })
})

test('a pattern of many stars ends quickly on a long name', () => {
  expect(patternMatcher(`${'*a'.repeat(50)}b`)('a'.repeat(20_000))).toBe(false)
})
