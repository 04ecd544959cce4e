import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bash, ended, sluice, startSluice, written } from '../support/command.js'
import { withFiles } from '../support/engines.js'

describe('what goes wrong while a pipeline runs', () => {
  const rows: readonly {
    title: string
    spec: string
    stdout: string
    end: number
    stderr: RegExp | ''
  }[] = [
    {
      title: 'the reader is a real process that closes early',
      spec: 'yes | /usr/bin/head -n 1',
      stdout: 'y\n',
      end: 0,
      stderr: '',
    },
    {
      title: 'the writer is a real process whose reader closes early',
      spec: '/usr/bin/yes | head -n 1',
      stdout: 'y\n',
      end: 0,
      stderr: '',
    },
    {
      title: 'both are real processes',
      spec: '/usr/bin/yes | /usr/bin/head -n 1',
      stdout: 'y\n',
      end: 0,
      stderr: '',
    },
    {
      title: 'a real process dies of a signal',
      spec: `sh -c 'echo a; kill -KILL $$' | cat`,
      stdout: 'a\n',
      end: 137,
      stderr: /^sluice: stage 1 of 2: `sh` was ended by SIGKILL\n$/,
    },
    {
      title: 'a real process fails first in the pipeline',
      spec: '/usr/bin/false | cat',
      stdout: '',
      end: 1,
      stderr: /^sluice: stage 1 of 2: `\/usr\/bin\/false` exited with 1\n$/,
    },
    {
      title: 'the rightmost failure counts',
      spec: `sh -c 'exit 3' | sh -c 'cat; exit 4' | cat`,
      stdout: '',
      end: 4,
      stderr: /exited with 3\n.*exited with 4\n/,
    },
    {
      title: 'the disk is full',
      spec: 'seq 10 >/dev/full',
      stdout: '',
      end: 1,
      stderr: /^seq: write error: No space left on device\n$/,
    },
    {
      title: 'the disk is full behind a pipeline',
      spec: 'seq 100000 | cat >/dev/full',
      stdout: '',
      end: 1,
      stderr: /^cat: write error: No space left on device\n$/,
    },
    {
      title: 'the disk is full behind sed, which has a code of its own for that',
      spec: 'seq 3 | sed p >/dev/full',
      stdout: '',
      end: 4,
      stderr: /^sed: couldn't flush stdout: No space left on device\n$/,
    },
    {
      title: 'the disk is full for a file of a sed script',
      spec: 'seq 3 | sed -n "w /dev/full"',
      stdout: '',
      end: 4,
      stderr: /^sed: couldn't flush \/dev\/full: No space left on device\n$/,
    },
    {
      title: 'a folder is read',
      spec: 'cat . | wc -l',
      stdout: '0\n',
      end: 1,
      stderr: /^cat: \.: Is a directory\n$/,
    },
    {
      title: 'an argument is longer than the system takes',
      spec: '/usr/bin/echo "$(head -c 3000000 /dev/zero | tr "\\000" x)"',
      stdout: '',
      end: 126,
      stderr: /Argument list too long/,
    },
  ]
  test.each(rows.map((row) => [row.title, row] as const))(
    '%s',
    async (_title, { spec, stdout, end, stderr }) => {
      await withFiles({}, (folder) => {
        const result = sluice(['-c', spec], { env: { TMPDIR: folder } })
        expect(result).toMatchObject({ stdout, end })
        if (stderr === '') expect(result.stderr).toBe('')
        else expect(result.stderr).toMatch(stderr)
        expect(readdirSync(folder), 'nothing is left in the temporary folder').toEqual([])
      })
    },
  )

  test('more files than may be open at a time are read one after another', async () => {
    const files = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`f${index}`, 'x\n']))
    await withFiles(files, (cwd) => {
      expect(bash('ulimit -n 64; "$SLUICE" -c "cat f* | wc -l"', { cwd })).toMatchObject({
        stdout: '200\n',
        end: 0,
      })
    })
  })

  test('more files than may be open at once is a clear error', async () => {
    const files = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`f${index}`, 'x\n']))
    await withFiles(files, (cwd) => {
      const { stderr, end } = bash('ulimit -n 64; "$SLUICE" -c "paste f*"', { cwd })
      expect(stderr).toMatch(/^paste: f\d+: Too many open files\n$/)
      expect(end).toBe(1)
    })
  })
})

describe('a real process opens its end of a pipe again, after the writer has ended', () => {
  test.each([
    ['as /dev/stdin', 'seq 3 | /usr/bin/cat /dev/stdin', '1\n2\n3\n'],
    ['as /dev/fd/63', '/usr/bin/cat <(seq 3) <(/usr/bin/seq 4 5)', '1\n2\n3\n4\n5\n'],
    ['as an output', 'seq 3 | /usr/bin/tee >(tr 0-9 a-j >out) | wc -l; cat out', '3\nb\nc\nd\n'],
    ['ours, in a process of its own', '/usr/bin/cat <(seq 9 | /usr/bin/tail -n 1)', '9\n'],
  ])('%s', async (_title, spec, stdout) => {
    await withFiles({}, (cwd) => {
      expect(sluice(['-c', spec], { cwd })).toEqual({ stdout, stderr: '', end: 0 })
      expect(sluice(['--engine', 'processes', '-c', spec], { cwd })).toEqual({ stdout, stderr: '', end: 0 })
    })
  })
})

describe('the end that a shell sees', () => {
  const rows: readonly (readonly [string, string, string])[] = [
    [
      'a tool whose reader is done dies of SIGPIPE',
      '"$TOOLS"/yes | head -n 1; echo ${PIPESTATUS[0]}',
      'y\n141\n',
    ],
    ['so does a whole spec', '"$SLUICE" -c "yes | cat" | head -n 1; echo ${PIPESTATUS[0]}', 'y\n141\n'],
    [
      'so does a spec with real processes',
      '"$SLUICE" -c "/usr/bin/yes | cat" | head -n 1; echo ${PIPESTATUS[0]}',
      'y\n141\n',
    ],
    ['a tool that finds nothing says 1', 'echo a | "$TOOLS"/grep b; echo $?', '1\n'],
  ]
  test.each(rows)('%s', (_title, script, stdout) => {
    expect(bash(script).stdout).toBe(stdout)
  })
})

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', (signal) => {
  const rows: readonly (readonly [string, string])[] = [
    ['while a real process runs', `sh -c 'echo $$; exec sleep 1000' | cat`],
    ['while a real process writes', `sh -c 'echo $$; exec yes' | cat`],
    ['while stages of ours run in a loop that never waits', `{ echo ready; yes; } | tr a-z A-Z`],
    [
      'while a stage writes what nobody reads, beside a real process',
      '/usr/bin/true; echo ready; yes >/dev/null',
    ],
    [
      'in the middle of a merge',
      'echo ready; seq 300000 | sort -S 100K --batch-size=2 | { head -n 1; /usr/bin/sleep 1000; }',
    ],
    ['while standard input is awaited', `{ echo ready; cat; }`],
  ]
  test.each(rows)('ends everything %s', async (_title, spec) => {
    await withFiles({}, async (folder) => {
      const running = startSluice(['-c', spec], { env: { TMPDIR: folder } })
      const first = (await written(running, '\n')).split('\n')[0] ?? ''
      running.kill(signal)
      running.stdout.resume()
      expect(await ended(running)).toBe(signal)
      expect(readdirSync(folder), 'nothing is left in the temporary folder').toEqual([])
      if (/^\d{3,}$/.test(first)) expect(isAlive(Number(first)), 'no process is left').toBe(false)
    })
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test.each([
  'grep x | cut -c1-3 | tr a-z A-Z',
  'cut -c1-3 | tr a-z A-Z | grep X',
  'cat /dev/null - | cut -c1-3 | tr a-z A-Z | grep X',
  '{ cat /dev/null; cat; } | cut -c1-3 | tr a-z A-Z | grep X',
])('a slow source is served at once: each line is through before the next is written: %s', async (spec) => {
  const running = startSluice(['-c', spec])
  for (const [line, shown] of [
    ['xabc\n', 'XAB\n'],
    ['no\nxyz.\n', 'XYZ\n'],
  ] as const) {
    running.stdin.write(line)
    expect(await written(running, '\n')).toBe(shown)
  }
  running.stdin.end()
  expect(await ended(running)).toBe(0)
})

test('a followed file is shown line by line through fused stages', async () => {
  await withFiles({ log: 'old x\n' }, async (cwd) => {
    const { appendFileSync } = await import('node:fs')
    const running = startSluice(['-c', 'tail -n 1 -f log | grep x | cut -c1-5'], { cwd })
    expect(await written(running, '\n')).toBe('old x\n')
    appendFileSync(join(cwd, 'log'), 'nothing\nnew x here\n')
    expect(await written(running, '\n')).toBe('new x\n')
    running.kill('SIGTERM')
    expect(await ended(running)).toBe('SIGTERM')
  })
})
