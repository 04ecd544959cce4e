import { againstGnu, type GnuRow } from '../support/gnu.js'

const everyByte = Uint8Array.from({ length: 512 }, (_, index) => (index % 2 === 0 ? 255 - index / 2 : 0x0a))
const numbers =
  '10\n9\n-1\n-10\n0\n-0\n1.5\n1.50\n.5\n-.5\n 7\nx\n\n00012\n1e3\n12345678901234567890123\n12345678901234567890122\n0.00000000000000000001\n'
const human = '1K\n2k\n1M\n900\n-1K\n1.5G\n0K\n5.K\n1Q\n3T\n2P\n1E\n1Z\n1Y\n'
const general =
  '1e3\n999\n0x3e8\n1e-5000\n1e5000\n-inf\nINFINITY\nnan(7)\n-nan\nx\n1e4931\n3.6e-4951\n1.8446744073709551615e19\n18446744073709551616\n18446744073709551617\n0x.8p1\n+1\n-0\n0\n.e1\n1e+\n'
const months = 'mar\nJAN\nfeb 2\n  Dec\nxyz\nJanuary\nja\n'
const versions =
  'a1.10\na1.9\na1.9~\n.\n..\n.b\n.5\na.tar.gz\na-1.tar.gz\na\na0\na00b\na.b~\n\nv1.0~rc\nv1.0\nv1.0a\n1:2\n'
const table = 'b 2 x\na 10 y\nc  2 x\n\td\t1\nb 2 w\n a,1 2,3\n'

const whole: readonly GnuRow[] = [
  { title: 'lines are sorted as bytes', args: [], stdin: 'b\na\nB\n\né\n~\n' },
  { title: 'empty input', args: [], stdin: '' },
  { title: 'one line without its end', args: [], stdin: 'a' },
  { title: 'the last line gets its end before it is sorted', args: [], stdin: 'b\na' },
  { title: 'every byte', args: [], stdin: everyByte },
  { title: 'NUL bytes inside lines and at their ends', args: [], stdin: 'a\0\na\na\0\0\na\0b\n\0\n\n' },
  { title: 'carriage returns are bytes like others', args: [], stdin: 'a\r\na\na \n' },
  { title: 'invalid UTF-8', args: [], stdin: Uint8Array.of(0xff, 0x0a, 0xc3, 0x0a, 0xc3, 0xa9, 0x0a) },
  {
    title: 'lines that agree for long',
    args: [],
    stdin: `${'x'.repeat(99)}b\n${'x'.repeat(99)}a\n${'x'.repeat(99)}\n`,
  },
  { title: 'a line of 10 MB', args: ['-r'], stdin: `a\n${'b'.repeat(10_000_000)}\nc\n` },
  { title: '-r', args: ['-r'], stdin: 'b\na\nc\na' },
  { title: '-z ends lines with NUL', args: ['-z'], stdin: 'b\nx\0a\0b\0c' },
  { title: '-u', args: ['-u'], stdin: 'b\na\nb\na\na' },
  { title: '-f', args: ['-f'], stdin: 'b\nA\na\nB\n' },
  { title: '-f -u keeps the first', args: ['-fu'], stdin: 'b\nA\na\nB\n' },
  { title: '-d', args: ['-d'], stdin: 'a-b\nab\na b\n-a\n_z\n' },
  { title: '-i', args: ['-i'], stdin: 'a\x01b\nab\na b\n\x7fa\n' },
  { title: '-b', args: ['-b'], stdin: '  b\n a\n\tc\n' },
  { title: '-n', args: ['-n'], stdin: numbers },
  { title: '-n -r -s', args: ['-nrs'], stdin: numbers },
  { title: '-n -u', args: ['-nu'], stdin: numbers },
  {
    title: '-n tells apart numbers that agree in 400 digits',
    args: ['-n'],
    stdin: `${'9'.repeat(400)}2\n${'9'.repeat(400)}1\n${'9'.repeat(399)}\n-${'9'.repeat(400)}1\n`,
  },
  { title: '-g', args: ['-g'], stdin: general },
  { title: '-g -r', args: ['-gr'], stdin: general },
  { title: '-h', args: ['-h'], stdin: human },
  { title: '-h -f takes small letters for units', args: ['-hf'], stdin: '1m\n2K\n1g\n' },
  { title: '-M', args: ['-M'], stdin: months },
  { title: '-V', args: ['-V'], stdin: versions },
  { title: '-V -f -d', args: ['-Vfd'], stdin: versions },
  { title: '-V -r -u', args: ['-Vru'], stdin: versions },
  {
    title: '-R groups equal keys',
    args: ['-R', '--random-source=seed'],
    stdin: 'b\na\nb\nc\na\n',
    files: { seed: 'sixteen bytes it is' },
  },
  {
    title: '-R by a folded key',
    args: ['-k1,1fR', '--random-source=seed'],
    stdin: 'b 2\na 1\nB 1\nc\nA 0\n',
    files: { seed: '0123456789abcdef' },
  },
  { title: '--sort=WORD', args: ['--sort=num', '--sort', 'numeric'], stdin: '10\n9\n' },
]

const keys: readonly GnuRow[] = [
  { title: '-k to the end of the line', args: ['-k2'], stdin: table },
  { title: '-k of one field', args: ['-k2,2', '-k1,1r'], stdin: table },
  { title: '-k with blanks skipped', args: ['-k2b,2b'], stdin: table },
  { title: '-k with bytes', args: ['-k1.2,1.3'], stdin: table },
  { title: '-k with a byte of 0 at the end', args: ['-k1,2.0'], stdin: table },
  { title: '-k that ends before it starts', args: ['-k3,2'], stdin: table },
  { title: '-k beyond the fields', args: ['-k9'], stdin: table },
  { title: '-k beyond any field', args: ['-k99999999999999999999,99999999999999999999.1'], stdin: table },
  { title: 'numeric key, then the rest of the line', args: ['-k2,2n'], stdin: table },
  { title: 'numeric key, stable', args: ['-s', '-k2,2n'], stdin: table },
  { title: 'numeric key, reversed last resort', args: ['-r', '-k2,2n'], stdin: table },
  { title: '-u with a key keeps the first of equals', args: ['-u', '-k2,2n'], stdin: table },
  { title: 'a key without options takes the global ones', args: ['-n', '-r', '-k2'], stdin: table },
  { title: '-t', args: ['-t,', '-k2n'], stdin: 'a,10\nb,9\n,1\nc\na,,3\n' },
  {
    title: '-t with empty fields at the end',
    args: ['-t:', '-k3,3', '-k2,2.1'],
    stdin: 'a:b:\n:::\na:\na::c\n',
  },
  { title: '-t of a blank', args: ['-t ', '-k2,2'], stdin: 'a  b\na b\na c\n' },
  { title: '-t \\0', args: ['-t', '\\0', '-k2'], stdin: 'a\0c\nb\0a\n' },
  { title: '-z takes a newline for a blank', args: ['-z', '-k2'], stdin: 'a\nc\0b\na\0' },
  {
    title: 'keys of several types',
    args: ['-k1,1M', '-k2,2h', '-k3,3V'],
    stdin: 'jan 2K a10\nfeb 1M a9\njan 2K a9\njan 1G b\n',
  },
  { title: '+POS1 -POS2', args: ['+1', '-2'], stdin: table },
  { title: '+POS1 -POS2 with bytes and options', args: ['+0.1b', '-1.2n', '-'], stdin: table },
  { title: '+POS1 alone, after a file', args: ['f', '+1n'], files: { f: table } },
  { title: 'an operand that is no key', args: ['+1x'], files: { '+1x': 'b\na\n' } },
  { title: '+1 is a file where POSIX 2001 is asked for', args: ['+1'], env: { _POSIX2_VERSION: '200112' } },
  { title: '+1 behind -- is a file', args: ['--', '+1'], files: { '+1': 'b\na\n' } },
  { title: '-y and its number are ignored', args: ['-y', '10'], stdin: 'b\na\n' },
  { title: '-y leaves an operand alone', args: ['-y', 'f'], files: { f: 'b\na\n' } },
]

const checks: readonly GnuRow[] = [
  { title: '-c on sorted input', args: ['-c'], stdin: 'a\na\nb\n' },
  { title: '-c on unsorted input', args: ['-c', 'f'], files: { f: 'a\nc\nb\nd\n' } },
  { title: '-c of standard input', args: ['-c'], stdin: 'b\na' },
  { title: '-C is silent', args: ['-C'], stdin: 'b\na\n' },
  { title: '--check=quiet', args: ['--check=q'], stdin: 'b\na\n' },
  { title: '--check=diagnose-first', args: ['--check=diag'], stdin: 'b\na\n' },
  { title: '-c -u refuses equal lines', args: ['-cu', '-k1,1'], stdin: 'a 1\na 2\n' },
  { title: '-c -r -n', args: ['-crn'], stdin: '10\n9\n9.5\n' },
  { title: '-c -z', args: ['-cz'], stdin: 'b\0a\nb\0' },
  {
    title: '-c over batches, with lines of many lengths',
    args: ['-c'],
    stdin: `${Array.from({ length: 40 }, (_, n) => 'a'.repeat(n * 9)).join('\n')}\na\n`,
  },
  { title: '-c of a missing file', args: ['-c', 'none'] },
]

const files: readonly GnuRow[] = [
  {
    title: 'several files and standard input',
    args: ['a', '-', 'b'],
    stdin: 'm',
    files: { a: 'z\nb', b: 'a\n' },
  },
  { title: 'standard input twice', args: ['-', '-'], stdin: 'b\na\n' },
  { title: '-o', args: ['-o', 'out', 'f'], files: { f: 'b\na\n', out: 'old and longer\n' } },
  { title: '-o onto the input', args: ['f', '-o', 'f'], files: { f: 'b\na\n' } },
  {
    title: '-o leaves the file as it is when an input is missing',
    args: ['-o', 'out', 'none'],
    files: { out: 'old\n' },
  },
  { title: '-o in a missing folder', args: ['-o', 'no/out'], stdin: 'a\n' },
  { title: '-o without a name', args: ['-o', ''], stdin: 'a\n' },
  { title: '-m', args: ['-m', 'a', 'b', '-'], stdin: 'b\ne', files: { a: 'a\nc\n', b: 'b\nd' } },
  { title: '-m of nothing', args: ['-m'], stdin: '' },
  {
    title: '-m keeps the order of the files where lines are equal',
    args: ['-ms', '-k1,1', 'a', 'b'],
    files: { a: 'x 2\ny 2\n', b: 'x 1\ny 1\n' },
  },
  {
    title: '-m -u keeps the first',
    args: ['-mu', '-k1,1', 'a', 'b'],
    files: { a: 'x 2\nx 3\ny 2\n', b: 'x 1\ny 1\nz\n' },
  },
  {
    title: '-m of more files than are merged at once',
    args: ['-m', '--batch-size=2', 'a', 'b', 'c', 'd', 'e'],
    files: { a: 'a\nf\n', b: 'b\ng\n', c: 'c\n', d: '', e: 'd\nz\n' },
  },
  {
    title: '-m onto one of the inputs',
    args: ['-m', '-o', 'a', 'a', 'b'],
    files: { a: 'a\nc\n', b: 'b\nd\n' },
  },
  { title: '--files0-from', args: ['--files0-from=list'], files: { list: 'a\0b', a: '2\n', b: '1\n' } },
  {
    title: '--files0-from standard input',
    args: ['--files0-from', '-'],
    stdin: 'a\0b\0',
    files: { a: '2\n', b: '1\n' },
  },
  {
    title: '--files0-from with an empty name',
    args: ['--files0-from=list'],
    files: { list: 'a\0\0', a: '' },
  },
  { title: '--files0-from with standard input named', args: ['--files0-from=list'], files: { list: '-\0' } },
  { title: '--files0-from an empty list', args: ['--files0-from=list'], files: { list: '' } },
  { title: '--files0-from a missing list', args: ['--files0-from=none'] },
  { title: '--files0-from with operands', args: ['--files0-from=list', 'a'] },
  { title: 'a missing file', args: ['f', 'no file'], files: { f: 'a\n' } },
  { title: 'a folder', args: ['.'] },
  { title: 'a full disk', args: ['-o', '/dev/full'], stdin: 'a\n' },
  { title: 'a full disk and more than a buffer', args: ['-o', '/dev/full'], stdin: 'a\n'.repeat(9000) },
  { title: 'a missing temporary folder that is not needed', args: ['-T', '/none'], stdin: 'b\na\n' },
  {
    title: 'memory, threads and merging are only a matter of speed',
    args: ['-S1M', '--parallel=2', '--batch-size=9'],
    stdin: 'b\na\n',
  },
]

const debug: readonly GnuRow[] = [
  { title: '--debug of whole lines', args: ['--debug'], stdin: 'b\tx\na\x01é\n' },
  { title: '--debug of keys', args: ['--debug', '-k2,2n', '-k1.2b,1.3'], stdin: table },
  { title: '--debug with unused options', args: ['--debug', '-bhr', '-k1,1n', '-k2M'], stdin: table },
  { title: '--debug of an obsolete key', args: ['--debug', '-s', '+1n', '-2'], stdin: table },
  { title: '--debug of numbers', args: ['--debug', '-g'], stdin: general },
  {
    title: '--debug of months and units',
    args: ['--debug', '-k1,1M', '-k1,1h', '-u'],
    stdin: months + human,
  },
  {
    title: '--debug with separators that numbers may hold',
    args: ['--debug', '-t.', '-k1n'],
    stdin: '1.5\n1.4\n',
  },
  {
    title: '--debug with a sign as separator',
    args: ['--debug', '-t-', '-k1g', '-k3,2'],
    stdin: '1-5\n1-4\n',
  },
  { title: '--debug and -c', args: ['--debug', '-c'] },
  { title: '--debug and -o', args: ['--debug', '-o', 'x'] },
]

const badKeys = ['', '0', '1.0', '1,0', '1.x', 'x', '1z', '1,', '1,2z', '1,1,1', '-1', '1.', '1nM'].map(
  (key) => ({
    title: `a wrong key: ${key === '' ? 'none' : key}`,
    args: ['-k', key],
  }),
)

const wrongValues = [
  ['-S', 'x'],
  ['-S', '1x'],
  ['-S', '1KiB'],
  ['-S', '99999999999999999999'],
  ['--buffer-size=-1'],
  ['--batch-size=1'],
  ['--batch-size=x'],
  ['--batch-size=5x'],
  ['--parallel=0'],
  ['--parallel=x'],
  ['--sort=foo'],
  ['--sort='],
  ['--check=foo'],
  ['--check='],
  ['-t', ''],
  ['-t', 'ab'],
  ['-t', 'é'],
  ['-ta', '-tb'],
  ['-dn'],
  ['-nM'],
  ['-fgh'],
  ['-iR', '-k1,1n', '-k2g'],
  ['-cC'],
  ['-c', '-o', 'x'],
  ['-C', 'a', 'b'],
  ['-o', 'a', '-o', 'b'],
  ['--random-source=a', '--random-source=b'],
  ['-R', '--random-source=none'],
  ['-R', '--random-source=/dev/null'],
  ['-R', '--random-source=.'],
  ['+1', '-2z'],
  ['--nope'],
  ['-k'],
  ['-1'],
].map((args) => ({ title: `wrong usage: ${args.join(' ')}`, args }))

againstGnu('sort', [
  ...whole,
  ...keys,
  ...checks,
  ...files,
  ...debug,
  ...badKeys,
  ...wrongValues,
  {
    title: '--compress-program is refused',
    args: ['--compress-program=gzip'],
    differs: {
      why: 'temporary files have no name, and a process for each would make a sort wait for the event loop',
      instead: {
        stdout: '',
        stderr: "sort: --compress-program is not supported\nTry 'sort --help' for more information.\n",
        exit: 2,
      },
    },
  },
  { title: 'more files at once than may be open', args: ['--batch-size=99999999'], stdin: 'b\na\n' },
  { title: 'a number of files that no machine has', args: ['-m', '--batch-size=18446744073709551616'] },
])
