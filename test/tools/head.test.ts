import { againstGnu, type GnuRow } from '../support/gnu.js'

const numbers = Array.from({ length: 20 }, (_, index) => `${index + 1}\n`).join('')
const unusual = Buffer.from('a\0b\r\n\xff\xfe\n\n\xc3x', 'latin1')
const long = Buffer.concat([Buffer.alloc(10_000_000, 'x'), Buffer.from('\nshort\nlast')])

const counts: readonly GnuRow[] = ['-n', '-c'].flatMap((option) =>
  ['0', '1', '3', '19', '20', '21', '1000', '-0', '-1', '-3', '-20', '-21', '-1000', '+4', 'b', '-k'].map(
    (count) => ({
      title: `${option} ${count}`,
      args: [option, count],
      stdin: numbers,
    }),
  ),
)

const units: readonly GnuRow[] = [
  ...[
    '1b',
    '1k',
    '1K',
    '1kB',
    '1KiB',
    '1m',
    '1M',
    '1MB',
    '1G',
    '1T',
    '1P',
    '1E',
    '2KD',
    '18446744073709551615',
  ],
  ...[
    '1Z',
    '1Y',
    '1R',
    '1bB',
    '1iB',
    '1Ki',
    '1kk',
    '1B',
    '1c',
    '0x5',
    '1.5',
    '',
    '-',
    '--5',
    'x',
    ' 5',
    '5 ',
    '+',
  ],
  ...['18446744073709551616', '99999999999999999999', '-9223372036854775808', '-18446744073709551616', '+-5'],
].map((count) => ({ title: `-c '${count}' as a size`, args: ['-c', count], stdin: numbers.repeat(100) }))

const obsolete: readonly GnuRow[] = [
  ...[
    '-5',
    '-5c',
    '-1b',
    '-1k',
    '-1m',
    '-5l',
    '-1kl',
    '-1ckl',
    '-2q',
    '-2v',
    '-2z',
    '-2vc',
    '-2x',
    '-5k3',
    '-5-',
    '-0',
  ],
  ...['-99999999999999999999', '-5qvz'],
].map((option) => ({ title: `obsolete ${option}`, args: [option], stdin: numbers }))

againstGnu('head', [
  { title: 'ten lines by default', args: [], stdin: numbers },
  { title: 'an empty input', args: [], stdin: '' },
  { title: 'no last newline', args: ['-n', '2'], stdin: 'a\nb' },
  { title: 'all but the last of lines without a last newline', args: ['-n', '-1'], stdin: 'a\nb' },
  ...counts,
  ...units,
  ...obsolete,
  { title: 'a lines count with a bad unit', args: ['-n', '1X'] },
  { title: 'a lines count that is too large', args: ['-n', '99999999999999999999'] },
  { title: 'the last of -n and -c wins', args: ['-c', '1', '-n', '2'], stdin: numbers },
  { title: 'digits out of their place', args: ['-n', '1', '-5'], stdin: numbers },
  { title: 'long options', args: ['--lines=2', '--verbose'], stdin: numbers },
  { title: 'abbreviated long options', args: ['--by', '3', '--sil'], stdin: numbers },
  { title: 'NUL, CR and invalid UTF-8', args: ['-n', '2'], stdin: unusual },
  { title: 'NUL, CR and invalid UTF-8 but the last', args: ['-n', '-1'], stdin: unusual },
  { title: 'records end with NUL', args: ['-z', '-n', '1'], stdin: unusual },
  { title: 'all but the last NUL record', args: ['-z', '-n', '-1'], stdin: unusual },
  { title: 'a line of ten megabytes', args: ['-n', '2'], stdin: long },
  { title: 'all but a line after one of ten megabytes', args: ['-n', '-2', 'long'], files: { long } },
  { title: 'headers for several files', args: ['-n1', 'a', 'b'], files: { a: '1\n2\n', b: '3\n' } },
  { title: 'no headers when quiet', args: ['-q', '-n1', 'a', 'b'], files: { a: '1\n2\n', b: '3\n' } },
  { title: 'a header for one file when verbose', args: ['-v', 'a'], files: { a: '1\n' } },
  { title: 'the last of -q and -v wins', args: ['-vq', 'a'], files: { a: '1\n' } },
  { title: 'standard input among files', args: ['-n1', 'a', '-'], files: { a: '1\n' }, stdin: 'in\n' },
  { title: 'a missing file among others', args: ['-n1', 'a', 'none', 'b'], files: { a: '1\n', b: '2\n' } },
  { title: 'a folder', args: ['-v', '.'] },
  { title: 'a name that needs quotes', args: ["it's", 'a b\n'] },
  { title: 'an empty name', args: [''] },
  { title: 'nothing of a missing file', args: ['-n0', 'none'] },
  { title: 'an unknown option', args: ['-x'] },
  { title: 'an unknown long option', args: ['--nope'] },
  { title: 'an option without its argument', args: ['-n'] },
  {
    title: 'a long file, all but some bytes',
    args: ['-c', '-300000', 'f'],
    files: { f: numbers.repeat(20_000) },
  },
  {
    title: 'a long file, all but some lines',
    args: ['-n', '-150000', 'f'],
    files: { f: numbers.repeat(20_000) },
  },
  {
    title: 'a long file, all but more lines than it has',
    args: ['-n', '-9999999', 'f'],
    files: { f: numbers.repeat(20_000) },
  },
  { title: 'a long pipe, all but some lines', args: ['-n', '-150000'], stdin: numbers.repeat(20_000) },
  {
    title: 'a long file as if it could not seek',
    args: ['---presume-input-pipe', '-c', '-300000', 'f'],
    files: { f: numbers.repeat(20_000) },
  },
])
