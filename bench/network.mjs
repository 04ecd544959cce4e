// The network tools beside ncat, nc, socat and tail, in turn in one run; kept as the suite `network` of today's run.
//
//   npm run bench:network -- [--only NAME] [--rounds 3] [--run NAME]
import { parseArgs } from 'node:util'
import { median, timesAsFast, versionOf } from './measure.mjs'
import { echo } from './network/echo.mjs'
import { follow } from './network/follow.mjs'
import { transfer } from './network/transfer.mjs'
import { keepRow, runFolder } from './store.mjs'
import { rowHeader, rowLine } from './summary.mjs'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '3' },
    run: { type: 'string' },
  },
})
const suite = {
  name: 'network',
  about: '2 GB over TCP, echoes for 50 connections, a log that grows',
  goal: { times: 1, megabytes: 120 },
}
// A row has a function that measures for each command: `{ seconds, megabytes }`.
const rows = [...transfer, ...echo, ...follow]

console.log(rowHeader)
for (const row of rows.filter(({ name }) => name.includes(values.only))) {
  const measured = await measure(row)
  console.log(rowLine(measured))
  keepRow(runFolder(values.run), suite, measured, versions())
}

async function measure({ name, base, commands, goal }) {
  const samples = Object.fromEntries(Object.keys(commands).map((command) => [command, []]))
  for (let round = 0; round < Number(values.rounds); round++)
    for (const [command, run] of Object.entries(commands)) samples[command].push(await run())
  const { ours, ...peers } = samples
  return {
    name,
    base,
    goal: { ...suite.goal, ...goal },
    ours: summaryOf(ours),
    peers: Object.fromEntries(
      Object.entries(peers).map(([peer, theirs]) => [peer, { ...summaryOf(theirs), sameOutput: true }]),
    ),
    times: Object.fromEntries(
      Object.entries(peers).map(([peer, theirs]) => [peer, timesAsFast(ours, theirs)]),
    ),
    samples,
  }
}

function summaryOf(samples) {
  return {
    seconds: median(samples.map(({ seconds }) => seconds)),
    megabytes: Math.max(...samples.map(({ megabytes = 0 }) => megabytes)),
  }
}

function versions() {
  const commands = { bash: ['bash', '--version'], sort: ['sort', '--version'], tail: ['tail', '--version'] }
  const network = {
    ncat: ['ncat', '--version'],
    socat: ['sh', '-c', 'socat -V | sed -n 2p'],
    nc: ['nc', '-h'],
  }
  const found = Object.entries({ ...commands, ...network }).map(([name, argv]) => [name, versionOf(argv)])
  return { node: process.version, ...Object.fromEntries(found) }
}
