import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { quote, quoteFile, quoteForShell } from '../../src/base/quote.js'

const texts = [
  'plain',
  'a b',
  "it's",
  'a"b',
  '$x',
  'a\nb',
  'a\tb',
  'é',
  '\x01',
  '\x7f',
  'a:b',
  '~x',
  'x~',
  '#x',
  'x#',
  '-x',
  'a=b',
  '[x]',
  ']',
  '{',
  '{}',
  '}',
  'a*b',
  'a?b',
  'a\\b',
  'a\'b"c',
  "a'\nb",
  '\n',
  "'",
  '"',
  'a,b',
  'a@b%c',
  'a;b',
  '!x',
  'a^b',
  '`x`',
  'a|b',
  '(',
  '<',
  ' ',
  'a\rb\x1b',
  "a'b c",
  "a'b$c",
]

/** What a real tool calls the name in its message, between the tool's name and the reason. */
function named(tool: string, args: readonly string[], before: string, after: string): string {
  const { stderr } = spawnSync(tool, args, { env: { PATH: process.env['PATH'], LC_ALL: 'C' } })
  const text = stderr.toString()
  return text.slice(before.length, text.lastIndexOf(after))
}

describe('names are quoted as GNU quotes them', () => {
  test.each(texts)('a file %j', (name) => {
    expect(quoteFile(name)).toBe(named('cat', ['--', name], 'cat: ', ': No such file'))
  })

  test.each(texts)('a word %j', (text) => {
    expect(quoteForShell(text)).toBe(
      spawnSync('printf', ['%q', text], { env: { LC_ALL: 'C' } }).stdout.toString(),
    )
  })

  test.each(texts)('an argument %j', (text) => {
    expect(quote(text)).toBe(
      named('head', ['-n', `x${text}`], 'head: invalid number of lines: ', '\n').replace(/^(['‘])x/, '$1'),
    )
  })
})
