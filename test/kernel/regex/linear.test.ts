import { describe, expect, it } from 'vitest'
import { syntaxes } from '../../../src/kernel/regex/index.js'
import { compile, selectedLines, withBatch } from './support.js'

const megabyte = 1 << 20
const syntax = syntaxes.sedExtended

/** Patterns that take exponential or quadratic time by backtracking, or many states when built at once. */
const patterns = [
  '(a*)*b',
  '(a|a)*b',
  '(a+)+b',
  '(x+x+)+y',
  '(a|aa)+$',
  'a{0,1000}b',
  '(a{0,30}){0,30}b',
  '((a*)*)*b',
  '(.*)(.*)(.*)(.*)(.*)[^a]',
  '(a|b)*a(a|b){12}b',
  '.{0,300}b.{300}',
  '(a?){500}a{500}b',
]

describe('adversarial patterns over a megabyte', () => {
  for (const pattern of patterns) {
    it(`${pattern} ends`, () => {
      const regex = compile(pattern, { syntax, cacheLimit: 1 << 18 })
      const text = 'a'.repeat(megabyte)
      expect(selectedLines(regex, [text]).length).toBeLessThan(2)
      withBatch(Buffer.from(text), (batch) => {
        const spans = new Int32Array(20)
        const found = regex.exec({ batch, from: 0, to: batch.length }, 0, spans)
        expect(found).toBe(regex.test({ batch, from: 0, to: batch.length }))
      })
      regex.free()
    })
  }

  it('assigns the groups of a match of a megabyte', () => {
    const regex = compile('((a|b)*)(b(a*))', { syntax })
    withBatch(Buffer.from('ab'.repeat(megabyte / 2)), (batch) => {
      const spans = new Int32Array(10)
      expect(regex.exec({ batch, from: 0, to: batch.length }, 0, spans)).toBe(true)
      const end = batch.length
      expect([...spans]).toEqual([0, end, 0, end - 1, end - 2, end - 1, end - 1, end, end, end])
    })
  })
})

describe('large patterns', () => {
  it('are refused when they need too many states', () => {
    expect(() => compile('((a{1000}){1000}){1000}', { syntax })).toThrow('Regular expression too big')
  })

  it.each([syntaxes.grepExtended, syntaxes.sedExtended])('groups in groups have a limit', (syntax) => {
    const nested = (depth: number): string => '('.repeat(depth) + 'a' + ')'.repeat(depth)
    expect(compile(nested(1000), { syntax }).groups).toBe(1000)
    expect(() => compile(nested(1001), { syntax })).toThrow('stack overflow')
    expect(() => compile('('.repeat(1_000_000), { syntax })).toThrow('stack overflow')
  })

  it('repeat up to the limit of the C library', () => {
    const regex = compile('^a{32767}$', { syntax })
    expect(selectedLines(regex, ['a'.repeat(32766), 'a'.repeat(32767), 'a'.repeat(32768)])).toEqual([1])
  })
})
