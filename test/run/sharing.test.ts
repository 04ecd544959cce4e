import { describe, expect, test } from 'vitest'
import { bash, sluice } from '../support/command.js'
import { withFiles } from '../support/engines.js'

const files = { s: '1\n2\n3\n', f: 'line\n'.repeat(100_000) }

interface Row {
  readonly title: string
  readonly spec: string
  readonly stdin?: string
  readonly stdout: string
}

function inEveryEngine(rows: readonly Row[]): void {
  test.each(rows.map((row) => [row.title, row] as const))('%s', async (_title, { spec, stdin, stdout }) => {
    for (const engine of ['inline', 'processes'])
      await withFiles(files, (cwd) => {
        const result = sluice(['--engine', engine, '-c', spec], {
          cwd,
          ...(stdin === undefined ? {} : { input: stdin }),
        })
        expect({ engine, ...result }).toEqual({ engine, stdout, stderr: '', end: 0 })
      })
  })
}

describe('commands of a group read on where the one before stopped', () => {
  inEveryEngine([
    {
      title: 'a real one after ours, in a file',
      spec: '{ head -n 1; /usr/bin/cat; } <s',
      stdout: '1\n2\n3\n',
    },
    {
      title: 'ours after a real one, in a file',
      spec: '{ /usr/bin/head -n 1; cat; } <s',
      stdout: '1\n2\n3\n',
    },
    { title: 'ours after ours, in a file', spec: '{ head -n 1; cat; } <s', stdout: '1\n2\n3\n' },
    {
      title: 'a real one that reads nothing leaves a pipe as it is',
      spec: 'cat f | { /usr/bin/true; /usr/bin/wc -l; }',
      stdout: '100000\n',
    },
    {
      title: 'so it does before ours, in groups in groups',
      spec: 'cat f | { { /usr/bin/true; { cat | wc -l; }; }; }',
      stdout: '100000\n',
    },
    {
      title: 'ours read nothing of a pipe that they did not ask for',
      spec: `mkfifo p; sh -c 'echo 1; read go <p; echo 2' | { head -n 1; echo go >p; /usr/bin/cat; }`,
      stdout: '1\n2\n',
    },
    {
      title: 'nor after much of it',
      spec: `mkfifo p; sh -c 'cat f f f; read go <p; echo 2' | { head -c 1500000 | wc -c; echo go >p; /usr/bin/cat; }`,
      stdout: '1500000\n2\n',
    },
    {
      title: 'a here-string is read once by all',
      spec: '{ /usr/bin/true; cat; /usr/bin/cat; } <<<text',
      stdout: 'text\n',
    },
    {
      title: 'a real process on its way does not take the input of the next stage',
      spec: 'paste <(/usr/bin/seq 2) -',
      stdin: 'a\nb\n',
      stdout: '1\ta\n2\tb\n',
    },
  ])

  test('a command that begins at the end of a file leaves nothing behind it', async () => {
    await withFiles(files, (cwd) => {
      const script =
        '{ "$TOOLS"/tail -n 1; cat; } <s; { "$TOOLS"/tail -n 1; cat; } <f; { "$TOOLS"/head -n -1; echo; cat; } <s'
      expect(bash(script, { cwd })).toMatchObject({ stdout: '3\nline\n1\n2\n\n3\n', stderr: '' })
    })
  })

  test('the shell around reads on where our command stopped', async () => {
    await withFiles(files, (cwd) => {
      expect(bash('{ "$TOOLS"/head -n 1 >&2; cat; } <s', { cwd })).toMatchObject({
        stdout: '2\n3\n',
        stderr: '1\n',
      })
    })
  })
})

describe('descriptors from 3 on', () => {
  inEveryEngine([
    { title: 'to ours inside of a group', spec: '{ echo a >&3; } 3>o; cat o', stdout: 'a\n' },
    {
      title: 'to a real process inside of a group',
      spec: '{ /usr/bin/echo a >&3; } 3>o; cat o',
      stdout: 'a\n',
    },
    {
      title: 'from a file, by number',
      spec: '{ cat <&3; /usr/bin/cat <&4; } 3<s 4<s',
      stdout: '1\n2\n3\n1\n2\n3\n',
    },
    { title: 'from a file, as /dev/fd/3', spec: '{ cat /dev/fd/3 | wc -l; } 3<s', stdout: '3\n' },
    {
      title: 'from a file, as /dev/fd/3 of a real process',
      spec: '{ /usr/bin/cat /dev/fd/3; } 3<s',
      stdout: '1\n2\n3\n',
    },
    {
      title: 'a substitution as an argument of a function',
      spec: 'f() { cat "$1" | tac; }; f <(cat s)',
      stdout: '3\n2\n1\n',
    },
    {
      title: 'a substitution as an argument of a function of real processes',
      spec: 'f() { /usr/bin/true; /usr/bin/cat "$1"; }; f <(cat s)',
      stdout: '1\n2\n3\n',
    },
    { title: 'two outputs exchanged', spec: '{ cat s 3>&1 1>&2 2>&3; } 2>&1 | wc -l', stdout: '3\n' },
    { title: 'a file open for both as output', spec: 'echo x 1<>s; cat s', stdout: 'x\n2\n3\n' },
  ])
})

describe('a descriptor that another process shares keeps its own way of waiting', () => {
  test('real processes after ours read and write the same pipes', () => {
    const spec =
      '{ echo begin; head -n 1 >/dev/null; /usr/bin/cat /dev/zero | /usr/bin/head -c 3000000; echo end; }'
    const script = `yes | "$SLUICE" -c '${spec}' | { sleep 0.3; wc -c; }`
    expect(bash(script)).toMatchObject({ stdout: '3000010\n', stderr: '' })
  })

  test('the shell can go on with its pipes', () => {
    const script = `
      { "$SLUICE" -c 'head -n 1 | /usr/bin/cat'; dd if=/dev/zero bs=1M count=3 status=none; } | { sleep 0.3; wc -c; }`
    expect(bash(script, { input: 'a\n' })).toMatchObject({ stdout: '3145730\n', stderr: '' })
  })
})

describe('a FIFO that stages open for each other', () => {
  inEveryEngine([
    { title: 'ours to ours', spec: 'mkfifo p; echo hi >p | cat p', stdout: 'hi\n' },
    { title: 'ours to a real process', spec: 'mkfifo p; cat f >p | /usr/bin/wc -l p', stdout: '100000 p\n' },
    { title: 'a real process to ours', spec: 'mkfifo p; /usr/bin/cat f >p | wc -l p', stdout: '100000 p\n' },
    {
      title: 'a tool to a tool, as operands',
      spec: 'mkfifo p; tee p <s | cat p -',
      stdout: '1\n2\n3\n1\n2\n3\n',
    },
    { title: 'an output that gets nothing', spec: 'mkfifo p; tee p </dev/null | cat p', stdout: '' },
    {
      title: 'two, opened in the order of another',
      spec: `mkfifo p q; sh -c 'echo b >q; echo a >p' | comm <(cat p) <(cat q)`,
      stdout: 'a\n\tb\n',
    },
  ])

  test('stages that never start a process', async () => {
    await withFiles({}, (cwd) => {
      expect(bash('mkfifo p; "$SLUICE" -c "echo hi >p | cat p"', { cwd })).toEqual({
        stdout: 'hi\n',
        stderr: '',
        end: 0,
      })
    })
  })
})
