import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { againstGnu, type GnuRow } from '../support/gnu.js'
import { runToolHere } from '../support/run-tool.js'

const seeded = '--random-source=seed'
const seed = Uint8Array.from({ length: 20_000 }, (_, index) => (index * index * 7 + (index >> 3)) & 0xff)
const hundred = Array.from({ length: 100 }, (_, index) => `line ${index}\n`).join('')

/** The same random bytes give the same choice as GNU's. */
const chosen: readonly (readonly [title: string, args: readonly string[], stdin?: string])[] = [
  ['a whole input', [], hundred],
  ['an input without its last line end', [], 'a\nb\nc'],
  ['an empty input', [], ''],
  ['empty lines', [], '\n\na\n\n'],
  ['bytes of all kinds', [], 'a\0b\n\xff\n\r\n'],
  ['some lines of a pipe', ['-n', '5'], hundred],
  ['as many lines of a pipe as there are', ['-n', '100'], hundred],
  ['more lines of a pipe than there are', ['-n', '200'], hundred],
  ['some lines of a file', ['-n', '5', 'f']],
  ['the least of several counts', ['-n', '7', '-n', '3', '-n', '5'], hundred],
  ['no line', ['-n', '0'], hundred],
  ['more than any number of lines', ['-n', '99999999999999999999999'], hundred],
  ['repeated lines', ['-r', '-n', '50'], 'a\nb\nc\n'],
  ['repeated lines of a file', ['-r', '-n', '2000', 'f']],
  ['words', ['-e', 'a', 'b', 'c', 'd']],
  ['no words', ['-e']],
  ['some words', ['-n', '2', '-e', 'a', 'b', 'c', 'é']],
  ['a range', ['-i', '1-300']],
  ['a range of one', ['-i', '7-7']],
  ['a range of none', ['-i', '8-7']],
  ['few of a large range', ['-i', '1-18446744073709551614', '-n', '10']],
  ['few of a range beyond doubles', ['-i', '9007199254740993-9007199254740995']],
  ['repeated numbers', ['-r', '-n', '300', '-i', '5-260']],
  ['a range with blanks and signs', ['-i', ' 1-+9']],
  ['NUL for newline', ['-z'], 'a\nb\0c\0d\0'],
  ['a file of output', ['-o', 'out', '-e', 'a', 'b', 'c']],
  ['output onto the input', ['-o', 'f', 'f']],
]

const wrong = [
  ['-i', '1'],
  ['-i', '1-'],
  ['-i', '-1-3'],
  ['-i', '5-1'],
  ['-i', 'a-b'],
  ['-i', '1-2x'],
  ['-i', '0-18446744073709551615'],
  ['-i', '1-99999999999999999999'],
  ['-i', '1-2', '-i', '1-2'],
  ['-i', '1-2', 'x'],
  ['-e', '-i', '1-2'],
  ['a', 'b'],
  ['-n', 'x'],
  ['-n', '-1'],
  ['-n1x'],
  ['-o', 'a', '-o', 'b'],
  ['--random-source=a', '--random-source=b'],
  ['--nope'],
  ['none'],
  [''],
  ['.'],
  ['-o', '', '-e', 'a'],
  ['-o', 'no/out', '-e', 'a'],
  ['-r', '-n', '1', '/dev/null'],
  ['-r', '-n', '1', '-e'],
  ['-r', '-n', '1', '-i', '2-1'],
  ['--random-source=none', '-e', 'a'],
  ['--random-source=.', '-e', 'a', 'b'],
  ['--random-source=/dev/null', '-e', 'a', 'b'],
].map((args) => ({ title: `wrong usage: ${args.join(' ')}`, args }))

const endless: readonly GnuRow[] = [
  { title: 'a random source that ends too soon', args: [seeded], stdin: hundred, files: { seed: 'abc' } },
  { title: 'a source that is not needed is not opened', args: ['--random-source=none', '-n0'] },
]

againstGnu('shuf', [
  ...chosen.map(([title, args, stdin = '']) => ({
    title,
    args: [seeded, ...args],
    stdin: Buffer.from(stdin, 'latin1'),
    files: { seed, f: hundred },
  })),
  ...wrong,
  ...endless,
])

test.each([
  ['all lines', []],
  ['a sample', ['-n', '100']],
])('without a random source, every line comes once: %s', async (_title, args) => {
  const cwd = mkdtempSync(join(tmpdir(), 'sluice-test-'))
  try {
    const { stdout } = await runToolHere({ tool: 'shuf', args, stdin: Buffer.from(hundred), cwd, env: {} })
    const lines = stdout.toString().split('\n')
    expect(lines.toSorted()).toEqual(hundred.split('\n').toSorted())
    expect(lines).not.toEqual(hundred.split('\n'))
  } finally {
    rmSync(cwd, { recursive: true })
  }
})
