import { describe, expect, test } from 'vitest'
import { bash, sluice } from '../support/command.js'
import { withFiles } from '../support/engines.js'
import { testWithPeer } from '../support/peers.js'

describe('how a stage that cannot start, or whose inner list fails, ends', () => {
  const rows: readonly {
    readonly title: string
    readonly spec: string
    readonly stdout: string
    readonly end?: number
    readonly stderr?: RegExp
  }[] = [
    {
      title: 'a redirection fails beside an endless substitution',
      spec: 'true; cat <(/usr/bin/yes) >/nonexistent/x || echo caught',
      stdout: 'caught\n',
      stderr: /^sluice: \/nonexistent\/x: No such file or directory\n$/,
    },
    {
      title: 'so it does in the middle of a pipeline',
      spec: 'true | cat <(/usr/bin/yes) >/nonexistent/x || echo caught',
      stdout: 'caught\n',
      stderr: /^sluice: \/nonexistent\/x: No such file or directory\n$/,
    },
    {
      title: 'a failure in command output is the failure of its stage',
      spec: `echo "[$(sh -c 'echo a; exit 3')]"`,
      stdout: '[a]\n',
      end: 3,
      stderr: /^sluice: `sh` exited with 3\n$/,
    },
    {
      title: 'an answer no in command output is no failure',
      spec: 'echo "[$(grep x s)]"',
      stdout: '[]\n',
    },
    {
      title: 'help that nobody reads',
      spec: 'cat --help > >(true)',
      stdout: '',
    },
    {
      title: 'messages that nobody reads',
      spec: 'cat /nonexistent s 2> >(true) || echo failed',
      stdout: '1\nfailed\n',
    },
    {
      title: 'messages go where the group says',
      spec: 'true; { cat </nonexistent/x; } 2>err || cat err',
      stdout: 'sluice: /nonexistent/x: No such file or directory\n',
    },
    {
      title: 'what follows an early end is done',
      spec: '{ yes; echo done >o; } | head -n 1; cat o',
      stdout: 'y\ndone\n',
    },
    {
      title: 'what follows a process that died of SIGPIPE is done',
      spec: `sh -c 'kill -PIPE $$'; echo after`,
      stdout: 'after\n',
    },
    {
      title: 'a copy to a file is more than a copy',
      spec: 'cat s | tee o | wc -l; cat o',
      stdout: '1\n1\n',
    },
    {
      title: 'output closed for ours',
      spec: 'cat s >&- || echo no',
      stdout: 'no\n',
      stderr: /Bad file descriptor/,
    },
    {
      title: 'output closed for a real process',
      spec: '/usr/bin/cat s >&- || echo no',
      stdout: 'no\n',
      stderr: /Bad file descriptor/,
    },
    {
      title: 'input closed for a real process',
      spec: '/usr/bin/cat <&- || echo no',
      stdout: 'no\n',
      stderr: /Bad file descriptor/,
    },
    {
      title: 'errors closed',
      spec: '/usr/bin/ls /nonexistent 2>&- || echo no',
      stdout: 'no\n',
      stderr: /^sluice: `.*` exited with 2\n$/,
    },
  ]
  test.each(rows.map((row) => [row.title, row] as const))(
    '%s',
    async (_title, { spec, stdout, end = 0, stderr }) => {
      await withFiles({ s: '1\n' }, (cwd) => {
        const result = sluice(['-c', spec], { cwd })
        expect(result).toMatchObject({ stdout, end })
        expect(result.stderr).toMatch(stderr ?? /^(cat: \/nonexistent: No such file or directory\n)?$/)
      })
    },
  )
})

test('a mistake of ours is one line, and a code of its own', async () => {
  await withFiles(
    { 'mistake.cjs': `process.getBuiltinModule = () => { throw new Error('broken') }` },
    (cwd) => {
      const env = { NODE_OPTIONS: '--require ./mistake.cjs' }
      const { stderr, end } = sluice(['-c', 'cat /dev/null | /usr/bin/cat'], { cwd, env })
      expect({ stderr, end }).toEqual({ stderr: 'sluice: internal error: broken\n', end: 70 })
    },
  )
})

testWithPeer('script', 'a terminal is read no further than a command reads', () => {
  const command = `"$SLUICE" -c '{ head -n 1; /usr/bin/cat -n; }'`
  const { stdout } = bash(`printf 'a\\nb\\n\\004' | script -qec ${JSON.stringify(command)} /dev/null`)
  expect(stdout.replaceAll('\r', '')).toContain('a\n     1\tb\n')
})
