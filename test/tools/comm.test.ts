import { againstGnu } from '../support/gnu.js'

const files = { a: 'a\nb\nd\nd\ne', b: 'b\nc\nd\n' }
const unsorted = { a: 'b\na\nc\n', b: 'b\nc\n' }
const same = { a: 'b\na\n', b: 'b\na\n' }
const long = { a: `${'x'.repeat(10_000_000)}\n`, b: `${'x'.repeat(9_999_999)}y\nz\n` }
const numbers = (step: number): string =>
  Array.from({ length: 40_000 }, (_, index) => `${String(index * step).padStart(9, '0')}\n`).join('')

againstGnu('comm', [
  { title: 'three columns', args: ['a', 'b'], files },
  ...['-1', '-2', '-3', '-12', '-13', '-23', '-123'].map((columns) => ({
    title: `without columns ${columns}`,
    args: [columns, 'a', 'b'],
    files,
  })),
  { title: 'both empty', args: ['a', 'b'], files: { a: '', b: '' } },
  { title: 'the first empty', args: ['a', 'b'], files: { a: '', b: 'x\n' } },
  { title: 'the second empty', args: ['a', 'b'], files: { a: 'x', b: '' } },
  { title: 'blank lines', args: ['a', 'b'], files: { a: '\n\na\n', b: '\nb\n' } },
  { title: 'a line that begins as the other', args: ['a', 'b'], files: { a: 'ab\n', b: 'a\nabc\n' } },
  { title: 'NUL bytes', args: ['a', 'b'], files: { a: 'a\0b\n', b: 'a\0a\na\0b\n' } },
  { title: 'carriage returns', args: ['a', 'b'], files: { a: 'a\r\nb\n', b: 'a\nb\r\n' } },
  {
    title: 'bytes above ASCII sort behind it',
    args: ['a', 'b'],
    files: { a: 'a\nz\né\n', b: Buffer.from('b\n\xff\n', 'latin1') },
  },
  { title: 'a line of 10 MB', args: ['a', 'b'], files: long },
  { title: 'many batches', args: ['--total', 'a', 'b'], files: { a: numbers(2), b: numbers(3) } },
  { title: 'the first from standard input', args: ['-', 'b'], stdin: files.a, files },
  { title: 'the second from standard input', args: ['a', '-'], stdin: files.b, files },
  { title: '-z', args: ['-z', 'a', 'b'], files: { a: 'a\nx\0b\0', b: 'b\0c' } },
  { title: '--output-delimiter', args: ['--output-delimiter=, ', 'a', 'b'], files },
  { title: '--output-delimiter in UTF-8', args: ['--output-delimiter', 'é', 'a', 'b'], files },
  { title: 'an empty --output-delimiter is NUL', args: ['--output-delimiter=', 'a', 'b'], files },
  {
    title: 'the same --output-delimiter twice',
    args: ['--output-delimiter=x', '--output-delimiter=x', 'a', 'b'],
    files,
  },
  { title: '--total', args: ['--total', 'a', 'b'], files },
  { title: '--total counts columns that are not shown', args: ['--total', '-123', 'a', 'b'], files },
  { title: '--total --output-delimiter', args: ['--total', '--output-delimiter=::', 'a', 'b'], files },
  { title: '--total with a NUL between', args: ['--total', '--output-delimiter=', 'a', 'b'], files },
  { title: '--total -z', args: ['--total', '-z', 'a', 'b'], files },
  { title: 'the first is not sorted', args: ['a', 'b'], files: unsorted },
  { title: 'the second is not sorted', args: ['b', 'a'], files: unsorted },
  { title: 'neither is sorted', args: ['a', 'b'], files: { a: 'c\na\n', b: 'd\nb\n' } },
  { title: 'unsorted, but all lines pair', args: ['a', 'b'], files: same },
  {
    title: 'unsorted and unpaired only at the end',
    args: ['a', 'b'],
    files: { a: 'b\na\n', b: 'b\na\nc\n' },
  },
  { title: 'disorder is reported once a file', args: ['a', 'b'], files: { a: 'c\nb\na\n', b: 'x\n' } },
  { title: '--total behind disorder', args: ['--total', 'a', 'b'], files: unsorted },
  { title: '--check-order stops', args: ['--check-order', 'a', 'b'], files: same },
  { title: '--check-order of sorted files', args: ['--check-order', 'a', 'b'], files },
  { title: '--check-order --total', args: ['--check-order', '--total', 'b', 'a'], files: unsorted },
  { title: '--nocheck-order', args: ['--nocheck-order', 'a', 'b'], files: unsorted },
  {
    title: 'the last order option counts',
    args: ['--check-order', '--nocheck-order', 'a', 'b'],
    files: unsorted,
  },
  { title: 'no operands', args: [] },
  { title: 'one operand', args: ['a'] },
  { title: 'three operands', args: ['a', 'b', 'c'] },
  { title: 'a missing first file', args: ['none', 'b'], files },
  { title: 'a missing second file', args: ['a', 'no such'], files },
  { title: 'a folder', args: ['.', 'none'] },
  { title: 'an unknown option', args: ['-4', 'a', 'b'] },
  { title: 'an option behind -- is an operand', args: ['--', 'a', 'b', '-1'] },
  {
    title: 'two different output delimiters',
    args: ['--output-delimiter=x', '--output-delimiter=y', 'a', 'b'],
    files,
  },
  {
    title: 'standard input twice',
    args: ['-', '-'],
    stdin: 'a\nb\n',
    differs: {
      why: 'GNU deals the lines out to both sides and then fails to close the second one',
      instead: { stdout: '', stderr: 'comm: both files cannot be standard input\n', exit: 1 },
    },
  },
])
