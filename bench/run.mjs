// Runs the suites, sluice and its peer in turn in one run, and keeps what was measured under bench/runs/.
//
//   npm run bench                     all suites
//   npm run bench -- --only grep      the suites whose name contains "grep"
//   npm run bench -- --runs 2         two pairs of each
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { input } from './inputs.mjs'
import { keep, measureInTurn, ratioOf, summaryOf, versionsOf } from './measure.mjs'
import { suites } from './suites.mjs'

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, runs: { type: 'string' } },
})
const shim = new URL('../bin/sluice.cjs', import.meta.url).pathname
const links = mkdtempSync(join(tmpdir(), 'sluice-bench-'))
for (const name of ['sluice', 'sluice-cut']) symlinkSync(shim, join(links, name))
const env = { ...process.env, LC_ALL: 'C', PATH: `${links}:${process.env.PATH}` }

const versions = versionsOf(
  Object.fromEntries(['bash', 'cut', 'grep', 'sed', 'sort'].map((name) => [name, [name, '--version']])),
)
const results = []
printHeader()
for (const suite of suites.filter(({ name }) => name.includes(values.only))) {
  const result = measure(suite)
  results.push(result)
  print(result)
  // What was measured is kept also when the rest is cut off.
  if (values.only === '') keep('results', { versions, results })
}
rmSync(links, { recursive: true })

function measure({ name, input: inputName, spec, tool, against, runs: usualRuns = 5, ...limits }) {
  const runs = values.runs === undefined ? usualRuns : Number(values.runs)
  const file = input(inputName)
  const filled = (text) => text.replaceAll('$F', file)
  const ours = spec === undefined ? ['sh', '-c', filled(tool)] : ['sluice', '-c', filled(spec)]
  const peer = against === undefined ? ['bash', '-c', filled(spec)] : against.split(' ')
  const samples = measureInTurn({ ours: { argv: ours, env }, peer: { argv: peer, env } }, runs)
  const [{ seconds: oursSeconds, megabytes: oursMegabytes }, { seconds: peerSeconds }] = [
    summaryOf(samples.ours),
    summaryOf(samples.peer),
  ]
  const ratio = ratioOf(samples.ours, samples.peer)
  return { name, ours, peer, ...limits, samples, ratio, oursSeconds, peerSeconds, oursMegabytes }
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
