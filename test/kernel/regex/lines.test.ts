import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocate, bytesAt, release, wordsAt } from '../../../src/kernel/index.js'
import { compileRegex, syntaxes, type LineOptions, type Regex } from '../../../src/kernel/regex/index.js'
import { compile, withBatch } from './support.js'

const syntax = syntaxes.grepExtended
const env = { ...process.env, LC_ALL: 'C' }

/** Lines that match, by JavaScript, with their terminators. */
function expected(
  text: string,
  pattern: RegExp,
  terminator: string,
  { invert = false, limit = Infinity }: LineOptions,
) {
  const lines = text.split(terminator)
  if (lines.at(-1) === '') lines.pop()
  return lines.filter((line) => pattern.test(line) !== invert).slice(0, limit)
}

function copied(regex: Regex, batch: Buffer, options: LineOptions): string {
  const address = allocate(batch.length + 1)
  const { written } = regex.select({ batch, from: 0, to: batch.length }, { kind: 'copy', address }, options)
  const result = bytesAt(address, written).toString('latin1')
  release(address)
  return result
}

/** Lists with room for two lines a call. */
function listed(regex: Regex, batch: Buffer, options: LineOptions): string[] {
  const spans = wordsAt(allocate(16), 4)
  const lines: string[] = []
  const limit = options.limit ?? Infinity
  for (let from = 0; from < batch.length && lines.length < limit;) {
    const rest = { ...options, limit: limit - lines.length }
    const { count, next } = regex.select({ batch, from, to: batch.length }, { kind: 'list', spans }, rest)
    for (let index = 0; index < count; index++) {
      lines.push(batch.toString('latin1', spans[index * 2], spans[index * 2 + 1]))
    }
    from = next
  }
  release(spans.byteOffset)
  return lines
}

const patterns = [
  ['b', /b/],
  ['ab', /ab/],
  ['a|bc', /a|bc/],
  ['^$', /^$/],
  ['', /(?:)/],
  ['b$', /b$/],
  ['(a)\\1', /(a)\1/],
  ['[^a]c', /[^a]c/],
  ['abcabc|cc', /abcabc|cc/],
] as const

describe('select', () => {
  for (const [name, terminator] of [
    ['newline', '\n'],
    ['NUL', '\0'],
  ] as const) {
    it(`counts, lists and copies the same lines, each ended by a ${name}`, () => {
      fc.assert(
        fc.property(
          fc.constantFrom(...patterns),
          fc.string({ unit: fc.constantFrom('a', 'b', 'c', terminator), minLength: 1, maxLength: 80 }),
          fc.boolean(),
          fc.option(fc.nat(4), { nil: Infinity }),
          ([source, reference], text, invert, limit) => {
            const regex = compile(source, { syntax, terminator: terminator.charCodeAt(0) })
            const options = { invert, limit }
            const lines = expected(text, reference, terminator, options)
            withBatch(Buffer.from(text, 'latin1'), (batch) => {
              const range = { batch, from: 0, to: batch.length }
              expect(regex.select(range, { kind: 'count' }, options).count).toBe(lines.length)
              expect(copied(regex, batch, options)).toBe(lines.map((line) => line + terminator).join(''))
              expect(listed(regex, batch, options)).toEqual(lines)
            })
          },
        ),
        { numRuns: 1000 },
      )
    })
  }

  it('stays within its range of the batch', () => {
    withBatch(Buffer.from('a\nb\na\n'), (batch) => {
      const regex = compile('a', { syntax })
      expect(regex.select({ batch, from: 2, to: 4 }, { kind: 'count' }).count).toBe(0)
    })
  })

  it('finds thousands of words as grep -F -f does', () => {
    const words = Array.from({ length: 3000 }, (_, index) => (index * 7919).toString(36))
    const text = Array.from({ length: 2000 }, (_, index) => (index * 104729).toString(36)).join('\n') + '\n'
    for (const flags of [[], ['-x'], ['-w'], ['-i']]) {
      const regex = compileRegex(words, {
        syntax: 'fixed',
        ignoreCase: flags.includes('-i'),
        ...(flags.includes('-x') ? { whole: 'line' } : flags.includes('-w') ? { whole: 'word' } : {}),
      })
      const script = ['--norc', '-c', 'grep -F "$@" -f <(printf %s "$WORDS")', 'bash', ...flags]
      const real = spawnSync('bash', script, { input: text, env: { ...env, WORDS: words.join('\n') } })
      withBatch(Buffer.from(text), (batch) => expect(copied(regex, batch, {})).toBe(real.stdout.toString()))
    }
  })
})

describe('compileRegex', () => {
  it('takes any of several patterns, of every kind', () => {
    const regex = compileRegex(['abc', 'x+', '(.)\\1'], { syntax })
    withBatch(Buffer.from('abc\nab\nyxy\nzz\n'), (batch) => {
      expect(copied(regex, batch, {})).toBe('abc\nyxy\nzz\n')
    })
  })

  it('matches nothing without patterns', () => {
    withBatch(Buffer.from('a\n'), (batch) => expect(copied(compileRegex([], { syntax }), batch, {})).toBe(''))
  })

  it('goes on working for others when one user frees it', () => {
    const [first, second] = [compile('shared', { syntax }), compile('shared', { syntax })]
    first.free()
    first.free()
    withBatch(Buffer.from('shared\n'), (batch) => expect(copied(second, batch, {})).toBe('shared\n'))
  })

  it.each([
    ['b+', 'abbc'],
    ['[0-9]\\+', 'a1b22+c'],
    ['[0-9]\\{2\\}', 'a1b22{2}c'],
    ['2\\|1', 'a1b22c'],
    ['\\(b\\)c', 'abcbc'],
  ])('reads %s as tac -r does', (pattern, text) => {
    const { stdout } = spawnSync('tac', ['-r', '-s', pattern], { env, input: text })
    const regex = compile(pattern, { syntax: syntaxes.emacs })
    const isSplit = stdout.toString() !== text
    withBatch(Buffer.from(text), (batch) => {
      expect(regex.test({ batch, from: 0, to: batch.length })).toBe(isSplit)
    })
  })

  it.each(['[c-a]', 'a**b', 'a\\+b', '\\{1\\}a', 'a\\{2\\}', '[[:digit:]]'])(
    'reads %s as nl does',
    (pattern) => {
      const lines = ['ab', 'aab', 'x', '{1}a', '7']
      const input = lines.map((line) => `${line}\n`).join('')
      const { stdout } = spawnSync('nl', [`-bp${pattern}`, '-w1', '-s:'], { env, input })
      const numbered = stdout
        .toString()
        .split('\n')
        .filter((line) => /^\d/.test(line))
      const regex = compile(pattern, { syntax: syntaxes.lenientBasic })
      const own = withBatch(Buffer.from(input), (batch) => copied(regex, batch, {}).split('\n').slice(0, -1))
      expect(own).toEqual(numbered.map((line) => line.slice(line.indexOf(':') + 1)))
    },
  )
})
