import { againstGnu } from '../support/gnu.js'

const text = 'The quick brown fox\njumps over\n\nthe lazy dog and runs away'
const control = 'a\tb\tc\nabc\b\b\bdef\r123456\n\t\t\n\b\bxy\rz\n'
const unbroken = 'x'.repeat(300_000)

againstGnu('fold', [
  { title: 'empty input', args: [] },
  { title: 'lines that fit', args: [], stdin: text },
  { title: 'a line of 80 columns fits', args: [], stdin: `${'x'.repeat(80)}\n` },
  { title: 'a line of 81 columns does not', args: [], stdin: `${'x'.repeat(81)}\n` },
  ...['1', '2', '5', '10', '19', '20'].map((width) => ({
    title: `-w ${width}`,
    args: ['-w', width],
    stdin: text,
  })),
  ...['1', '2', '4', '9', '10', '12'].map((width) => ({
    title: `-s -w ${width}`,
    args: ['-s', '-w', width],
    stdin: text,
  })),
  ...['1', '3', '7', '8', '9', '16', '17'].flatMap((width) =>
    ['-w', '-sw', '-bw', '-bsw'].map((options) => ({
      title: `control characters, ${options} ${width}`,
      args: [options, width],
      stdin: control,
    })),
  ),
  { title: '-s with several blanks', args: ['-s', '-w6'], stdin: 'a  b   c    d      e\n  x\n' },
  { title: '-s with a word that is too long', args: ['-s', '-w5'], stdin: 'ab abcdefghijk cd\n' },
  { title: '-s with tabs', args: ['-s', '-w12'], stdin: 'ab\tcd\tef\tgh ij\n' },
  { title: '-s with a backspace in a word', args: ['-s', '-w6'], stdin: 'abc de\b\b\b\bfghijkl mn\n' },
  { title: '-s with a carriage return in a word', args: ['-s', '-w6'], stdin: 'abc d\refghijkl mn op\n' },
  { title: 'NUL bytes take a column', args: ['-w2'], stdin: 'a\0b\0c\n\0\0\0' },
  { title: 'CRLF', args: ['-w3'], stdin: 'abcdef\r\nab\r\n' },
  { title: 'a byte of UTF-8 is a column', args: ['-w3'], stdin: 'ééé\n' },
  { title: 'invalid UTF-8', args: ['-s', '-w2'], stdin: Buffer.from('\xff\xfe \xfd\n', 'latin1') },
  { title: 'a very wide fold', args: ['-w', '18446744073709551606'], stdin: text },
  { title: 'a long line', args: ['-w', '77'], stdin: unbroken },
  { title: '-s: a long line without blanks', args: ['-s', '-w', '77'], stdin: unbroken },
  {
    title: '-s: a word longer than a batch, behind a blank',
    args: ['-s', '-w', '280000'],
    stdin: `a ${unbroken}`,
  },
  { title: '-s: many batches', args: ['-s', '-w', '30'], stdin: `${text}\n`.repeat(6000) },
  { title: 'a line of 10 MB', args: ['-w', '1000'], stdin: Buffer.alloc(10_000_000, 'abc\t') },
  { title: 'obsolete -WIDTH', args: ['-10'], stdin: text },
  { title: 'obsolete -WIDTH behind -s', args: ['-s10'], stdin: text },
  { title: 'the last width counts', args: ['-5', '-w', '9'], stdin: text },
  { title: 'a width with a sign', args: ['-w', '+9'], stdin: text },
  { title: '--width --bytes --spaces', args: ['--width=9', '--bytes', '--spaces'], stdin: text },
  { title: 'files begin in the first column', args: ['-w4', 'a', 'b'], files: { a: 'abc', b: 'defg' } },
  {
    title: 'a held word of one file comes before the next',
    args: ['-sw4', 'a', 'b'],
    files: { a: 'a bc', b: 'd efg' },
  },
  { title: 'standard input among files', args: ['-w2', 'a', '-'], stdin: 'xyz\n', files: { a: 'abc\n' } },
  { title: 'a missing file', args: ['-w2', 'none', 'a'], files: { a: 'abc\n' } },
  { title: 'a folder', args: ['.'] },
  ...['0', 'x', '', '-1', '1k', '18446744073709551607'].map((width) => ({
    title: `-w '${width}'`,
    args: ['-w', width],
  })),
  { title: 'obsolete -0', args: ['-0'] },
  { title: 'obsolete -2b', args: ['-2b'] },
  { title: 'an unknown option', args: ['-c'] },
])
