// Measuring and keeping, for every benchmark: samples, medians, versions, and what is stored under bench/runs/.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { arch, cpus, platform, release, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'

/**
 * Runs the commands in turn, round by round, and gives the samples of each by its name. The first round warms the
 * caches and does not count. A command is `{ argv, env }`.
 */
export function measureInTurn(commands, rounds) {
  const samples = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
  for (let round = -1; round < rounds; round++)
    for (const [name, command] of Object.entries(commands)) {
      const sample = measureOnce(command)
      if (round >= 0) samples[name].push(sample)
    }
  return samples
}

/** Wall seconds, and the peak memory of the largest process in MB where GNU time is there. */
function measureOnce({ argv, env }) {
  const scratch = mkdtempSync(join(tmpdir(), 'sluice-measure-'))
  const report = join(scratch, 'time')
  const command = hasTime ? ['/usr/bin/time', '-f', '%M', '-o', report, ...argv] : argv
  try {
    const start = performance.now()
    const result = spawnSync(command[0], command.slice(1), { env, stdio: ['ignore', 'ignore', 'pipe'] })
    const seconds = (performance.now() - start) / 1000
    refuseFailure(argv, result)
    if (!hasTime) return { seconds }
    return { seconds, megabytes: Number(readFileSync(report, 'utf8').trim().split('\n').at(-1)) / 1024 }
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

const hasTime = spawnSync('/usr/bin/time', ['true']).error === undefined

/** Throws where a command did not do its work; 1 is grep's code for nothing found. */
export function refuseFailure(argv, { status, signal, stderr, error }) {
  if (error !== undefined) throw error
  if (status === null || status > 1) throw new Error(`${argv.join(' ')}: ${signal ?? status}: ${stderr}`)
}

/** The median of each measure; the peak memory is the largest. */
export function summaryOf(samples) {
  return {
    seconds: median(samples.map(({ seconds }) => seconds)),
    megabytes: Math.max(...samples.map(({ megabytes = 0 }) => megabytes)),
  }
}

/** The median of the ratios of two commands' times, round by round: what slows a round slows both. */
export function ratioOf(ours, theirs) {
  return median(ours.map(({ seconds }, round) => seconds / theirs[round].seconds))
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

/** The first line that each command says of its version, by its name. */
export function versionsOf(commands) {
  return Object.fromEntries(
    Object.entries(commands).map(([name, [path, ...args]]) => {
      const { stdout = '', stderr = '' } = spawnSync(path, args, { encoding: 'utf8' })
      return [name, (stdout || stderr).split('\n')[0]]
    }),
  )
}

/** Keeps a record as bench/runs/<date>-<machine>/<name>.json, with what it was measured on, and gives its path. */
export function keep(name, record) {
  const date = new Date().toISOString().slice(0, 10)
  const folder = new URL(`runs/${date}-${platform()}-${arch()}-${cpus().length}c/`, import.meta.url)
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, memory: totalmem(), kernel: release() }
  mkdirSync(folder, { recursive: true })
  const file = new URL(`${name}.json`, folder)
  writeFileSync(
    file,
    `${JSON.stringify({ date, node: process.version, machine, ...record }, undefined, 2)}\n`,
  )
  return file.pathname
}
