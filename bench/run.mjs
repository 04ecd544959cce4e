// Measures rows of the suites, Sluice and its peers in turn in one run, and keeps what was measured under bench/runs/.
//
//   npm run bench                              all rows, beside bash
//   npm run bench -- --only grep               the rows whose name contains "grep"
//   npm run bench -- --group published         the suites whose name begins so
//   npm run bench -- --peers busybox,mawk      beside these too; `all`: beside all that are installed
//   npm run bench -- --resume                  only the rows that the run's folder does not have
//   npm run bench -- --run NAME                the folder's name, instead of date and machine
//   npm run bench -- --runs 2                  two rounds of each
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { filled } from './inputs.mjs'
import { measureInTurn, summaryOf, timesAsFast, versionOf, warmUp } from './measure.mjs'
import { commandOf, env, ourCommand, peers } from './peers.mjs'
import { keepRow, readSuite, runFolder } from './store.mjs'
import { suites } from './suites/index.mjs'
import { rowHeader, rowLine, suiteLine } from './summary.mjs'

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    group: { type: 'string', default: '' },
    peers: { type: 'string', default: '' },
    resume: { type: 'boolean', default: false },
    run: { type: 'string' },
    runs: { type: 'string' },
  },
})
const folder = runFolder(options.run)
const installed = versionsOfPeers(['bash', 'node', ...peersAskedFor(options.peers)])
const tools = ['cut', 'grep', 'sed', 'sort', 'awk'].map((name) => [name, versionOf([name, '--version'], env)])
const versions = {
  sluice: versionOf(['sluice', '--version'], env),
  ...installed,
  ...Object.fromEntries(tools),
}

for (const suite of suites.filter(({ name }) => name.startsWith(options.group))) {
  const rows = rowsOf(suite)
  if (rows.length === 0) continue
  console.log(`\n${suite.name}: ${suite.about}\n${rowHeader}`)
  for (const row of rows) {
    const measured = measure(row)
    // What was measured is kept also when the rest is cut off.
    keepRow(folder, suite, measured, versions)
    console.log(rowLine(measured))
  }
  console.log(suiteLine(readSuite(folder, suite.name)))
}

function peersAskedFor(text) {
  const names = text === 'all' ? Object.keys(peers) : text.split(',').filter((name) => name !== '')
  const unknown = names.filter((name) => !(name in peers))
  if (unknown.length > 0)
    throw new Error(`no such peer: ${unknown.join(', ')}; there are ${Object.keys(peers).join(', ')}`)
  return names
}

function versionsOfPeers(names) {
  const known = names.map((name) => [name, versionOf(peers[name].version, env)])
  return Object.fromEntries(known.filter(([, version]) => version !== undefined))
}

/** The rows that are asked for, with what they have of their suite. */
function rowsOf({ name, goal, rows }) {
  const kept = options.resume ? readSuite(folder, name).rows : {}
  return rows
    .filter((row) => row.name.includes(options.only) && !(row.name in kept))
    .filter(({ needs }) => needs === undefined || existsSync(new URL(`../${needs}`, import.meta.url)))
    .map((row) => ({ base: 'bash', ...row, goal: { megabytes: 256, times: goal.times, ...row.goal } }))
}

function measure(row) {
  const fill = (text) => filled(text, row)
  const others = Object.keys(installed).map((name) => [name, commandOf(name, row, fill)])
  const isMeasured = ([name, command]) => command !== undefined && (row.base === 'bash' || name === row.base)
  const commands = { sluice: ourCommand(row, fill), ...Object.fromEntries(others.filter(isMeasured)) }
  const warm = warmUp(commands)
  const rounds = roundsFor(row, warm)
  const { sluice: ours, ...theirs } = rounds === 0 ? samplesOf(warm) : measureInTurn(commands, rounds)
  const byPeer = (result) =>
    Object.fromEntries(Object.entries(theirs).map(([name, samples]) => [name, result(samples, name)]))
  const sameOutput = (name) => warm[name].output === warm.sluice.output
  return {
    name: row.name,
    input: row.input,
    spec: row.spec ?? row.ours,
    base: row.base,
    goal: row.goal,
    times: byPeer((samples) => timesAsFast(ours, samples)),
    ...(row.base === 'bash' ? { sameOutput: sameOutput('bash') } : {}),
    ours: { ...summaryOf(ours), samples: ours },
    peers: byPeer((samples, name) => ({ ...summaryOf(samples), sameOutput: sameOutput(name), samples })),
  }
}

/** The round that warms the caches, as the only one. */
function samplesOf(warm) {
  return Object.fromEntries(
    Object.entries(warm).map(([name, { seconds, megabytes }]) => [name, [{ seconds, megabytes }]]),
  )
}

/** Short rows are measured more often: there chance weighs more. What takes long is its own warming up. */
function roundsFor({ runs }, warm) {
  if (options.runs !== undefined) return Number(options.runs)
  if (runs !== undefined) return runs
  const longest = Math.max(...Object.values(warm).map(({ seconds }) => seconds))
  return longest > 15 ? 0 : longest > 3 ? 3 : 5
}
