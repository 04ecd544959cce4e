import { describe, expect, test } from 'vitest'
import { bash } from '../support/command.js'
import { withFiles } from '../support/engines.js'

/** A spec, and the redirections and arguments of the shell that starts it. */
interface Row {
  readonly title: string
  readonly spec: string
  readonly start?: string
}

/** Runs it as bash's own and as ours: the same output, the same end, the same words behind the shell's name. */
async function expectAsInBash({ spec, start = '' }: Row): Promise<void> {
  const runBy = (shell: string): Promise<unknown> =>
    withFiles({ three: '1\n2\n3\n' }, (cwd) => {
      const script = `${shell} -c "$SPEC" ${start}; end=$?; cat out 2>/dev/null; exit $end`
      const { stdout, stderr, end } = bash(script, { cwd, env: { SPEC: spec } })
      return Promise.resolve({ stdout, end, stderr: stderr.replaceAll(/^(bash: line \d+|sluice): /gm, '') })
    })
  expect(await runBy('"$SLUICE"')).toEqual(await runBy('bash'))
}

describe('descriptors that the process was started with', () => {
  const rows: readonly Row[] = [
    { title: 'input for ours', spec: 'cat <&3', start: '3<three' },
    { title: 'input for a real process', spec: '/bin/cat <&3', start: '3<three' },
    { title: 'input from a pipe', spec: 'grep . <&3 | sort -r', start: '3< <(seq 5)' },
    { title: 'input by its path', spec: 'cat /dev/fd/3', start: '3<three' },
    { title: 'input by its path, for a real process', spec: '/bin/cat /dev/fd/9', start: '9<three' },
    { title: 'what the first left is the next one’s', spec: 'head -n1 <&3; cat <&3', start: '3<three' },
    { title: 'so for a real process', spec: 'head -n1 <&3; /bin/cat <&3', start: '3<three' },
    { title: 'in a group', spec: '( cat ) <&3 | rev', start: '3<three' },
    { title: 'in a function', spec: 'f() { cat <&3; }; f', start: '3<three' },
    { title: 'in a process substitution', spec: 'cat <(cat <&3)', start: '3<three' },
    { title: 'in command output', spec: 'echo $(cat <&3)', start: '3<three' },
    { title: 'its own input again', spec: 'cat - <&0', start: '<three' },
    { title: 'output of ours', spec: 'echo a >&3; echo b >&3', start: '3>out' },
    { title: 'output of a real process', spec: '/bin/echo a >&3; sh -c "echo b >&7"', start: '3>out 7>&3' },
    { title: 'output in the middle of a pipeline', spec: 'echo a >&3 | cat', start: '3>&1' },
    { title: 'output by its path', spec: 'seq 3 | tee /dev/fd/3 | wc -l', start: '3>out' },
    { title: 'messages', spec: 'cat /nonexistent 2>&3 || echo no', start: '3>out' },
    { title: 'a reader that ends early', spec: 'seq 100000 >&3', start: '3> >(head -n 1 >out)' },
    { title: 'given on by another number', spec: 'cat 5<&3 <&5 3<&-', start: '3<three' },
    {
      title: 'the operator says nothing of the direction',
      spec: 'cat 0>&3; echo hi 1<&4',
      start: '3<three 4>out',
    },
    { title: 'one open for both directions', spec: '{ echo hi >&3; cat <&3; }', start: '3<>out' },
    { title: 'input open for both directions', spec: 'echo hi >&0', start: '0<>out' },
    { title: 'input on the place of messages', spec: 'cat <&2', start: '2<three' },
    { title: 'none of that number', spec: 'cat <&3; echo next' },
    { title: 'a closed one', spec: 'cat <&3', start: '3<&-' },
    { title: 'written, but open for reading', spec: 'echo x >&3', start: '3<three' },
    { title: 'read, but open for writing', spec: 'cat <&3', start: '3>out' },
    { title: 'one of the runtime’s is not there', spec: 'cat /dev/fd/4 || cat </dev/fd/4' },
    { title: 'nor is it for writing', spec: 'echo a >/dev/fd/5 || seq 3 | tee /dev/fd/5' },
  ]
  test.each(rows.map((row) => [row.title, row] as const))('%s', async (_title, row) => {
    await expectAsInBash(row)
  })
})

describe('a file that is open for both directions', () => {
  const rows: readonly Row[] = [
    { title: 'is written by ours', spec: '{ echo hi >&3; } 3<>out' },
    { title: 'is written by a real process', spec: '{ /bin/echo hi >&3; } 3<>out' },
  ]
  test.each(rows.map((row) => [row.title, row] as const))('%s', async (_title, row) => {
    await expectAsInBash(row)
  })
})

describe('process substitutions have descriptors of their own', () => {
  const many = Array.from({ length: 70 }, (_, index) => `<(echo ${index})`).join(' ')
  const rows: readonly Row[] = [
    {
      title: 'beside one of the shell that started it',
      spec: 'cat "$1" <(echo inner)',
      start: 'x <(echo outer)',
    },
    { title: 'so for a real process', spec: '/bin/cat "$1" <(echo inner)', start: 'x <(echo outer)' },
    {
      title: 'beside one that a function was given',
      spec: 'f() { cat "$1" <(echo inner); }; f <(echo outer)',
    },
    { title: 'so for a real process', spec: 'f() { /bin/cat "$1" <(echo inner); }; f <(echo outer)' },
    { title: 'beside a file at their usual number', spec: '{ cat <(echo a) <&63; cat <&63; } 63<three' },
    { title: 'of a function’s body', spec: 'f() { cat - "$1"; } < <(echo body); f <(echo call)' },
    { title: 'seventy', spec: `cat ${many}` },
    { title: 'seventy, for a real process', spec: `/bin/cat ${many}` },
  ]
  test.each(rows.map((row) => [row.title, row] as const))('%s', async (_title, row) => {
    await expectAsInBash(row)
  })
})
