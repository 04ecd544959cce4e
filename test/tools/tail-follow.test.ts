import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  type FollowScenario,
  type FollowStep,
  followers,
  inFolder,
  listen,
  play,
  start,
} from '../support/follow.js'

const gone = "tail: 'f' has become inaccessible: No such file or directory\n"
const appeared = "tail: 'f' has appeared;  following new file\n"
const replaced = "tail: 'f' has been replaced;  following new file\n"
const missing = "tail: cannot open 'f' for reading: No such file or directory\n"
const noneLeft = 'tail: no files remaining\n'

/** What is added is printed: following has begun. Only then does GNU tail notice every change of a name. */
const begun: readonly FollowStep[] = [
  { stdout: 'a\n' },
  { act: (at) => appendFileSync(at('f'), '.'), stdout: 'a\n.' },
]

/** What both do. */
const scenarios: readonly FollowScenario[] = [
  {
    title: 'a growing file',
    args: ['-n1', '-f', 'f'],
    files: { f: 'a\nb\n' },
    steps: [
      { stdout: 'b\n' },
      { act: (at) => appendFileSync(at('f'), 'c\n'), stdout: 'b\nc\n' },
      { act: (at) => appendFileSync(at('f'), 'half'), stdout: 'b\nc\nhalf' },
      { act: (at) => appendFileSync(at('f'), ' a line\n\0\xff'), stdout: 'b\nc\nhalf a line\n\0\xc3\xbf' },
    ],
  },
  {
    title: 'a growing file, from a byte on, looked at in intervals',
    args: ['-c', '+3', '-s', '0.01', '---disable-inotify', '-f', 'f'],
    files: { f: 'a\nb' },
    steps: [{ stdout: 'b' }, { act: (at) => appendFileSync(at('f'), 'c\n'), stdout: 'bc\n' }],
  },
  {
    title: 'a file larger than a batch grows by more than a batch',
    args: ['-n', '2', '-f', 'f'],
    files: { f: `${'x'.repeat(300_000)}\nlast\n` },
    steps: [
      { stdout: `${'x'.repeat(300_000)}\nlast\n` },
      {
        act: (at) => appendFileSync(at('f'), 'y'.repeat(300_000)),
        stdout: `${'x'.repeat(300_000)}\nlast\n${'y'.repeat(300_000)}`,
      },
    ],
  },
  {
    title: 'a truncated file',
    args: ['-f', 'f'],
    files: { f: 'a long line\n' },
    steps: [
      { stdout: 'a long line\n' },
      {
        act: (at) => writeFileSync(at('f'), 'new\n'),
        stdout: 'a long line\nnew\n',
        stderr: 'tail: f: file truncated\n',
      },
    ],
  },
  {
    title: 'a file followed by descriptor is followed where it is moved',
    args: ['-f', 'f'],
    files: { f: 'a\n' },
    steps: [
      ...begun,
      {
        act: (at) => {
          renameSync(at('f'), at('g'))
          writeFileSync(at('f'), 'not this\n')
          appendFileSync(at('g'), 'b\n')
        },
        stdout: 'a\n.b\n',
      },
    ],
  },
  {
    title: 'a rotated log, followed by name',
    args: ['-F', 'f'],
    files: { f: 'a\n' },
    steps: [
      ...begun,
      { act: (at) => renameSync(at('f'), at('f.1')), stderr: gone },
      { act: (at) => writeFileSync(at('f'), 'b\n'), stdout: 'a\n.b\n', stderr: gone + appeared },
      { act: (at) => appendFileSync(at('f'), 'c\n'), stdout: 'a\n.b\nc\n' },
    ],
  },
  {
    title: 'a file that another is moved over',
    args: ['-F', 'f'],
    files: { f: 'a\n', g: 'b\n' },
    steps: [
      ...begun,
      { act: (at) => renameSync(at('g'), at('f')), stdout: 'a\n.b\n', stderr: replaced },
      { act: (at) => appendFileSync(at('f'), 'c\n'), stdout: 'a\n.b\nc\n' },
    ],
  },
  {
    title: 'a file that is not there yet, by name',
    args: ['-F', 'f'],
    files: {},
    steps: [
      { stderr: missing },
      { act: (at) => writeFileSync(at('f'), 'a\n'), stdout: 'a\n', stderr: missing + appeared },
    ],
  },
  {
    title: 'a file that is not there yet, by descriptor',
    args: ['-f', '--retry', '-s', '0.05', 'f'],
    files: {},
    steps: [
      { stderr: `tail: warning: --retry only effective for the initial open\n${missing}` },
      {
        act: (at) => writeFileSync(at('f'), 'a\n'),
        stdout: 'a\n',
        stderr: `tail: warning: --retry only effective for the initial open\n${missing}${appeared}`,
      },
    ],
  },
  {
    title: 'several files have headers where the file changes',
    args: ['-f', 'a', 'b'],
    files: { a: '1\n', b: '2\n' },
    steps: [
      { stdout: '==> a <==\n1\n\n==> b <==\n2\n' },
      { act: (at) => appendFileSync(at('b'), '3\n'), stdout: '==> a <==\n1\n\n==> b <==\n2\n3\n' },
      {
        act: (at) => appendFileSync(at('a'), '4\n'),
        stdout: '==> a <==\n1\n\n==> b <==\n2\n3\n\n==> a <==\n4\n',
      },
      {
        act: (at) => appendFileSync(at('a'), '5\n'),
        stdout: '==> a <==\n1\n\n==> b <==\n2\n3\n\n==> a <==\n4\n5\n',
      },
    ],
  },
  {
    title: 'several files without headers, one of them missing',
    args: ['-q', '-f', 'f', 'b'],
    files: { b: '2\n' },
    steps: [
      { stdout: '2\n', stderr: missing },
      { act: (at) => appendFileSync(at('b'), '3\n'), stdout: '2\n3\n' },
    ],
  },
  {
    title: 'no file is left, by descriptor',
    args: ['-f', 'f'],
    files: {},
    steps: [{ stderr: missing + noneLeft }],
    exit: 1,
  },
  {
    title: 'no file is left, by name',
    args: ['--follow=name', 'f'],
    files: { f: 'a\n' },
    steps: [
      ...begun,
      { act: (at) => rmSync(at('f')), stderr: `tail: f: No such file or directory\n${noneLeft}` },
    ],
    exit: 1,
  },
  {
    title: 'a folder cannot be followed',
    args: ['-f', '.'],
    files: {},
    steps: [
      {
        stderr:
          "tail: error reading '.': Is a directory\n" +
          'tail: .: cannot follow end of this type of file; giving up on this name\n' +
          noneLeft,
      },
    ],
    exit: 1,
  },
  {
    title: 'a file makes room for a folder',
    args: ['-F', 'f'],
    files: { f: 'a\n' },
    steps: [
      ...begun,
      { act: (at) => rmSync(at('f')), stderr: gone },
      {
        act: (at) => mkdirSync(at('f')),
        stderr: `${gone}tail: 'f' has been replaced with an untailable file\n`,
      },
    ],
  },
]

describe.each(Object.entries(followers))('tail -f: %s', (_name, follower) => {
  test.each(scenarios.map((scenario) => [scenario.title, scenario] as const))('%s', (_title, scenario) =>
    play(scenario, follower),
  )

  test('it ends when the process ends', () =>
    inFolder({ f: 'a\n' }, async (cwd) => {
      const watched = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] })
      const process = start(follower, ['-f', '-s', '0.02', `--pid=${watched.pid}`, 'f'], cwd)
      const told = listen(process)
      await told.until('stdout', 'a\n')
      appendFileSync(join(cwd, 'f'), 'b\n')
      watched.stdin.end()
      expect(await told.end).toBe(0)
      expect(told.sofar).toEqual({ stdout: 'a\nb\n', stderr: '' })
    }))

  test('it ends when its reader goes, with nothing more to write', () =>
    inFolder({ f: 'a\n' }, async (cwd) => {
      const script = '"$@" | head -n 1; echo ${PIPESTATUS[0]}'
      const process = start(['bash', '--norc', '-c', script, 'bash'], [...follower, '-f', 'f'], cwd)
      const told = listen(process)
      await told.end
      expect(told.sofar).toEqual({ stdout: 'a\n141\n', stderr: '' })
    }))

  test('a named pipe, written by one after another', () =>
    inFolder({}, async (cwd) => {
      const pipe = join(cwd, 'p')
      spawnSync('mkfifo', [pipe])
      const process = start(follower, ['-n', '+1', '-f', 'p'], cwd)
      const told = listen(process)
      let expected = ''
      for (let writer = 1; writer <= 5; writer++) {
        expected += `${writer}\n`
        expect(spawnSync('bash', ['--norc', '-c', `echo ${writer} >p`], { cwd }).status).toBe(0)
        // GNU looks once a second; the last two come while nobody waits for them.
        if (writer < 4) await told.until('stdout', expected)
      }
      await told.until('stdout', expected)
      process.kill('SIGTERM')
      expect(await told.end).toBe('SIGTERM')
    }))

  test('a named pipe whose writer was there first', () =>
    inFolder({}, async (cwd) => {
      const script = 'mkfifo p; echo a >p & "$@" | head -n 1; echo ${PIPESTATUS[0]}'
      const process = start(['bash', '--norc', '-c', script, 'bash'], [...follower, '-f', 'p'], cwd)
      const told = listen(process)
      await told.end
      expect(told.sofar).toEqual({ stdout: 'a\n141\n', stderr: '' })
    }))
})

describe('tail -f: ours alone', () => {
  test.each<FollowScenario>([
    {
      title: 'a renamed file is read on until another takes its name',
      args: ['-F', 'f'],
      files: { f: 'a\n' },
      steps: [
        { stdout: 'a\n' },
        { act: (at) => renameSync(at('f'), at('f.1')), stderr: gone },
        { act: (at) => appendFileSync(at('f.1'), 'late\n'), stdout: 'a\nlate\n' },
        {
          act: (at) => {
            appendFileSync(at('f.1'), 'last\n')
            writeFileSync(at('f'), 'b\n')
          },
          stdout: 'a\nlate\nlast\nb\n',
          stderr: gone + appeared,
        },
      ],
    },
    {
      title: 'a file that gets its name back is not printed again',
      args: ['-F', 'f'],
      files: { f: 'a\n' },
      steps: [
        { stdout: 'a\n' },
        { act: (at) => renameSync(at('f'), at('g')), stderr: gone },
        { act: (at) => renameSync(at('g'), at('f')), stderr: gone + appeared },
        { act: (at) => appendFileSync(at('f'), 'b\n'), stdout: 'a\nb\n' },
      ],
    },
  ])('$title', (scenario) => play(scenario, followers.ours))

  test('many rotations: no line is lost or doubled, each is there before the next rotation', () =>
    inFolder({ f: '0\n' }, async (cwd) => {
      const follower = start(followers.ours, ['-F', 'f'], cwd)
      const told = listen(follower)
      const log = join(cwd, 'f')
      let expected = '0\n'
      for (let round = 1; round <= 40; round++) {
        await told.until('stdout', expected)
        const lines = Array.from({ length: 50 }, (_, index) => `${round} ${index}\n`)
        for (const line of lines) appendFileSync(log, line)
        renameSync(log, join(cwd, `f.${round}`))
        appendFileSync(join(cwd, `f.${round}`), `${round} after\n`)
        writeFileSync(log, `${round} new\n`)
        expected += `${lines.join('')}${round} after\n${round} new\n`
      }
      await told.until('stdout', expected)
      follower.kill()
    }))

  test('a line is shown some milliseconds after it was written', () =>
    inFolder({ f: '0\n' }, async (cwd) => {
      const follower = start(followers.ours, ['-f', 'f'], cwd)
      const told = listen(follower)
      await told.until('stdout', '0\n')
      const delays: number[] = []
      for (let line = 1; line <= 20; line++) {
        const start = performance.now()
        appendFileSync(join(cwd, 'f'), `${line}\n`)
        await once(follower.stdout, 'data')
        delays.push(performance.now() - start)
      }
      follower.kill()
      delays.sort((a, b) => a - b)
      expect(delays[10]).toBeLessThan(50)
    }))
})
