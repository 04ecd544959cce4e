import { againstGnu } from '../support/gnu.js'

const text = `The first paragraph is some words long. It has (brackets) and "quotes", too!  Is that
enough?  A short
line.

   An indented paragraph goes on with
   the same indentation for a while, until it
changes.

tag  A tagged paragraph has another
     indentation behind its first line,
     and keeps that.
`
const prefixed = '# one two three\n#four\n#\n#   five six\nseven\n # eight nine\n# ten\n  eleven\n'
const words = 'some words, (more words) and "an end." Then e.g. another sentence?  Yes! '
const modes = [[], ['-c'], ['-t'], ['-s'], ['-u'], ['-cu'], ['-tu'], ['-su']]

againstGnu('fmt', [
  { title: 'empty input', args: [] },
  { title: 'one newline', args: [], stdin: '\n' },
  ...modes.map((mode) => ({ title: `as usual ${mode.join(' ')}`, args: mode, stdin: text })),
  ...['0', '1', '10', '23', '40', '60', '2500'].map((width) => ({
    title: `-w ${width}`,
    args: ['-w', width],
    stdin: text,
  })),
  ...modes.map((mode) => ({
    title: `long lines ${mode.join(' ')}`,
    args: ['-w', '33', ...mode],
    stdin: `${words.repeat(5)}\n   ${words}\n\n  ${words.repeat(3)}\n`,
  })),
  { title: '-g', args: ['-g', '30'], stdin: text },
  { title: '-g and -w', args: ['-w', '50', '-g', '30'], stdin: text },
  { title: '-g 0', args: ['-g', '0'], stdin: text },
  { title: '-WIDTH', args: ['-30'], stdin: text },
  { title: '-WIDTH and then -w', args: ['-30', '-w', '50'], stdin: text },
  ...['#', '# ', ' #', '  ', '', '# one'].map((prefix) => ({
    title: `-p '${prefix}'`,
    args: ['-p', prefix],
    stdin: prefixed,
  })),
  {
    title: '-p -w',
    args: ['-p', '> ', '-w', '20'],
    stdin: '> a quoted text of more than a line\n> goes on\n',
  },
  { title: '-t with paragraphs of one line', args: ['-t', '-w', '20'], stdin: `${words}\n\n${words}\n` },
  { title: 'tabs at the beginning come back', args: ['-w', '40'], stdin: `\t\t${words}\n` },
  { title: 'tabs between words', args: [], stdin: 'a\tb\t\tc\n\td\n' },
  { title: 'blanks at the end of lines', args: [], stdin: 'a  \nb \n   \nc' },
  { title: 'no last newline', args: [], stdin: 'a\nb' },
  { title: 'no last newline behind blanks', args: [], stdin: 'a\n   ' },
  { title: 'no last newline behind a prefix', args: ['-p', '#'], stdin: '# a\n#' },
  { title: 'no last newline behind a word of sixteen bytes', args: [], stdin: 'a 0123456789abcdef' },
  {
    title: 'no last newline behind a word of thirty-two bytes',
    args: [],
    stdin: '0123456789abcdef'.repeat(2),
  },
  { title: 'a sentence that ends a line', args: [], stdin: 'One.\nTwo? "Three!"\n(Four.)\nfive.x\n' },
  { title: 'NUL bytes', args: ['-w', '20'], stdin: 'a\0 \0b c\0\0 d\n\0\n' },
  { title: 'CRLF', args: ['-w', '20'], stdin: 'one two\r\nthree four five six\r\n\r\nx\r\n' },
  { title: 'form feeds and vertical tabs', args: ['-w', '20'], stdin: 'a\fb \vc\fd\n\f\n' },
  { title: 'a byte of UTF-8 is a column', args: ['-w', '20'], stdin: 'é é é é é é é é é é é é é é\n' },
  { title: 'invalid UTF-8', args: ['-w', '8'], stdin: Buffer.from('\xff\xfe \xfd \xa0 x y z\n', 'latin1') },
  { title: 'a word wider than the width', args: ['-w', '10'], stdin: `a ${'x'.repeat(30)} b\n` },
  { title: 'a paragraph of more than a thousand words', args: [], stdin: words.repeat(150) },
  { title: 'a paragraph of many short words', args: ['-w', '30'], stdin: 'a b. c '.repeat(900) },
  { title: 'a long paragraph with -c', args: ['-c'], stdin: `  x\n ${words.repeat(150)}` },
  { title: 'a long paragraph with -t', args: ['-t'], stdin: `  x\n ${words.repeat(150)}` },
  ...[4990, 5000, 5001, 12_000].map((length) => ({
    title: `a word of ${length} bytes`,
    args: ['-c'],
    stdin: `some ${'x'.repeat(length)} words here\nmore\n`,
  })),
  { title: 'many batches', args: [], stdin: text.repeat(800) },
  { title: 'a line of 10 MB', args: [], stdin: Buffer.alloc(10_000_000, words) },
  { title: 'files are apart', args: ['a', 'b', '-'], stdin: 'z\n', files: { a: 'x', b: 'y' } },
  { title: 'a missing file', args: ['none', 'a'], files: { a: 'x\n' } },
  { title: 'a folder', args: ['.', 'a'], files: { a: 'x\n' } },
  ...['x', '', '-1', '2501', '1k', '99999999999999999999'].map((width) => ({
    title: `-w '${width}'`,
    args: ['-w', width],
  })),
  { title: '-g beyond the width', args: ['-g', '76'] },
  { title: '-g beyond -w', args: ['-g', '31', '-w', '30'] },
  { title: '-WIDTH that is no number', args: ['-80x'] },
  { title: '-WIDTH out of its place', args: ['-c', '-80'] },
  { title: 'an unknown option', args: ['-x'] },
])
