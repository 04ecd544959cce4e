import { againstGnu, type GnuRow } from '../support/gnu.js'

const numbers = Array.from({ length: 20 }, (_, index) => `${index + 1}\n`).join('')
const unusual = Buffer.from('a\0b\r\n\xff\xfe\n\n\xc3x', 'latin1')
const long = Buffer.concat([
  Buffer.from('first\n'),
  Buffer.alloc(10_000_000, 'x'),
  Buffer.from('\nshort\nlast'),
])
const large = numbers.repeat(20_000)

const counts: readonly GnuRow[] = ['-n', '-c'].flatMap((option) =>
  [
    '0',
    '1',
    '3',
    '19',
    '20',
    '21',
    '1000',
    '-3',
    '+0',
    '+1',
    '+2',
    '+20',
    '+21',
    '+22',
    '+1000',
    '-+3',
    'b',
    '+k',
  ].map((count) => ({ title: `${option} ${count}`, args: [option, count], stdin: numbers })),
)

const inputs: readonly GnuRow[] = ['a', 'a\n', 'a\nb', '\n', '\n\n', '\na', ''].flatMap((stdin) =>
  ['1', '2', '+2'].map((count) => ({
    title: `-n ${count} of ${JSON.stringify(stdin)}`,
    args: ['-n', count],
    stdin,
  })),
)

const sizes: readonly GnuRow[] = [
  ...['1b', '1k', '1kB', '1KiB', '1m', '1MB', '1G', '1E', '18446744073709551615', ' 5'],
  ...['1Z', '1R', '1bB', '1Ki', 'x', '', '-', '--5', '+', '+-5', '-+5', '5 ', '99999999999999999999', '0x5'],
].map((count) => ({ title: `-c '${count}' as a size`, args: ['-c', count], stdin: numbers.repeat(100) }))

const obsolete: readonly GnuRow[] = [
  ...[
    '-5',
    '-5c',
    '-1b',
    '-3l',
    '+5',
    '+5c',
    '+1b',
    '+5l',
    '+',
    '+c',
    '+l',
    '-l',
    '-b',
    '-5x',
    '-5k',
    '-1b2',
    '+x',
    '-0',
    '+0',
  ],
  ...['-99999999999999999999', '-18446744073709551615b', '-f5', '-c'],
].map((option) => ({ title: `obsolete ${option}`, args: [option, 'f'], files: { f: numbers.repeat(100) } }))

againstGnu('tail', [
  { title: 'ten lines by default', args: [], stdin: numbers },
  ...counts,
  ...inputs,
  ...sizes,
  ...obsolete,
  { title: 'obsolete before two files', args: ['-1', 'a', 'b'] },
  { title: 'obsolete + before two files', args: ['+1', 'a', 'b'] },
  { title: 'obsolete before --', args: ['-1', '--', 'f'], files: { f: numbers } },
  { title: 'obsolete before -- and two files', args: ['-1', '--', 'f', 'g'] },
  { title: 'obsolete before -- alone', args: ['-1', '--'], stdin: numbers },
  { title: 'obsolete on standard input', args: ['-2'], stdin: numbers },
  { title: 'obsolete before -', args: ['+19', '-'], stdin: numbers },
  { title: 'obsolete after another option', args: ['-n3', '-2'] },
  {
    title: '+2 is a file in POSIX 2001',
    args: ['+2', 'f'],
    files: { f: numbers },
    env: { _POSIX2_VERSION: '200112' },
  },
  {
    title: '-c alone in POSIX 1992',
    args: ['-c', 'f'],
    files: { f: numbers },
    env: { _POSIX2_VERSION: '199209' },
  },
  { title: 'from the start once, always', args: ['-n', '+2', '-n', '3'], stdin: numbers },
  { title: 'NUL, CR and invalid UTF-8', args: ['-n', '3'], stdin: unusual },
  { title: 'records end with NUL', args: ['-z', '-n', '1'], stdin: unusual },
  { title: 'from a NUL record on', args: ['-z', '-n', '+2'], stdin: unusual },
  { title: 'a line of ten megabytes', args: ['-n', '3'], stdin: long },
  { title: 'a line of ten megabytes in a file', args: ['-n', '3', 'long'], files: { long } },
  { title: 'headers for several files', args: ['-n1', 'a', 'b'], files: { a: '1\n2\n', b: '3\n' } },
  { title: 'no headers when quiet', args: ['-q', '-n1', 'a', 'b'], files: { a: '1\n2\n', b: '3\n' } },
  { title: 'a header for one file when verbose', args: ['-v', 'a'], files: { a: '1\n' } },
  { title: 'standard input among files', args: ['-n1', 'a', '-'], files: { a: '1\n' }, stdin: 'in\n' },
  { title: 'a missing file among others', args: ['-n1', 'a', 'none', 'b'], files: { a: '1\n', b: '2\n' } },
  { title: 'a folder', args: ['-v', '.'] },
  { title: 'nothing of a missing file', args: ['-n0', 'none'] },
  { title: 'from the start of a missing file', args: ['-n+0', 'none'] },
  { title: 'an unknown option', args: ['-x'] },
  { title: 'an option without its argument', args: ['-n'] },
  { title: '--retry without following', args: ['--retry', '-n1'], stdin: numbers },
  { title: '--pid without following', args: ['--pid=1', '-n1'], stdin: numbers },
  { title: 'both warnings', args: ['--retry', '--pid=1', '-n1'], stdin: numbers },
  { title: 'a bad process', args: ['--pid=x'] },
  { title: 'a process that is too large', args: ['--pid=99999999999'] },
  { title: 'bad unchanged stats', args: ['--max-unchanged-stats=x'] },
  { title: 'unchanged stats', args: ['--max-unchanged-stats=3', '-n1'], stdin: numbers },
  ...['x', '-1', '', '1s', 'nan', '1e-3', '.5', '5.', ' 5', '+5', 'inf', '1e', '5 '].map((seconds) => ({
    title: `-s '${seconds}'`,
    args: ['-n1', '-s', seconds],
    stdin: numbers,
  })),
  { title: 'a follow mode that is none', args: ['--follow=x'] },
  { title: 'an empty follow mode', args: ['--follow='] },
  { title: 'standard input cannot be followed by name', args: ['--follow=name', '-'] },
  { title: 'implicit standard input cannot be followed by name', args: ['-F'] },
  { title: 'a large file, the last lines', args: ['-n', '150000', 'f'], files: { f: large } },
  { title: 'a large file, the last bytes', args: ['-c', '300000', 'f'], files: { f: large } },
  { title: 'a large file, from a line on', args: ['-n', '+399990', 'f'], files: { f: large } },
  { title: 'a large file, from a byte on', args: ['-c', '+1000000', 'f'], files: { f: large } },
  { title: 'a large file, more lines than it has', args: ['-n', '9999999', 'f'], files: { f: large } },
  { title: 'a large file, from behind its end', args: ['-c', '+9999999', 'f'], files: { f: large } },
  {
    title: 'a large file as if it could not seek',
    args: ['---presume-input-pipe', '-n5', 'f'],
    files: { f: large },
  },
  { title: 'a large pipe, the last lines', args: ['-n', '150000'], stdin: large },
  { title: 'a large pipe, the last bytes', args: ['-c', '300000'], stdin: large },
  { title: 'a large pipe, from a line on', args: ['-n', '+399990'], stdin: large },
])
