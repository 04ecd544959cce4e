import { describe, expect, test } from 'vitest'
import { sluice } from '../support/command.js'
import { withFiles } from '../support/engines.js'
import { inFolder, listen } from '../support/follow.js'
import { startLogtail } from '../support/logtail.js'

const access = [
  '::1 - - [10/Oct/2025:13:55:36 +0000] "GET / HTTP/1.1" 200 512 "-" "curl"',
  '::1 - - [10/Oct/2025:13:55:37 +0000] "GET /old HTTP/1.1" 301 - "-" "curl"',
  '::1 - - [10/Oct/2025:15:55:38 +0200] "GET /none HTTP/1.1" 404 9 "-" "curl"',
  '::1 - - [10/Oct/2025:13:55:39 +0000] "POST /x HTTP/1.1" 503 0 "-" "curl 200 "',
]

const application = [
  '2025-10-10T13:55:36.5Z INFO begun',
  '2025-10-10T13:55:37Z WARN slow',
  '  in one place',
  '2025-10-10T13:55:38Z ERROR failed',
  '  at another',
  '2025-10-10T13:55:39Z DEBUG over',
]

const kinds = [
  '{"level":30,"msg":"pino"}',
  '{"level":"error","msg":"named"}',
  'time=1 level=warning msg=logfmt',
  '2025/10/10 13:55:36 [crit] 7#7: nginx',
  '<11>Oct 10 13:55:36 host syslog',
  'error: of a program',
  'no errors in this one, for your information',
  '{"status":500}',
]

describe('logtail chooses lines', () => {
  test.each<{
    readonly title: string
    readonly args: readonly string[]
    readonly lines: readonly string[]
    readonly wanted: readonly number[]
  }>([
    { title: 'a class of statuses', args: ['--status', '5xx'], lines: access, wanted: [3] },
    { title: 'a status', args: ['--status=404'], lines: access, wanted: [2] },
    { title: 'a list of statuses', args: ['--status', '301,400-418'], lines: access, wanted: [1, 2] },
    { title: 'a status in JSON', args: ['--status', '500'], lines: kinds, wanted: [7] },
    { title: 'a level by status', args: ['--level', 'warn'], lines: access, wanted: [2, 3] },
    { title: 'since a time', args: ['--since', '2025-10-10T13:55:38Z'], lines: access, wanted: [2, 3] },
    {
      title: 'between two times',
      args: ['--since', '10/Oct/2025:13:55:37 +0000', '--until', '@1760104538'],
      lines: access,
      wanted: [1, 2],
    },
    {
      title: 'a fraction of a second',
      args: ['--until', '2025-10-10T13:55:36.4Z'],
      lines: application,
      wanted: [],
    },
    {
      title: 'lines that go with the one before them, by time',
      args: ['--since', '2025-10-10 13:55:37Z', '--until', '2025-10-10 13:55:37+00:00'],
      lines: application,
      wanted: [1, 2],
    },
    {
      title: 'lines that go with the one before them, by level',
      args: ['--level', 'ERR'],
      lines: application,
      wanted: [3, 4],
    },
    {
      title: 'the level and the time',
      args: ['--level', 'warn', '--since', '2025-10-10T13:55:38Z'],
      lines: application,
      wanted: [3, 4],
    },
    {
      title: 'levels in every form',
      args: ['--level', 'error'],
      lines: kinds.filter((_, index) => index !== 6),
      wanted: [1, 3, 4, 5, 6],
    },
    { title: 'syslog and local times', args: ['--since', '1h'], lines: kinds, wanted: [] },
  ])('$title', ({ args, lines, wanted }) =>
    withFiles({ f: lines.map((line) => `${line}\n`).join('') }, (cwd) => {
      expect(sluice(['logtail', '--no-follow', ...args, 'f'], { cwd, env: { TZ: 'UTC' } })).toEqual({
        stdout: wanted.map((index) => `${lines[index]}\n`).join(''),
        stderr: '',
        end: 0,
      })
    }),
  )

  test('the bytes of what it shows are as they were', () =>
    withFiles({ f: Buffer.from('ERROR \xff\0\xc3\r\nINFO \xff\nERROR last\x80', 'latin1') }, (cwd) => {
      const script = ['logtail', '--no-follow', '--level', 'error', '--prefix', 'f']
      const spec = [...script, '|', 'base64']
      const { stdout } = sluice(['-c', spec.join(' ')], { cwd })
      expect(Buffer.from(stdout, 'base64').toString('latin1')).toBe(
        'f: ERROR \xff\0\xc3\r\nf: ERROR last\x80',
      )
    }))
})

describe('logtail colours', () => {
  test('lines by status or level', () =>
    withFiles({ a: `${access.join('\n')}\n`, b: 'INFO x\r\nWARN y\r\nFATAL z' }, (cwd) => {
      const { stdout } = sluice(['logtail', '--no-follow', '--color', '--prefix', 'a', 'b'], { cwd })
      const painted = (color: number | string, line: string, end = '\n'): string =>
        `\x1b[${color}m${line}\x1b[0m${end}`
      expect(stdout).toBe(
        [
          `a: ${painted(32, access[0] ?? '')}`,
          `a: ${painted(36, access[1] ?? '')}`,
          `a: ${painted(33, access[2] ?? '')}`,
          `a: ${painted(31, access[3] ?? '')}`,
          'b: INFO x\r\n',
          `b: ${painted(33, 'WARN y', '\r\n')}`,
          `b: ${painted('1;31', 'FATAL z', '')}`,
        ].join(''),
      )
    }))

  test('nothing in a pipe, unless it is asked to', () =>
    withFiles({ f: 'ERROR x\n' }, (cwd) => {
      expect(sluice(['logtail', '--no-follow', 'f'], { cwd }).stdout).toBe('ERROR x\n')
      expect(sluice(['logtail', '--no-follow', '--color=never', 'f'], { cwd }).stdout).toBe('ERROR x\n')
    }))
})

test('logtail --stats tells of rate and errors', () =>
  inFolder({ f: 'INFO a\nERROR b\nWARN c\n' }, async (cwd) => {
    const follower = startLogtail(['--from', 'start', '--stats', '100ms', 'f'], cwd)
    const told = listen(follower)
    const lines =
      'logtail: 3 lines, 30.0/s, 0.2 kB/s, 1 errors\nlogtail: 0 lines, 0.0/s, 0.0 kB/s, 0 errors\n'
    await told.until('stderr', lines)
    follower.kill('SIGTERM')
    expect(await told.end).toBe('SIGTERM')
    expect(told.sofar.stdout).toBe('INFO a\nERROR b\nWARN c\n')
  }))
