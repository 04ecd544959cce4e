import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { againstGnu } from '../support/gnu.js'
import { runToolHere } from '../support/run-tool.js'

const unusual = Buffer.from('a\0b\r\n\xff\xfe\n\n\xc3x', 'latin1')
const line = 'The quick brown fox jumps over the lazy dog\n'
const large = Array.from({ length: 30_000 }, (_, index) => `${index} ${line.slice(index % 40)}`).join('')
const long = `first\n${'x'.repeat(10_000_000)}\nlast`

const texts = [
  '',
  'a',
  'a\n',
  '\n',
  '\n\n',
  'a\nb',
  'a\nb\n',
  '\na',
  '\n\na\n\nb',
  'aXbXXc',
  'XXX',
  'XaX',
  'aXXXXb',
  'a1b22c333d',
  '111',
]

againstGnu('tac', [
  ...texts.flatMap((stdin) =>
    [
      [],
      ['-b'],
      ['-s', 'X'],
      ['-bs', 'X'],
      ['-s', 'XX'],
      ['-bs', 'XX'],
      ['-rs', '[0-9]'],
      ['-rs', '[0-9]+'],
      ['-brs', '[0-9]+'],
      ['-rs', 'X\\|[^X]'],
      ['-rs', 'X*'],
      ['-rs', 'X?1?'],
      ['-brs', '\n'],
      ['-rs', '^'],
      ['-rs', '$'],
      ['-rs', '[^1]'],
      ['-rs', '.'],
    ].map((args) => ({ title: `${JSON.stringify(args)} of ${JSON.stringify(stdin)}`, args, stdin })),
  ),
  { title: 'NUL, CR and invalid UTF-8', args: [], stdin: unusual },
  { title: 'NUL separates for an empty string', args: ['-s', ''], stdin: unusual },
  { title: 'NUL separates before', args: ['-b', '-s', ''], stdin: unusual },
  { title: 'a separator longer than the text', args: ['-s', 'a long separator'], stdin: 'short' },
  { title: 'a separator that is the text', args: ['-s', 'text'], stdin: 'text' },
  { title: 'the last separator wins', args: ['-s', 'a', '-s', 'X'], stdin: 'aXbXc' },
  { title: 'a separator of more than ASCII', args: ['-s', 'é'], stdin: 'aébéc' },
  { title: 'long options', args: ['--before', '--separator=X'], stdin: 'aXbXc' },
  { title: 'a long regular expression option', args: ['--regex', '--sep=X+'], stdin: 'aXbXXc' },
  { title: 'a large file', args: ['f'], files: { f: large } },
  { title: 'a large file, separators before', args: ['-b', 'f'], files: { f: large } },
  { title: 'a large file by words', args: ['-s', ' fox ', 'f'], files: { f: large } },
  {
    title: 'a large file by a regular expression',
    args: ['-r', '-s', 'o[vx][^ ]*', 'f'],
    files: { f: large },
  },
  { title: 'a large pipe', args: [], stdin: large },
  { title: 'a large pipe by words', args: ['-s', 'dog\n'], stdin: large },
  { title: 'a line of ten megabytes', args: ['f'], files: { f: long } },
  { title: 'a piped line of ten megabytes', args: [], stdin: long },
  { title: 'several files', args: ['f', 'g'], files: { f: '1\n2\n', g: '3\n4' } },
  { title: 'standard input among files', args: ['f', '-'], files: { f: '1\n2' }, stdin: 'a\nb' },
  { title: 'a missing file among others', args: ['f', 'none', 'g'], files: { f: '1\n2\n', g: '3\n4\n' } },
  { title: 'an empty file', args: ['f', 'g'], files: { f: '', g: '1\n2\n' } },
  { title: 'an empty regular expression', args: ['-r', '-s', ''] },
  { title: 'a wrong regular expression', args: ['-r', '-s', '\\('] },
  { title: 'a regular expression that ends in a backslash', args: ['-r', '-s', 'a\\'] },
  { title: 'a wrong back-reference', args: ['-r', '-s', '\\1'] },
  { title: 'an unknown option', args: ['-x'] },
  { title: 'an option without its argument', args: ['-s'] },
  { title: 'a file that is shorter than the system says', args: ['/sys/kernel/profiling'] },
])

test('a pipe beyond the memory budget goes through a file that leaves no trace', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'sluice-test-'))
  try {
    const run = {
      tool: 'tac',
      args: [],
      stdin: Buffer.from(large),
      cwd,
      env: { TMPDIR: cwd },
      memoryBudget: 100_000,
    }
    const { stdout, stderr, exit } = await runToolHere(run)
    const lines = large.match(/.*\n/g) ?? []
    expect({ stdout: stdout.toString(), stderr, exit }).toEqual({
      stdout: lines.toReversed().join(''),
      stderr: '',
      exit: 0,
    })
    expect(readdirSync(cwd)).toEqual([])
    const refused = await runToolHere({ ...run, env: { TMPDIR: join(cwd, 'none') } })
    expect(refused).toMatchObject({
      stderr: `tac: failed to create temporary file in '${join(cwd, 'none')}': No such file or directory\n`,
      exit: 1,
    })
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
})
