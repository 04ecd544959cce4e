import {
  appendFileSync,
  copyFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sluice } from '../support/command.js'
import { shim, withFiles } from '../support/engines.js'
import { type FollowScenario, inFolder, listen, play, start } from '../support/follow.js'
import { startLogtail } from '../support/logtail.js'

const logtail = [process.execPath, shim, 'logtail'] as const

const missing = (name: string): string => `logtail: ${name}: No such file or directory; waiting for it\n`

describe('logtail follows', () => {
  const scenarios: readonly FollowScenario[] = [
    {
      title: 'a growing file, with its last lines',
      args: ['--from', '2', 'f'],
      files: { f: 'a\nb\nc\n' },
      steps: [{ stdout: 'b\nc\n' }, { act: (at) => appendFileSync(at('f'), 'd\n'), stdout: 'b\nc\nd\n' }],
    },
    {
      title: 'a last line waits for its end',
      args: ['--from', '1', 'f'],
      files: { f: 'a\nb\nc' },
      steps: [
        { stdout: 'b\n' },
        {
          act: (at) => {
            appendFileSync(at('f'), 'd')
            appendFileSync(at('f'), 'e\nf')
          },
          stdout: 'b\ncde\n',
        },
        { act: (at) => appendFileSync(at('f'), '\n'), stdout: 'b\ncde\nf\n' },
      ],
    },
    {
      title: 'a last line goes out after a time, and its end does not make another',
      args: ['--from', 'start', '--flush-timeout', '20ms', 'f'],
      files: { f: 'a\nb' },
      steps: [{ stdout: 'a\nb\n' }, { act: (at) => appendFileSync(at('f'), '\nc\n'), stdout: 'a\nb\nc\n' }],
    },
    {
      title: 'binary bytes as they are',
      args: ['--from', 'start', 'f'],
      files: { f: '\0\x01\r\n' },
      steps: [
        { stdout: '\0\x01\r\n' },
        {
          act: (at) => appendFileSync(at('f'), Buffer.from([0xff, 0x00, 0xc3, 0x0a])),
          stdout: '\0\x01\r\n\xff\0\xc3\n',
        },
      ],
    },
    {
      title: 'a renamed file until another has its name, and after that',
      args: ['--from', 'start', 'f'],
      files: { f: 'a\n' },
      steps: [
        { stdout: 'a\n' },
        {
          act: (at) => {
            renameSync(at('f'), at('f.1'))
            appendFileSync(at('f.1'), 'b\n')
          },
          stdout: 'a\nb\n',
        },
        { act: (at) => writeFileSync(at('f'), 'c\n'), stdout: 'a\nb\nc\n' },
        { act: (at) => appendFileSync(at('f.1'), 'late\n'), stdout: 'a\nb\nc\nlate\n' },
        { act: (at) => appendFileSync(at('f'), 'd\n'), stdout: 'a\nb\nc\nlate\nd\n' },
      ],
    },
    {
      title: 'several rotations that happen at once',
      args: ['--from', 'start', 'f'],
      files: { f: 'a\n' },
      steps: [
        { stdout: 'a\n' },
        {
          act: (at) => {
            for (const line of ['b\n', 'c\n', 'd\n']) {
              for (const age of [2, 1]) {
                try {
                  renameSync(at(`f.${age}`), at(`f.${age + 1}`))
                } catch {
                  // There are not as many yet.
                }
              }
              renameSync(at('f'), at('f.1'))
              writeFileSync(at('f'), line)
            }
          },
          stdout: 'a\nb\nc\nd\n',
        },
      ],
    },
    {
      title: 'a file that is deleted and made again',
      args: ['--from', 'start', 'f'],
      files: { f: 'a\n' },
      steps: [
        { stdout: 'a\n' },
        { act: (at) => rmSync(at('f')) },
        { act: (at) => writeFileSync(at('f'), 'a new one\n'), stdout: 'a\na new one\n' },
      ],
    },
    {
      title: 'a truncated file',
      args: ['--from', 'start', 'f'],
      files: { f: 'a long line\n' },
      steps: [
        { stdout: 'a long line\n' },
        { act: (at) => writeFileSync(at('f'), 'b\n'), stdout: 'a long line\nb\n' },
      ],
    },
    {
      title: 'a file that was truncated and has grown longer than before',
      args: ['--from', 'start', 'f'],
      files: { f: 'a\n' },
      steps: [
        { stdout: 'a\n' },
        { act: (at) => writeFileSync(at('f'), 'another\nand more\n'), stdout: 'a\nanother\nand more\n' },
      ],
    },
    {
      title: 'what a copy has that was written between the last look and the truncation',
      args: ['--from', 'start', 'f'],
      files: { f: 'a\n' },
      steps: [
        { stdout: 'a\n' },
        {
          act: (at) => {
            appendFileSync(at('f'), 'b\nhalf')
            copyFileSync(at('f'), at('f.1'))
            truncateSync(at('f'))
            appendFileSync(at('f'), ' line\nc\n')
          },
          stdout: 'a\nb\nhalf line\nc\n',
        },
      ],
    },
    {
      title: 'a file that is not there yet',
      args: ['f'],
      files: {},
      steps: [
        { stderr: missing('f') },
        {
          act: (at) => writeFileSync(at('f'), 'a\n'),
          stdout: 'a\n',
          stderr: missing('f'),
        },
      ],
    },
    {
      title: 'files that match a pattern, also new ones, but not rotated ones',
      args: ['--from', 'start', '--prefix', '*.log*'],
      files: { 'a.log': '1\n', 'a.log.1': 'old\n', 'b.txt': 'no\n' },
      steps: [
        { stdout: 'a.log: 1\n' },
        { act: (at) => writeFileSync(at('c.log'), '2\n'), stdout: 'a.log: 1\nc.log: 2\n' },
        { act: (at) => appendFileSync(at('c.log'), '3\n'), stdout: 'a.log: 1\nc.log: 2\nc.log: 3\n' },
        {
          act: (at) => {
            renameSync(at('c.log'), at('c.log.1'))
            writeFileSync(at('c.log'), '4\n')
          },
          stdout: 'a.log: 1\nc.log: 2\nc.log: 3\nc.log: 4\n',
        },
      ],
    },
    {
      title: 'a file once that is renamed to what the pattern matches too',
      args: ['--from', 'start', '*.log'],
      files: { 'a.log': '1\n' },
      steps: [
        { stdout: '1\n' },
        { act: (at) => symlinkSync('a.log', at('link.log')) },
        {
          act: (at) => {
            renameSync(at('a.log'), at('b.log'))
            writeFileSync(at('a.log'), '2\n')
          },
          stdout: '1\n2\n',
        },
        { act: (at) => appendFileSync(at('b.log'), '1b\n'), stdout: '1\n2\n1b\n' },
        { act: (at) => writeFileSync(at('c.log'), '3\n'), stdout: '1\n2\n1b\n3\n' },
      ],
    },
    {
      title: 'a link that is led to another file',
      args: ['--from', 'start', 'current.log'],
      files: { one: '1\n', two: '2\n' },
      steps: [
        { stderr: missing('current.log') },
        { act: (at) => symlinkSync('one', at('current.log')), stdout: '1\n' },
        { act: (at) => appendFileSync(at('one'), '1b\n'), stdout: '1\n1b\n' },
        {
          act: (at) => {
            symlinkSync('two', at('next'))
            renameSync(at('next'), at('current.log'))
          },
          stdout: '1\n1b\n2\n',
        },
        { act: (at) => appendFileSync(at('two'), '2b\n'), stdout: '1\n1b\n2\n2b\n' },
      ],
    },
    {
      title: 'other files when one is a folder',
      args: ['--from', 'start', '.', 'f'],
      files: { f: 'a\n' },
      steps: [{ stdout: 'a\n', stderr: 'logtail: .: Is a directory\n' }],
    },
    {
      title: 'rotated files first',
      args: ['--rotated', 'f'],
      files: { f: 'c\n', 'f.1': 'b\n', 'f.10': 'a\n', 'f.bak': 'no\n' },
      steps: [
        { stdout: 'a\nb\nc\n' },
        { act: (at) => appendFileSync(at('f'), 'd\n'), stdout: 'a\nb\nc\nd\n' },
      ],
    },
  ]
  test.each(scenarios)('$title', (scenario) => play(scenario, logtail))
})

describe('logtail --no-follow', () => {
  test.each<{
    readonly title: string
    readonly args: readonly string[]
    readonly files: Readonly<Record<string, string>>
    readonly stdout: string
    readonly stderr?: string
    readonly end?: number
  }>([
    { title: 'all of a file', args: ['f'], files: { f: 'a\nb\n' }, stdout: 'a\nb\n' },
    { title: 'an empty file', args: ['f'], files: { f: '' }, stdout: '' },
    { title: 'a last line without an end', args: ['f'], files: { f: 'a\nb' }, stdout: 'a\nb' },
    { title: 'the last lines', args: ['--from', '2', 'f'], files: { f: 'a\nb\nc\n' }, stdout: 'b\nc\n' },
    {
      title: 'more lines than there are',
      args: ['--from', '9', 'f'],
      files: { f: 'a\nb\n' },
      stdout: 'a\nb\n',
    },
    {
      title: 'nothing but what is unfinished',
      args: ['--from', 'end', 'f'],
      files: { f: 'a\nb' },
      stdout: 'b',
    },
    {
      title: 'a pattern, in the order of names',
      args: ['*.log'],
      files: { 'b.log': 'b\n', 'a.log': 'a\n', 'a.log.1': 'old\n', '.c.log': 'hidden\n' },
      stdout: 'a\nb\n',
    },
    { title: 'a pattern that matches nothing', args: ['*.log'], files: {}, stdout: '' },
    { title: 'a name with a wildcard in it', args: ['[a].log'], files: { '[a].log': '1\n' }, stdout: '1\n' },
    {
      title: 'a file that is not there',
      args: ['missing', 'f'],
      files: { f: 'a\n' },
      stdout: 'a\n',
      stderr: 'logtail: missing: No such file or directory\n',
      end: 1,
    },
    {
      title: 'rotated files by their dates',
      args: ['--rotated', '--prefix', 'a.log'],
      files: { 'a.log': '3\n', 'a.log-20251122': '2\n', 'a.log-20240101': '1\n', 'a.log-old': '2b\n' },
      stdout: 'a.log: 1\na.log: 2\na.log: 2b\na.log: 3\n',
    },
    {
      title: 'a rotated file that was copied inside a line',
      args: ['--rotated', 'f'],
      files: { f: 'b\n', 'f.1': '1\na' },
      stdout: '1\nab\n',
    },
  ])('$title', ({ args, files, stdout, stderr = '', end = 0 }) =>
    withFiles(files, (cwd) => {
      expect(sluice(['logtail', '--no-follow', ...args], { cwd })).toEqual({ stdout, stderr, end })
    }),
  )

  test('a line of 10 MB', () => {
    const line = 'x'.repeat(10_000_000)
    return withFiles({ f: `a\n${line}\nb\n` }, (cwd) => {
      expect(sluice(['logtail', '--no-follow', 'f'], { cwd }).stdout === `a\n${line}\nb\n`).toBe(true)
    })
  })
})

describe('logtail refuses', () => {
  test.each([
    { args: [], message: 'missing file operand' },
    { args: ['-'], message: 'standard input has no end to wait for: read it with cat' },
    { args: ['--from', 'middle', 'f'], message: "neither start, end nor a number of lines: 'middle'" },
    { args: ['--rotated', '--from', '3', 'f'], message: '--rotated begins at the start: leave --from out' },
    { args: ['--level', 'loud', 'f'], message: "invalid level: 'loud'" },
    { args: ['--status', '6xx', 'f'], message: "invalid list of statuses: '6xx'" },
    { args: ['--since', 'tuesday', 'f'], message: "invalid time: 'tuesday'" },
    { args: ['--stats', '0', 'f'], message: "invalid time: '0'" },
  ])('$args', ({ args, message }) => {
    const { stderr, end } = sluice(['logtail', ...args])
    expect({ message: stderr.split('\n')[0], end }).toEqual({ message: `logtail: ${message}`, end: 2 })
  })
})

test('logtail ends when its reader goes, with nothing more to write', () =>
  inFolder({ f: 'a\n' }, async (cwd) => {
    const script = '"$@" | head -n 1; echo ${PIPESTATUS[0]}'
    const told = listen(
      start(['bash', '--norc', '-c', script, 'bash'], [...logtail, '--from', '1', 'f'], cwd),
    )
    await told.end
    expect(told.sofar).toEqual({ stdout: 'a\n141\n', stderr: '' })
  }))

test('logtail shows a line some milliseconds after it was written', () =>
  inFolder({ f: '0\n' }, async (cwd) => {
    const follower = startLogtail(['--from', '1', 'f'], cwd)
    const told = listen(follower)
    await told.until('stdout', '0\n')
    const delays: number[] = []
    for (let line = 1; line <= 20; line++) {
      const begun = performance.now()
      appendFileSync(join(cwd, 'f'), `${line}\n`)
      await once(follower.stdout, 'data')
      delays.push(performance.now() - begun)
    }
    delays.sort((a, b) => a - b)
    expect(delays[10]).toBeLessThan(50)
  }))
