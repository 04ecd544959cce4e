import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { linkedTools } from '../support/engines.js'

interface Row {
  readonly title: string
  readonly args: readonly string[]
  readonly stdin?: string | Uint8Array
}

const sluiceXargs = join(linkedTools(), 'xargs')
const cwd = mkdtempSync(join(tmpdir(), 'sluice-xargs-'))
beforeAll(() => {
  writeFileSync(join(cwd, 'items'), 'one two\nthree\n')
  writeFileSync(join(cwd, 'plain'), 'not a program\n', { mode: 0o644 })
})
afterAll(() => rmSync(cwd, { recursive: true }))

const rows: readonly Row[] = [
  { title: 'echo is the command', args: [], stdin: 'a b\nc' },
  { title: 'an empty input runs once', args: ['echo', 'x'] },
  { title: 'blank lines run once', args: ['echo', 'x'], stdin: '\n \n' },
  { title: '-r and an empty input', args: ['-r', 'echo', 'x'] },
  { title: 'a real program', args: ['sh', '-c', 'echo "$# $@"', 'sh'], stdin: 'a b' },
  { title: 'options of the command are its own', args: ['echo', '-n', '--help'], stdin: 'a' },
  { title: 'single quotes and double quotes', args: ['-n1'], stdin: '"a b"c\'d e\' f' },
  { title: 'an empty item', args: ['-n1', 'printf', '[%s]'], stdin: '"" a' },
  { title: 'a backslash before a blank and before a newline', args: ['-n1'], stdin: 'a\\ b\\\nc d' },
  { title: 'a backslash at the end', args: [], stdin: 'a\\' },
  { title: 'other white space stays', args: ['-n1'], stdin: '\v a\vb c\f d\r e' },
  { title: 'an open single quote', args: [], stdin: "x a'b\nc" },
  { title: 'an open double quote', args: [], stdin: 'a"b c' },
  { title: 'an open quote after complete commands', args: ['-n5'], stdin: 'a b c"d\n' },
  { title: 'an open quote with -x', args: ['-x', '-n5'], stdin: 'a b c"d\n' },
  { title: 'a NUL byte', args: ['-n1'], stdin: 'a b\0c\0d e\0f' },
  { title: '-n', args: ['-n2'], stdin: 'a b c' },
  { title: '-L', args: ['-L1'], stdin: 'a b \nc\n\nd' },
  { title: '-L of several', args: ['-L2'], stdin: 'a\nb\n\nc d\n' },
  { title: '-l', args: ['-l'], stdin: 'a\n \nb \nc\n' },
  { title: '-l2', args: ['-l2'], stdin: 'a b\nc\nd\n' },
  { title: '--max-lines', args: ['--max-lines=2'], stdin: 'a b\nc\nd\n' },
  { title: '-I', args: ['-I{}', 'echo', '[{}]{}'], stdin: '  a b \n  c  \n\n' },
  { title: '-I and quotes', args: ['-I{}', 'echo', '[{}]'], stdin: '"a b" c\n\\"x\na\\\nb' },
  { title: '-I and an open quote', args: ['-I{}', 'echo', '{}'], stdin: 'a\nb c"d\n' },
  { title: '-I and no placeholder', args: ['-I{}', 'echo', 'x'], stdin: 'a\nb\n' },
  { title: '-I and an empty input', args: ['-I{}', 'echo', 'x{}'] },
  { title: '-I does not change the name', args: ['-I{}', '{}', 'x'], stdin: 'false\n' },
  { title: '-I and a pattern of replacement', args: ['-I{}', 'echo', '{}'], stdin: '$&\n' },
  { title: 'an empty placeholder', args: ['-I', '', 'echo', 'x'], stdin: 'a\n' },
  { title: 'the last placeholder', args: ['-I{}', '-I%', 'echo', '%{}'], stdin: 'a\n' },
  { title: '-i', args: ['-i', 'echo', '{}-{}'], stdin: 'a\nb' },
  { title: '-i with another', args: ['-iX', 'echo', 'X'], stdin: 'a\nb' },
  { title: '--replace', args: ['--replace=Q', 'echo', 'xQ'], stdin: 'a b\n' },
  { title: '-0', args: ['-0', '-n1'], stdin: 'a b\0"c\0\n' },
  { title: '-0 and -I', args: ['-0', '-I{}', 'echo', '<{}>'], stdin: ' a b\0' },
  { title: '-0 and -L', args: ['-0', '-L2'], stdin: 'a\0b\0c' },
  { title: '-d', args: ['-d', ','], stdin: 'a,b\n' },
  { title: '-d and empty items', args: ['-d', '\\n', '-n1', 'echo', 'x'], stdin: 'a\n\n\nb\n' },
  { title: '-d by a hexadecimal number', args: ['-d', '\\x78'], stdin: 'axb' },
  { title: '-d by an octal number', args: ['-d', '\\170'], stdin: 'axb' },
  { title: '-d backslash', args: ['-d', '\\\\'], stdin: 'a\\b' },
  { title: '-d with two characters', args: ['-d', 'ab'], stdin: 'a' },
  { title: '-d with none', args: ['-d', ''], stdin: 'a' },
  { title: '-d with an unknown escape', args: ['-d', '\\q'], stdin: 'a' },
  { title: '-d with characters behind a number', args: ['-d', '\\xyz'], stdin: 'a' },
  { title: '-d with no octal digit', args: ['-d', '\\19'], stdin: 'a' },
  { title: '-d with a number too large', args: ['-d', '\\x7878'], stdin: 'a' },
  { title: '-d with an octal number too large', args: ['-d', '\\400'], stdin: 'a' },
  { title: '-E', args: ['-E', 'END'], stdin: 'a ENDx END b\n' },
  { title: '-E at the start', args: ['-E', 'END'], stdin: 'END b\n' },
  { title: '-E with nothing', args: ['-E', ''], stdin: 'a\n_\n' },
  { title: '-E and -I', args: ['-E', 'END', '-I{}', 'echo', '{}'], stdin: 'END b\nEND\nc' },
  { title: '-E and -0', args: ['-0', '-E', '_'], stdin: 'a\0_\0b' },
  { title: '-e', args: ['-e'], stdin: 'a\n_\nb' },
  { title: '-e with a word', args: ['-e_'], stdin: 'a\n_\nb' },
  { title: '--eof with a word', args: ['--eof=a'], stdin: 'a' },
  { title: '-a', args: ['-a', 'items', '-n1', 'echo', 'x'], stdin: 'unread' },
  {
    title: '-a leaves standard input to the command',
    args: ['-a', 'items', 'sh', '-c', 'cat'],
    stdin: 'in\n',
  },
  { title: '-a of a missing file', args: ['-a', 'no such'] },
  { title: 'the command reads nothing', args: ['-n1', 'sh', '-c', 'cat; echo $0'], stdin: 'a\nb' },
  { title: '-t', args: ['-t', '-n1', 'echo', 'x y', '$x', "it's", 'a=b', '~', ''], stdin: 'a b*' },
  { title: '-t and a byte that does not print', args: ['-t'], stdin: 'é' },
  { title: '-n after -I', args: ['-I{}', '-n2', 'echo', '{}'], stdin: 'a b c' },
  { title: '-I after -n', args: ['-n2', '-I{}', 'echo', '{}'], stdin: 'a b c' },
  { title: '-n1 with -i', args: ['-i', '-n1', 'echo', '{}'], stdin: 'a b\n' },
  { title: '-n after -L', args: ['-L1', '-n2'], stdin: 'a b c' },
  { title: '-L after -n', args: ['-n1', '-L2'], stdin: 'a b c' },
  { title: '-l after -n', args: ['-n1', '-l2'], stdin: 'a b' },
  { title: '-L after -I', args: ['-I{}', '-L2', 'echo', '{}'], stdin: 'x\n' },
  { title: '-I after -L', args: ['-L2', '-I{}', 'echo', '{}'], stdin: 'x y\n' },
  { title: 'the last -n', args: ['-n', '1', '-n', '2'], stdin: 'a b c' },
  { title: '-s too small for an item', args: ['-s', '6'], stdin: 'a' },
  { title: '-s just large enough', args: ['-s', '7'], stdin: 'a' },
  { title: '-s too small for the command', args: ['-s', '4', 'echo'], stdin: 'a' },
  { title: '-s parts the items', args: ['-s', '10'], stdin: 'b c d e f g h' },
  { title: '-s and a long item after short ones', args: ['-s', '10'], stdin: 'b c aaaaaaaaaaaa d' },
  { title: '-s and -n', args: ['-n6', '-s', '10'], stdin: 'b c d e f g h' },
  { title: '-s, -n and -x', args: ['-x', '-n6', '-s', '10'], stdin: 'b c d e f g h' },
  { title: '-s and -L', args: ['-L2', '-s', '12'], stdin: 'a b c d\ne\n' },
  { title: '-s and -I', args: ['-s', '13', '-I{}', 'echo', '{}{}'], stdin: 'aaaa\n' },
  { title: '-s and -I, just large enough', args: ['-s', '14', '-I{}', 'echo', '{}{}'], stdin: 'aaaa\n' },
  { title: '-s and -I, one argument too long', args: ['-s', '7', '-I{}', 'sh', '{}{}'], stdin: 'aaaa\n' },
  { title: '-s and a long line with -I', args: ['-s', '12', '-I{}', 'echo', '{}'], stdin: 'a b c d e f g\n' },
  { title: '-s 0', args: ['-s', '0'], stdin: 'a' },
  { title: '-s of no number', args: ['-s', 'x'], stdin: 'a' },
  { title: 'many items', args: [], stdin: Array.from({ length: 40_000 }, (_, n) => `${n}\n`).join('') },
  { title: 'the longest item', args: [], stdin: 'x'.repeat(131_060) },
  { title: 'an item that is too long', args: [], stdin: 'x'.repeat(140_000) },
  { title: '-n 0', args: ['-n', '0'], stdin: 'a' },
  { title: '-n of no number', args: ['-n', '0x10'], stdin: 'a' },
  { title: '-n of nothing', args: ['-n', ''], stdin: 'a' },
  { title: '-n below zero', args: ['-n', '-1'], stdin: 'a' },
  { title: '-n beyond all numbers', args: ['-n', '9999999999999999999999'], stdin: 'a' },
  { title: '-n with blanks and zeros', args: ['-n', '  02'], stdin: 'a b c' },
  { title: '-n without its argument', args: ['-n'], stdin: 'a' },
  { title: '-L 0', args: ['-L', '0'], stdin: 'a' },
  { title: '-l of no number', args: ['-lx'], stdin: 'a' },
  { title: '-P below zero', args: ['-P', '-1'], stdin: 'a' },
  { title: '-P of no number', args: ['-P', 'x'], stdin: 'a' },
  { title: '-P 0', args: ['-P', '0'], stdin: 'a b' },
  { title: '-P with one item after another', args: ['-P2', '-n1', 'true'], stdin: 'a b c d' },
  { title: '-P and a command that fails', args: ['-P3', '-n1', 'false'], stdin: 'a b c d' },
  {
    title: 'the slot of one command at a time',
    args: ['--process-slot-var=Q', '-n1', 'sh', '-c', 'echo $Q'],
    stdin: 'a b',
  },
  { title: 'a slot variable with =', args: ['--process-slot-var=A=B'], stdin: 'a' },
  { title: 'an unknown option', args: ['-y'], stdin: 'a' },
  { title: 'an ambiguous option', args: ['--max', '3'], stdin: 'a' },
  { title: 'a command that fails goes on', args: ['-n1', 'sh', '-c', 'echo $0; exit 3'], stdin: 'a b' },
  { title: 'a folder is no command', args: ['/'] },
  { title: 'nor is one in the working folder', args: ['./.'] },
  { title: 'an open quote behind a command that failed', args: ['-n1', 'false'], stdin: "a 'b\n" },
  { title: 'an open quote before a command fails', args: ['sh', '-c', 'exit 255'], stdin: "a 'b\n" },
  { title: 'an open quote before a command is killed', args: ['sh', '-c', 'kill -9 $$'], stdin: 'a "b\n' },
  { title: 'a line that is complete before an open quote', args: ['-l', 'echo'], stdin: "a\n'b\n" },
  { title: 'a line that is not complete before an open quote', args: ['-l2', 'echo'], stdin: "a\n'b\n" },
  { title: 'an open quote behind a traced command', args: ['-t', 'true'], stdin: "a 'b\n" },
  { title: '-E and a NUL', args: ['-E_'], stdin: 'a _\0b c' },
  { title: '-I and a NUL', args: ['-IX', 'echo', 'X-X'], stdin: 'a\0b\n' },
  { title: '-I, -d and a NUL', args: ['-d,', '-IX', 'echo', '[X]'], stdin: '\0,b\0' },
  { title: 'an apostrophe behind a newline, traced', args: ['-0', '-t', 'true'], stdin: "a\n'\0" },
  { title: 'a missing file and too small a size', args: ['-a', 'no', '-s5', 'echo'] },
  { title: '126 and 127 from a command', args: ['-n1', 'sh', '-c', 'exit $0'], stdin: '126 127' },
  { title: '255 ends all', args: ['-n1', 'sh', '-c', 'echo $0; exit 255'], stdin: 'a b' },
  { title: 'a signal ends all', args: ['-n1', 'sh', '-c', 'kill -9 $$'], stdin: 'a b' },
  { title: 'a command that is not there', args: ['nonexistent'], stdin: 'a' },
  { title: 'a path that is not there', args: ['./no/such'], stdin: 'a' },
  { title: 'a file that is no program', args: ['./plain'], stdin: 'a' },
  { title: 'a name that is only a file here', args: ['plain'], stdin: 'a' },
]

describe('xargs does what GNU xargs does', () => {
  test.each(rows.map((row) => [row.title, row] as const))('%s', (_title, row) => {
    expect(run(sluiceXargs, row.args, row)).toEqual(run('xargs', row.args, row))
  })
})

describe('what xargs does by itself', () => {
  test.each(['-p', '-o'])('%s is refused', (option) => {
    const { stderr, exit } = run(sluiceXargs, [option], {
      title: '',
      args: [],
      stdin: 'a',
    })
    expect(exit).toBe(1)
    expect(stderr).toContain(`${option} is not supported: a stage does not talk to the terminal`)
  })

  test('commands run at once with -P, each with a slot of its own', () => {
    // Each waits for the other's file, so that one after the other they would never end.
    const script = 'touch "$0"; while ! [ -e "$1" ]; do sleep 0.01; done; echo $SLOT; [ $SLOT = 1 ] || exit 0'
    const { stdout, exit } = ours(
      ['-P2', '-L1', '--process-slot-var=SLOT', 'timeout', '20', 'sh', '-c', script],
      'here there\nthere here\n',
    )
    expect(stdout.split('\n').sort()).toEqual(['', '0', '1'])
    expect(exit).toBe(0)
  })

  test('it ends silently when the reader is done', () => {
    const { stdout, exit } = run(
      'bash',
      ['-c', 'set -o pipefail; yes | "$0" -n1 echo | head -n 2', sluiceXargs],
      { title: '', args: [] },
    )
    expect(stdout).toBe('y\ny\n')
    expect(exit).toBe(141)
  })

  test('--show-limits tells the sizes', () => {
    const { stderr } = ours(['--show-limits', '-s', '1000', 'true'], '')
    expect(stderr).toMatch(/^Your environment variables take up \d+ bytes\nPOSIX upper limit/)
    expect(stderr).toContain('Size of command buffer we are actually using: 1000\n')
  })
})

function ours(args: readonly string[], stdin: string | Uint8Array): ReturnType<typeof run> {
  return run(sluiceXargs, args, { title: '', args: [], stdin })
}

function run(
  command: string,
  args: readonly string[],
  { stdin = '' }: Row,
): { stdout: string; stderr: string; exit: number | null } {
  const { PATH = '' } = process.env
  const result = spawnSync(command, args, { cwd, input: stdin, env: { PATH, LC_ALL: 'C' }, timeout: 60_000 })
  return { stdout: result.stdout.toString(), stderr: result.stderr.toString(), exit: result.status }
}
