// A log that grows: all of it as fast as it can be written, and a line now and then.
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, closeSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { input } from '../inputs.mjs'
import { median } from '../measure.mjs'
import { sluice, start, untilOpen } from './programs.mjs'

const followers = {
  ours: (log) => [...sluice, 'logtail', log],
  tail: (log) => ['tail', '-n', '0', '-F', log],
}

const row = (name, measure, goal) => ({
  name,
  base: 'tail',
  goal,
  commands: Object.fromEntries(
    Object.entries(followers).map(([follower, command]) => [
      follower,
      () => withLog((log) => measure(command(log), log)),
    ]),
  ),
})

export const follow = [
  row('log-at-full-speed', measureThroughput),
  // A line that comes alone: the median of the times from writing it to reading it.
  row('log-line-alone', measureLatency, { times: undefined, seconds: 0.005 }),
]

async function withLog(measure) {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-follow-'))
  const log = join(folder, 'access.log')
  writeFileSync(log, 'the first line\n')
  try {
    return await measure(log)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function measureThroughput(command, log) {
  const source = input('log')
  const fifo = join(log, '../fifo')
  execFileSync('mkfifo', [fifo])
  // It ends when all has come.
  const reader = start(['head', '-c', `${statSync(source).size}`, fifo])
  const output = openSync(fifo, 'w')
  const follower = start(command, ['ignore', output, 'inherit'])
  closeSync(output)
  await untilOpen(follower.child.pid, log)
  await pause(200)
  const before = performance.now()
  start(['sh', '-c', 'cat "$1" >>"$2"', 'sh', source, log])
  await reader.ended
  const seconds = (performance.now() - before) / 1000
  return { seconds, megabytes: await follower.stop() }
}

async function measureLatency(command, log) {
  const follower = start(command, ['ignore', 'pipe', 'inherit'])
  await untilOpen(follower.child.pid, log)
  await pause(500)
  const times = []
  for (let line = 0; line < 100; line++) {
    const heard = once(follower.child.stdout, 'data')
    const before = performance.now()
    appendFileSync(log, `line ${line}\n`)
    await heard
    times.push((performance.now() - before) / 1000)
    await pause(20)
  }
  return { seconds: median(times), megabytes: await follower.stop() }
}
