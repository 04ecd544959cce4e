// Runs the suites, sluice and its peer in turn in one run, and keeps what was measured under bench/runs/.
//
//   npm run bench                     all suites
//   npm run bench -- --only grep      the suites whose name contains "grep"
//   npm run bench -- --runs 2         two pairs of each
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { arch, cpus, platform, release, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { input } from './inputs.mjs'
import { suites } from './suites.mjs'

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, runs: { type: 'string' } },
})
const shim = new URL('../bin/sluice.cjs', import.meta.url).pathname
const links = mkdtempSync(join(tmpdir(), 'sluice-bench-'))
for (const name of ['sluice', 'sluice-cut']) symlinkSync(shim, join(links, name))
const env = { ...process.env, LC_ALL: 'C', PATH: `${links}:${process.env.PATH}` }

const results = []
printHeader()
for (const suite of suites.filter(({ name }) => name.includes(values.only))) {
  const result = measure(suite)
  results.push(result)
  print(result)
  // What was measured is kept also when the rest is cut off.
  if (values.only === '') keep(results)
}
rmSync(links, { recursive: true })

function measure({ name, input: inputName, spec, tool, against, runs: usualRuns = 5, ...limits }) {
  const runs = values.runs === undefined ? usualRuns : Number(values.runs)
  const file = input(inputName)
  const filled = (text) => text.replaceAll('$F', file)
  const ours = spec === undefined ? ['sh', '-c', filled(tool)] : ['sluice', '-c', filled(spec)]
  const peer = against === undefined ? ['bash', '-c', filled(spec)] : against.split(' ')
  const samples = { ours: [], peer: [] }
  for (let run = -1; run < runs; run++) {
    for (const [side, argv] of [
      ['ours', ours],
      ['peer', peer],
    ]) {
      const sample = time(argv)
      // The first pair warms the caches and does not count.
      if (run >= 0) samples[side].push(sample)
    }
  }
  return { name, ours, peer, ...limits, samples, ratio: ratioOf(samples), ...summaryOf(samples) }
}

/** Wall seconds, and the peak memory of the largest process in MB where GNU time is there. */
function time(argv) {
  const report = join(links, 'time')
  const hasTime = spawnSync('/usr/bin/time', ['true']).error === undefined
  const command = hasTime ? ['/usr/bin/time', '-f', '%M', '-o', report, ...argv] : argv
  const start = performance.now()
  const { status, stderr, signal } = spawnSync(command[0], command.slice(1), {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const seconds = (performance.now() - start) / 1000
  if (status === null || status > 1) throw new Error(`${argv.join(' ')}: ${signal ?? status}: ${stderr}`)
  const megabytes = hasTime
    ? Number(readFileSync(report, 'utf8').trim().split('\n').at(-1)) / 1024
    : undefined
  return { seconds, megabytes }
}

function ratioOf({ ours, peer }) {
  return median(ours.map(({ seconds }, index) => seconds / peer[index].seconds))
}

function summaryOf({ ours, peer }) {
  const seconds = (side) => median(side.map((sample) => sample.seconds))
  return {
    oursSeconds: seconds(ours),
    peerSeconds: seconds(peer),
    oursMegabytes: Math.max(...ours.map(({ megabytes = 0 }) => megabytes)),
  }
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

function printHeader() {
  console.log('suite              sluice s   peer s   ratio   target   peak MB')
}

function print({ name, oursSeconds, peerSeconds, ratio, atMost, megabytes, oursMegabytes }) {
  const cells = [
    name.padEnd(16),
    oursSeconds.toFixed(3).padStart(10),
    peerSeconds.toFixed(3).padStart(8),
    ratio.toFixed(2).padStart(7),
    (atMost === undefined ? '' : `≤ ${atMost}`).padStart(8),
    `${oursMegabytes.toFixed(0)}${megabytes === undefined ? '' : ` ≤ ${megabytes}`}`.padStart(10),
  ]
  console.log(cells.join(' '))
}

function keep(all) {
  const date = new Date().toISOString().slice(0, 10)
  const folder = new URL(`runs/${date}-${platform()}-${arch()}-${cpus().length}c/`, import.meta.url)
  mkdirSync(folder, { recursive: true })
  const versions = Object.fromEntries(
    ['bash', 'cut', 'grep', 'sed', 'sort'].map((tool) => [
      tool,
      execFileSync(tool, ['--version']).toString().split('\n')[0],
    ]),
  )
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, memory: totalmem(), kernel: release() }
  const record = { date, node: process.version, machine, versions, results: all }
  writeFileSync(new URL('results.json', folder), `${JSON.stringify(record, undefined, 2)}\n`)
}
