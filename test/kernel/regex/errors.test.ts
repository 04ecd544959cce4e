import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { RegexError, syntaxes } from '../../../src/kernel/regex/index.js'
import { compile, sedMarks } from './support.js'

const basic = [
  'a**',
  'a\\{1',
  'a\\{1a\\}',
  'a\\{2,1\\}',
  'a\\{99999\\}',
  'a\\{1,',
  '\\{1\\}a',
  '\\(',
  '\\)',
  '\\(a',
  '[[:foo:]]',
  '[:space:]',
  '[[.ab.]]',
  '[[=ab=]]',
  '[b-a]',
  '\\1',
  '\\(a\\)\\2',
  '[[:digit:]-z]',
  '[a-[:digit:]]',
  '[a-c-e]',
  'x\\{1\\}\\{2\\}',
  'a*\\{2\\}',
  'a\\{x',
  'a\\{',
  '\\(\\{1\\}\\)',
  '*a',
  '\\+a',
  'a\\}',
  'x^',
  '$a',
  'a\\|*b',
  '^*a',
]

const extended = [
  '*a',
  '+a',
  '{1}a',
  'a**',
  '(*a)',
  'a{1',
  'a{1a}',
  'a{2,1}',
  'a{99999}',
  'a|*b',
  '^*a',
  '(',
  ')',
  '(a',
  'a)',
  '()',
  'a|',
  '|',
  '\\1',
  '(a)\\2',
  '(a\\1)',
  '{',
  'a{x',
  'a{1}{2}',
  '\\b*b',
  'a{32768}',
  'a{,}',
  'a}',
  '^{1}',
  '$*',
  'a{1,2,3}',
  '(a|b',
  '[[:foo:]]',
]

describe('sed refuses what we refuse, in the same words', () => {
  for (const [flags, syntax, patterns] of [
    [[], syntaxes.sedBasic, basic],
    [['-E'], syntaxes.sedExtended, extended],
  ] as const) {
    it.each(patterns)(`sed ${flags.join('')} %s`, (pattern) => {
      const real = sedMarks(flags, pattern, 0, '', [])
      expect(messageOf(() => compile(pattern, { syntax }))).toBe(typeof real === 'string' ? real : 'none')
    })
  }
})

describe('an error says where', () => {
  it.each([
    ['ab\\(c', 5],
    ['ab[c', 2],
    ['abc\\', 3],
    ['a[z-a]', 3],
    ['a\\{2,1\\}', 6],
  ])('%s', (pattern, offset) => {
    expect.assertions(1)
    try {
      compile(pattern, { syntax: syntaxes.grepBasic })
    } catch (error) {
      expect(error instanceof RegexError && error.offset).toBe(offset)
    }
  })
})

describe('grep warns of what we warn of', () => {
  it.each([
    ['-G', 'a\\d'],
    ['-G', 'a\\ b\\/\\-\\"\\~'],
    ['-G', '\\+a\\|\\?b'],
    ['-G', '\\{1\\}a'],
    ['-G', '\\(\\+a\\)'],
    ['-G', 'a\\\t'],
    ['-G', '[\\d]\\.\\*\\w\\]\\}'],
    ['-E', 'a\\d\\q'],
    ['-E', '*a'],
    ['-E', 'a|+b'],
    ['-E', '(?b)'],
    ['-E', '^{2}x'],
    ['-E', '()*'],
    ['-E', '\\b*'],
    ['-E', '**a'],
    ['-E', 'a|*|+'],
    ['-E', '{a'],
    ['-E', 'a|{,3}b'],
    ['-E', '{}'],
    ['-E', '$*'],
    ['-E', 'x$*'],
    ['-E', '(a$)*'],
    ['-E', '\\(\\)\\{\\|\\+'],
  ])('grep %s %s', (mode, pattern) => {
    // Debian's grep keeps quiet about backslashes unless it is asked.
    const env = { ...process.env, LC_ALL: 'C', DEB_GREP_ENABLE_STRAY_BACKSLASH_WARN: '1' }
    const { stderr } = spawnSync('grep', [mode, '-e', pattern], { env, input: '' })
    const syntax = mode === '-E' ? syntaxes.grepExtended : syntaxes.grepBasic
    const { warnings } = compile(pattern, { syntax })
    expect(warnings.map(({ message }) => `grep: warning: ${message}\n`).join('')).toBe(
      stderr.toString('latin1'),
    )
  })
})

function messageOf(call: () => unknown): string {
  try {
    call()
    return 'none'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
