// Measuring, for every benchmark: samples, medians, outputs, versions.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What is measured is written to a file in memory: GNU grep does less where its output is /dev/null. */
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/**
 * Runs each command once, which warms the caches, and gives its sample and a digest of its output by its name. A command
 * is `{ argv, env }`.
 */
export function warmUp(commands) {
  return Object.fromEntries(
    Object.entries(commands).map(([name, command]) => [name, measureOnce(command, digest)]),
  )
}

/** Runs the commands in turn, round by round, and gives the samples of each by its name. */
export function measureInTurn(commands, rounds) {
  const samples = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
  for (let round = 0; round < rounds; round++)
    for (const [name, command] of Object.entries(commands)) samples[name].push(measureOnce(command))
  return samples
}

/** Wall seconds, the peak memory of the largest process in MB where GNU time is there, and what `look` sees in the output. */
function measureOnce({ argv, env }, look) {
  const scratch = mkdtempSync(join(memory, 'sluice-measure-'))
  const [report, path] = [join(scratch, 'time'), join(scratch, 'output')]
  const output = openSync(path, 'w')
  const command = hasTime ? ['/usr/bin/time', '-f', '%M', '-o', report, ...argv] : argv
  try {
    const start = performance.now()
    const result = spawnSync(command[0], command.slice(1), { env, stdio: ['ignore', output, 'pipe'] })
    const seconds = (performance.now() - start) / 1000
    refuseFailure(argv, result)
    return {
      seconds: rounded(seconds, 4),
      ...(hasTime
        ? { megabytes: rounded(Number(readFileSync(report, 'utf8').trim().split('\n').at(-1)) / 1024, 1) }
        : {}),
      ...(look === undefined ? {} : { output: look(path) }),
    }
  } finally {
    closeSync(output)
    rmSync(scratch, { recursive: true })
  }
}

const hasTime = spawnSync('/usr/bin/time', ['true']).error === undefined

/** Throws where a command did not do its work; 1 is grep's code for nothing found. */
export function refuseFailure(argv, { status, signal, stderr, error }) {
  if (error !== undefined) throw error
  if (status === null || status > 1) throw new Error(`${argv.join(' ')}: ${signal ?? status}: ${stderr}`)
}

function digest(path) {
  const [hash, block, file] = [createHash('sha256'), Buffer.allocUnsafe(1 << 20), openSync(path)]
  for (let length; (length = readSync(file, block)) > 0;) hash.update(block.subarray(0, length))
  closeSync(file)
  return hash.digest('hex').slice(0, 16)
}

/** The median of each measure; the peak memory is the largest. */
export function summaryOf(samples) {
  return {
    seconds: median(samples.map(({ seconds }) => seconds)),
    megabytes: Math.max(...samples.map(({ megabytes = 0 }) => megabytes)),
  }
}

/** How many times as fast as theirs ours is: the median of the rounds' ratios, as what slows a round slows both. */
export function timesAsFast(ours, theirs) {
  return rounded(median(ours.map(({ seconds }, round) => theirs[round].seconds / seconds)), 3)
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

export function geometricMean(numbers) {
  return Math.exp(numbers.reduce((sum, number) => sum + Math.log(number), 0) / numbers.length)
}

function rounded(number, digits) {
  return Number(number.toFixed(digits))
}

/** The first line that a command says of its version; undefined where the command is not there. */
export function versionOf([path, ...args], env = process.env) {
  const { stdout, stderr, error } = spawnSync(path, args, { encoding: 'utf8', env })
  return error === undefined ? (stdout || stderr).split('\n')[0] : undefined
}
