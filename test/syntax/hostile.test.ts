import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse, print, walk } from '../../src/syntax/index.js'
import { findings, parseFine, source } from './support.js'
import { soup } from './soup.js'

const many = 10_000

describe('deep nesting is one finding', () => {
  const openings = [
    '( ',
    '{ ',
    'a $(',
    'a "$(',
    'a <(',
    '${x:-',
    '"${x:-',
    '! { ',
    'a | ( ',
    'X=$(',
    '[[ $(',
    'a >$(',
  ]
  test.each(openings)('%j', (opening) => {
    expect(findings(opening.repeat(many))).toHaveLength(1)
  })

  test('which says so, at the bracket that is too deep', () => {
    expect(findings('( '.repeat(many))).toEqual([
      '1:401: nested more than 200 levels deep <(> help: move the inner part to a function',
    ])
  })

  test('but 200 levels are fine', () => {
    expect(findings(`${'( '.repeat(200)}a${' )'.repeat(200)}`)).toEqual([])
  })
})

describe('long texts take time in proportion', () => {
  const texts: readonly (readonly [title: string, piece: string])[] = [
    ['pipes', 'a | '],
    ['lists', 'a && '],
    ['statements', 'a; '],
    ['lines', 'a\n'],
    ['words', 'a b '],
    ['comments', '# a\n'],
    ['redirections', '>a '],
    ['brackets that never close', '['],
    ['braces', '{'],
    ['braces with commas', '{,'],
    ['tildes', 'a=:~'],
    ['line continuations', '\\\n'],
    ['words across lines', 'a\\\n'],
    ['quotes in brackets', "['a'"],
    ['double quotes', '"a"'],
    ['substitutions', '$(a)'],
    ['here-documents', 'a <<E\n'],
    ['parentheses', '('],
    ['closed parentheses', ')'],
    ['keywords', 'time '],
    ['loops', 'for '],
    ['backquotes', '`a'],
    ['byte escapes', "$'\\xc3\\xa9'"],
    ['parameters', 'param a: int = 1 # b\n'],
    ['comments before a pipe', 'a\n# b\n| c\n'],
    ['blank lines', '\n'],
    ['blanks', ' '],
  ]
  test.each(texts)('%s', (_title, piece) => {
    const small = timeOf(piece.repeat(many))
    const large = timeOf(piece.repeat(4 * many))
    // Quadratic time would be 16 times as long; the constant forgives a busy machine.
    expect(large).toBeLessThan(10 * small + 200)
  })

  test('and many pipes simply parse and print', () => {
    const text = `${'a | '.repeat(many)}b`
    const script = parseFine(text)
    expect(script.body.statements[0]?.first.stages).toHaveLength(many + 1)
    expect(print(script, source(text))).toBe(`a\n${'  | a\n'.repeat(many - 1)}  | b\n`)
  })
})

describe('no text makes the parser fail, and all places lie within it', () => {
  const texts = fc.oneof(
    soup,
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  )
  test('random text', () => {
    fc.assert(
      fc.property(texts, fc.boolean(), (text, declarations) => {
        const { script, diagnostics } = parse(source(text), { declarations })
        for (const { span } of diagnostics) {
          expect(span.start).toBeGreaterThanOrEqual(0)
          expect(span.end).toBeGreaterThanOrEqual(span.start)
          expect(span.end).toBeLessThanOrEqual(text.length)
        }
        walk(script, ({ span }, parent) => {
          expect(span.end).toBeGreaterThanOrEqual(span.start)
          if (!parent) return
          expect(span.start).toBeGreaterThanOrEqual(parent.span.start)
          expect(span.end).toBeLessThanOrEqual(parent.span.end)
        })
      }),
      { numRuns: 5000 },
    )
  })
})

function timeOf(text: string): number {
  const start = performance.now()
  parse(source(text), { declarations: true })
  return performance.now() - start
}
