import { againstGnu, type GnuRow } from '../support/gnu.js'

const text = 'a\n\nb\n\n\n\nc\n'
const page = 'x\n\\:\\:\\:\nhead\n\n\\:\\:\nbody\n\nmore\n\\:\nfoot\n\\:\\:\\:\\:\nend'
const unusual = Buffer.from('a\0b\r\n\xff\xfe\n\n\r\n\xc3x', 'latin1')

const bad: readonly GnuRow[] = [
  ...['x', '', '1k', '1 ', '9223372036854775808', '-9223372036854775809', '+-1', '--1'].flatMap((value) => [
    ['-v', value],
    ['-i', value],
  ]),
  ...['x', '', '0', '-1', '99999999999999999999', '9223372036854775808'].map((value) => ['-l', value]),
  ...['x', '', '0', '-1', '2147483648', '1K', '99999999999999999999'].map((value) => ['-w', value]),
  ...['x', '', 'r', 'RN', 'rnx'].map((value) => ['-n', value]),
  ...['x', '', 'xa', '1'].flatMap((value) => [
    ['-b', value],
    ['-h', value],
    ['-f', value],
  ]),
  ['-b', 'x', '-h', 'y', '-n', 'z', '-f', 'w'],
  ['-b', 'p\\('],
  ['-b', 'pa\\{1'],
  ['-b', 'p['],
  ['-b', 'p\\'],
  ['-d'],
  ['-x'],
  ['--nope'],
].map((args) => ({ title: `wrong: ${args.join(' ')}`, args }))

againstGnu('nl', [
  { title: 'numbers nonempty lines', args: [], stdin: text },
  { title: 'an empty input', args: [], stdin: '' },
  { title: 'no last newline', args: [], stdin: 'a\nb' },
  { title: 'only newlines', args: [], stdin: '\n\n\n' },
  { title: 'NUL, CR and invalid UTF-8', args: ['-ba'], stdin: unusual },
  ...['a', 't', 'n', 'p', 'pa', 'p^$', 'p.', 'p[bc]', 'ax', 'p\\(b\\)\\|c', 'pb*c', 'p\\<b'].map((style) => ({
    title: `-b ${style}`,
    args: ['-b', style],
    stdin: text,
  })),
  ...['1', '2', '3', '4', '100'].flatMap((group) => [
    { title: `-l ${group} -ba`, args: ['-l', group, '-ba'], stdin: text },
    { title: `-l ${group}`, args: ['-l', group], stdin: text },
    { title: `-l ${group} -b p`, args: ['-l', group, '-b', 'p'], stdin: text },
  ]),
  ...['ln', 'rn', 'rz'].flatMap((format) =>
    ['1', '-5', '123456789', '9223372036854775806', '-9223372036854775808'].map((start) => ({
      title: `-n ${format} -v ${start}`,
      args: ['-ba', '-n', format, '-v', start, '-w', '4'],
      stdin: text,
    })),
  ),
  ...['0', '-1', '7', '9223372036854775807', '-9223372036854775808', '+3', ' 3'].map((increment) => ({
    title: `-i ${increment}`,
    args: ['-ba', '-i', increment],
    stdin: text,
  })),
  { title: 'the numbers run out', args: ['-v', '9223372036854775807'], stdin: text },
  {
    title: 'the numbers run out, and a section gives new ones',
    args: ['-v9223372036854775807', '-ba'],
    stdin: 'a\n\\:\\:\nb\n',
  },
  { title: 'the numbers run out for good', args: ['-pv9223372036854775807', '-ba'], stdin: 'a\n\\:\\:\nb\n' },
  ...['1', '2', '10', '300'].map((width) => ({ title: `-w ${width}`, args: ['-w', width], stdin: text })),
  { title: 'a very wide number', args: ['-w', '100000', '-ba'], stdin: text.repeat(20) },
  ...['', ':', ' -- ', 'é', '\n'].map((separator) => ({
    title: `-s '${separator}'`,
    args: ['-s', separator],
    stdin: text,
  })),
  { title: 'sections', args: [], stdin: page },
  { title: 'sections all numbered', args: ['-ha', '-ba', '-fa'], stdin: page },
  { title: 'sections by patterns', args: ['-hpe', '-bpo', '-fpf'], stdin: page },
  { title: 'sections with one run of numbers', args: ['-p', '-ha', '-fa'], stdin: page },
  {
    title: 'sections in groups of blank lines',
    args: ['-l2', '-ha', '-ba', '-fa'],
    stdin: page.replaceAll('\n\n', '\n\n\n\n'),
  },
  ...['x', 'xy', 'xyz', '', '\\:', ':'].map((delimiter) => {
    const line = delimiter.length === 1 ? `${delimiter}:` : delimiter
    return {
      title: `-d '${delimiter}'`,
      args: ['-d', delimiter, '-ha', '-fa'],
      stdin: `a\n${line.repeat(3)}\nb\n${line.repeat(2)}\nc\n${line}\nd\n${line}x\n${line.repeat(4)}\n\\:\\:\n`,
    }
  }),
  { title: '-d twice', args: ['-d', 'abc', '-d', 'x', '-ha'], stdin: 'a\nxbcxbcxbc\nb\n' },
  { title: '-d of one character, of two bytes', args: ['-d', 'é', '-ha'], stdin: 'a\nééé\nb\n' },
  { title: 'a section without a last newline', args: ['-ha'], stdin: 'a\n\\:\\:\\:' },
  { title: 'sections one after another', args: [], stdin: '\\:\n\\:\\:\n\\:\\:\\:\n' },
  {
    title: 'files are one text',
    args: ['-ha', 'f', 'g', '-'],
    files: { f: 'a\n\\:\\:\\:\nb', g: 'c\n' },
    stdin: 'd\n',
  },
  { title: 'a missing file among others', args: ['f', 'none', 'g'], files: { f: 'a\n', g: 'b\n' } },
  { title: 'a folder', args: ['.', 'f'], files: { f: 'a\n' } },
  { title: 'a line of ten megabytes', args: [], stdin: `a\n${'x'.repeat(10_000_000)}\nb` },
  { title: 'many lines', args: ['-ba'], stdin: text.repeat(10_000) },
  { title: 'many lines by a pattern', args: ['-bpa'], stdin: text.repeat(10_000) },
  { title: 'long options', args: ['--body-numbering=a', '--number-w=3', '--number-s=:'], stdin: text },
  ...bad,
])
