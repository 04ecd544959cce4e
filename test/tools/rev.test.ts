import { againstGnu } from '../support/gnu.js'

const line = 'The quick brown fox jumps over the lazy dog, 0123456789 times.'
const differ = { why: 'a byte is a byte (util-linux stops at what is no character)' }

againstGnu('rev', [
  { title: 'one line', args: [], stdin: 'abc\n' },
  { title: 'no last newline', args: [], stdin: 'abc\ndef' },
  { title: 'an empty input', args: [], stdin: '' },
  { title: 'empty lines', args: [], stdin: '\n\n\nab\n\n' },
  { title: 'a single byte', args: [], stdin: 'a' },
  { title: 'CR stays in the line', args: [], stdin: 'ab\r\ncd\r\n' },
  { title: 'TAB and control bytes', args: [], stdin: '\ta\x01\x7fb\x1b\n' },
  ...Array.from({ length: 40 }, (_, length) => ({
    title: `lines of ${length + 15} bytes`,
    args: [],
    stdin: `${line.slice(0, length + 15)}\n${line.slice(0, length + 14)}\n`,
  })),
  { title: 'a line of ten megabytes', args: [], stdin: `${'0123456789'.repeat(1_000_000)}\nend` },
  { title: 'many lines', args: [], stdin: `${line}\n`.repeat(5000) },
  { title: 'a file', args: ['f'], files: { f: 'abc\ndef\n' } },
  { title: 'several files', args: ['f', 'g'], files: { f: 'abc\ndef', g: 'ghi\n' } },
  { title: 'a missing file among others', args: ['f', 'none', 'g'], files: { f: 'abc\n', g: 'ghi\n' } },
  { title: 'a name with a blank is not quoted', args: ['a b'] },
  { title: 'a folder', args: ['.', 'f'], files: { f: 'abc\n' } },
  { title: '- is a file', args: ['-'], stdin: 'abc\n' },
  { title: '- is a file that exists', args: ['-'], files: { '-': 'abc\n' } },
  { title: 'after --', args: ['--', 'f'], files: { f: 'abc\n' } },
  { title: 'an unknown option', args: ['-x'] },
  { title: 'an unknown long option', args: ['--nope'] },
  {
    title: 'NUL bytes are kept',
    args: [],
    stdin: 'a\0b\nc',
    differs: { ...differ, instead: { stdout: 'b\0a\nc', stderr: '', exit: 0 } },
  },
  {
    title: 'bytes above 127',
    args: [],
    stdin: Buffer.from('a\xff\xfeb\n', 'latin1'),
    differs: { ...differ, instead: { stdout: 'b\xfe\xffa\n', stderr: '', exit: 0 } },
  },
])
