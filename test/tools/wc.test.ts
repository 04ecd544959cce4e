import { againstGnu } from '../support/gnu.js'

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte)
const text = 'one two\n\n  three\tfour\vfive\fsix\rseven \n eight'
const binary = Uint8Array.from([
  0x01, 0x20, 0x80, 0x41, 0xff, 0x0a, 0x00, 0x09, 0x7f, 0x42, 0x20, 0x81, 0x0a, 0x43,
])
const longLine = Buffer.concat([Buffer.alloc(10_000_000, 'word '), Buffer.from('\n\tend')])
const files = { a: 'one two\n', b: 'x\ny z\n', empty: '' }
const ragged = Array.from({ length: 200 }, (_, length) => `${'ab \tc'.repeat(length)}\n`).join('')

againstGnu('wc', [
  { title: 'standard input', args: [], stdin: text },
  { title: 'an empty input', args: [], stdin: '' },
  { title: 'a newline alone', args: [], stdin: '\n' },
  { title: 'no last newline', args: [], stdin: 'a' },
  { title: 'every byte', args: ['-lwmcL'], stdin: everyByte },
  { title: 'bytes that print and that do not', args: ['-w'], stdin: binary },
  { title: 'bytes that do not print are no word', args: ['-w'], stdin: '\x01\x02 é ü\n\x7f' },
  { title: 'bytes that do not print join words', args: ['-w'], stdin: `a${'\x01'.repeat(100)}b c\x01 \x01d` },
  { title: 'UTF-8', args: ['-mcwL'], stdin: 'größer – ☃\n' },
  { title: 'CRLF', args: ['-lwcL'], stdin: 'one two\r\nthree\r\n' },
  { title: 'NUL bytes', args: [], stdin: 'a\0b \0 c\n' },
  { title: 'words longer than a vector', args: ['-w'], stdin: `${'w'.repeat(100)} ${'v'.repeat(200)}\n` },
  { title: 'lines of all lengths', args: ['-lwcL'], stdin: ragged },
  { title: 'ten megabytes in a line', args: ['-lwcL'], stdin: longLine },

  { title: '-c', args: ['-c'], stdin: text },
  { title: '-m', args: ['-m'], stdin: text },
  { title: '-l', args: ['-l'], stdin: text },
  { title: '-w', args: ['-w'], stdin: text },
  { title: '-L', args: ['-L'], stdin: text },
  { title: '-L with tabs', args: ['-L'], stdin: 'a\tb\t\tc\n12345678\t9\n\t' },
  { title: '-L with carriage return and form feed', args: ['-L'], stdin: 'abcdef\rghi\fjklmnopq\v\n' },
  { title: '-L without a last newline', args: ['-L'], stdin: 'a\nbcd' },
  { title: '-L of an empty input', args: ['-L'], stdin: '' },
  { title: 'counts keep their order', args: ['-cwl'], stdin: text },
  { title: '-mc', args: ['-cm'], stdin: text },
  { title: '-lL', args: ['-L', '-l'], stdin: text },
  { title: 'all counts', args: ['-lwmcL'], stdin: text },
  { title: 'the same option twice', args: ['-l', '-l'], stdin: text },
  {
    title: 'long options',
    args: ['--lines', '--words', '--bytes', '--chars', '--max-line-length'],
    stdin: text,
  },
  { title: 'an abbreviated option', args: ['--max'], stdin: text },

  { title: 'a file', args: ['a'], files },
  { title: 'one count of one file', args: ['-l', 'a'], files },
  { title: 'bytes of one file', args: ['-c', 'a'], files },
  { title: 'bytes of an empty file', args: ['-c', 'empty'], files },
  { title: 'bytes of a file of whole pages', args: ['-c', 'pages'], files: { pages: 'x'.repeat(8192) } },
  { title: 'bytes of a system file', args: ['-c', '/proc/version'] },
  {
    title: 'bytes of a system file that states a page',
    args: ['-c', '/sys/kernel/mm/transparent_hugepage/enabled'],
  },
  { title: 'files with their total', args: ['a', 'b'], files },
  {
    title: 'widths follow the sizes',
    args: ['a', 'large'],
    files: { ...files, large: 'x y\n'.repeat(30_000) },
  },
  {
    title: 'the total can be wider than its parts',
    args: ['-c', 'p', 'q'],
    files: { p: 'x'.repeat(60), q: 'y'.repeat(60) },
  },
  { title: 'one count of files', args: ['-l', 'a', 'b'], files },
  { title: '-L of files is the largest', args: ['-L', 'a', 'b', 'a'], files },
  { title: 'the same file twice', args: ['a', 'a'], files },
  { title: 'standard input by name', args: ['-'], stdin: text },
  { title: 'one count of standard input by name', args: ['-l', '-'], stdin: text },
  { title: 'standard input among files', args: ['a', '-', 'b'], stdin: text, files },
  { title: 'standard input twice', args: ['-', '-'], stdin: text },
  { title: 'bytes of standard input among files', args: ['-c', 'a', '-'], stdin: text, files },
  { title: 'a missing file', args: ['none'] },
  { title: 'a missing file among others', args: ['a', 'none', 'b'], files },
  { title: 'missing files alone', args: ['none', 'nope'] },
  { title: 'a folder', args: ['.'] },
  { title: 'a folder among files', args: ['a', '.'], files },
  { title: 'bytes of a folder', args: ['-c', '.'] },
  { title: 'an empty name', args: ['', 'a'], files },
  { title: 'a name that needs quotes', args: ['a b', 'no\nne'], files: { 'a b': 'x\n' } },
  { title: 'a name with a newline', args: ['a\nb'], files: { 'a\nb': 'x\n' } },

  { title: '--files0-from a file', args: ['--files0-from=list'], files: { ...files, list: 'a\0b\0' } },
  {
    title: '--files0-from without a last NUL',
    args: ['--files0-from=list'],
    files: { ...files, list: 'a\0b' },
  },
  { title: '--files0-from one file', args: ['--files0-from=list'], files: { ...files, list: 'b\0' } },
  {
    title: '--files0-from one file, one count',
    args: ['-l', '--files0-from=list'],
    files: { ...files, list: 'b\0' },
  },
  { title: '--files0-from an empty list', args: ['--files0-from=list'], files: { list: '' } },
  {
    title: '--files0-from a list with an empty name',
    args: ['--files0-from=list'],
    files: { ...files, list: 'a\0\0b\0' },
  },
  {
    title: '--files0-from a list with a missing file',
    args: ['--files0-from=list'],
    files: { ...files, list: 'none\0b\0' },
  },
  {
    title: '--files0-from a list with -',
    args: ['--files0-from=list'],
    stdin: text,
    files: { ...files, list: 'a\0-\0' },
  },
  { title: '--files0-from standard input', args: ['--files0-from=-'], stdin: 'a\0b\0', files },
  { title: '--files0-from standard input with - in it', args: ['--files0-from=-'], stdin: 'a\0-\0', files },
  {
    title: '--files0-from standard input with an empty name',
    args: ['--files0-from=-'],
    stdin: '\0a',
    files,
  },
  { title: '--files0-from a missing file', args: ['--files0-from=none'] },
  { title: '--files0-from a folder', args: ['--files0-from=.'] },
  { title: '--files0-from nothing', args: ['--files0-from='] },
  { title: '--files0-from with operands', args: ['--files0-from=list', "it's", 'b'] },

  { title: 'an unknown option', args: ['-x'] },
  { title: 'an option of later versions', args: ['--total=never'] },
  { title: 'an argument for an option without one', args: ['--lines=2'] },
])
