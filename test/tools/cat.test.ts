import { describe, expect, test } from 'vitest'
import { runHere, withFiles } from '../support/engines.js'
import { againstGnu } from '../support/gnu.js'

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte)
const everyByteTwice = Buffer.concat([everyByte, Buffer.from(everyByte).reverse()])
const blanks = '\n\n\na\n\n\n\nb\n\n'
const longLine = Buffer.alloc(10_000_000, 'a\tb')

againstGnu('cat', [
  { title: 'copies standard input', args: [], stdin: 'a\nb' },
  { title: 'copies an empty input', args: [], stdin: '' },
  { title: 'copies every byte', args: [], stdin: everyByteTwice },
  { title: 'copies a file', args: ['a'], files: { a: 'A\n' } },
  {
    title: 'copies files and standard input in order',
    args: ['a', '-', 'b'],
    stdin: 'in',
    files: { a: 'A', b: 'B' },
  },
  { title: 'standard input twice is empty the second time', args: ['-', '-'], stdin: 'in' },
  {
    title: 'a missing file is reported and the rest copied',
    args: ['a', 'none', '-'],
    stdin: 'in',
    files: { a: 'A\n' },
  },
  { title: 'a folder is reported and the rest copied', args: ['.', 'a'], files: { a: 'A\n' } },
  { title: 'an empty name', args: ['', 'a'], files: { a: 'A\n' } },
  { title: 'a name that needs quotes', args: ['a b', "it's"] },
  { title: 'a file named like an option', args: ['--', '-n'], files: { '-n': 'x\n' } },
  { title: 'an unknown option', args: ['--nope'] },
  { title: 'an unknown letter', args: ['-nq'] },
  { title: 'an argument for an option without one', args: ['--number=2'] },
  { title: 'an ambiguous abbreviation', args: ['--show'] },
  { title: 'an abbreviated option', args: ['--num', '--sq'], stdin: blanks },
  { title: '-u changes nothing', args: ['-u'], stdin: 'a\n' },

  { title: '-n', args: ['-n'], stdin: 'a\nb\n' },
  { title: '-n without a last newline', args: ['-n'], stdin: 'a\nb' },
  { title: '-n of an empty input', args: ['-n'], stdin: '' },
  { title: '-n of blank lines', args: ['-n'], stdin: blanks },
  {
    title: '-n over files, the first without a last newline',
    args: ['-n', 'a', 'b'],
    files: { a: 'x\ny', b: 'z\n' },
  },
  { title: '-n past 999999', args: ['-n'], stdin: '\n'.repeat(1_000_002) },
  { title: '-b', args: ['-b'], stdin: blanks },
  { title: '-b overrides -n', args: ['-b', '-n'], stdin: blanks },
  { title: '-b of a line with a carriage return alone', args: ['-b'], stdin: '\r\n\n\r\n' },
  { title: '-b over files', args: ['-b', 'a', 'b'], files: { a: 'x\n\n', b: '\nz' } },

  { title: '-s', args: ['-s'], stdin: blanks },
  { title: '-s of blank lines alone', args: ['-s'], stdin: '\n\n\n' },
  { title: '-s over the edge of files', args: ['-s', 'a', 'b'], files: { a: 'x\n\n', b: '\n\nz' } },
  {
    title: '-s where a file ends in the middle of a line',
    args: ['-s', 'a', 'b'],
    files: { a: 'x', b: '\n\n\nz' },
  },
  { title: '-s does not take a carriage return for blank', args: ['-s'], stdin: '\r\n\r\n\n\n' },
  { title: '-ns', args: ['-ns'], stdin: blanks },
  { title: '-bs', args: ['-bs'], stdin: blanks },

  { title: '-E', args: ['-E'], stdin: 'a\n\nb' },
  { title: '-E with CRLF', args: ['-E'], stdin: 'a\r\n\r\nb\rc\r\r\n' },
  { title: '-E with a carriage return at the very end', args: ['-E'], stdin: 'a\r' },
  { title: '-E with CR and LF in two files', args: ['-E', 'a', 'b'], files: { a: 'x\r', b: '\ny' } },
  { title: '-E with a CR at the end of a file', args: ['-E', 'a', 'b'], files: { a: 'x\r', b: 'y\n' } },
  {
    title: '-E with a CR at the end before an empty file',
    args: ['-E', 'a', 'b', 'a'],
    files: { a: 'x\r', b: '' },
  },
  { title: '-sE', args: ['-sE'], stdin: blanks },
  { title: '-bE', args: ['-bE'], stdin: blanks },

  { title: '-T', args: ['-T'], stdin: 'a\tb\t\t\n\t' },
  { title: '-v', args: ['-v'], stdin: everyByteTwice },
  { title: '-v with CRLF', args: ['-v'], stdin: 'a\r\nb\r' },
  { title: '-v with UTF-8', args: ['-v'], stdin: 'größer – ☃\n' },
  { title: '-vE with CRLF', args: ['-vE'], stdin: 'a\r\nb\r' },
  { title: '-t', args: ['-t'], stdin: everyByteTwice },
  { title: '-e', args: ['-e'], stdin: everyByteTwice },
  { title: '-A', args: ['-A'], stdin: everyByteTwice },
  {
    title: '-A of plain text longer than a vector',
    args: ['-A'],
    stdin: 'The quick brown fox jumps\n'.repeat(9),
  },
  {
    title: '--show-all --number --squeeze-blank',
    args: ['--show-all', '--number', '--squeeze-blank'],
    stdin: blanks,
  },
  { title: '--number-nonblank', args: ['--number-nonblank'], stdin: blanks },
  { title: '--show-ends --show-tabs', args: ['--show-ends', '--show-tabs'], stdin: 'a\tb\r\n' },
  { title: '--show-nonprinting', args: ['--show-nonprinting'], stdin: everyByte },
  { title: 'all at once', args: ['-bsvET'], stdin: Buffer.concat([everyByte, Buffer.from(blanks)]) },
  { title: 'a missing file between numbered ones', args: ['-n', 'a', 'none', 'a'], files: { a: 'x\n' } },
  { title: 'a line of ten megabytes', args: ['-nT'], stdin: longLine },
  { title: 'more output than input', args: ['-A'], stdin: Buffer.alloc(200_000, 0x80) },
  { title: 'many short lines', args: ['-nE'], stdin: 'a\n\n'.repeat(100_000) },
])

describe('cat does not read what it writes', () => {
  test.each([
    { spec: 'cat f >> f', named: 'f' },
    { spec: 'cat - < f >> f', named: '-' },
    { spec: 'cat -n f >> f', named: 'f' },
  ])('$spec', async ({ spec, named }) => {
    await withFiles({ f: 'a\n' }, async (cwd) => {
      const { stderr, exit } = await runHere({ spec, stdin: Buffer.alloc(0), cwd }, {})
      expect(stderr).toContain(`cat: ${named}: input file is output file\n`)
      expect(exit).toBe(1)
    })
  })

  test('an empty file is no danger', async () => {
    await withFiles({ f: 'a\n' }, async (cwd) => {
      const { stderr, exit } = await runHere({ spec: 'cat f > f; cat f', stdin: Buffer.alloc(0), cwd }, {})
      expect({ stderr, exit }).toEqual({ stderr: '', exit: 0 })
    })
  })
})
