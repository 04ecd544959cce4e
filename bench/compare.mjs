// Compares two runs, and ends with 1 where a row became slower or larger by more than the thresholds allow:
//
//   npm run bench:compare -- RUN RUN [--relative 0.15] [--absolute 0.03] [--megabytes 16]
//
// What slows the base slows Sluice too, so the time expected is the earlier one times the base's change. A row is worse
// when it is beyond that by the relative threshold, and also by the absolute one in seconds.
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readRun, runFolder } from './store.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    relative: { type: 'string', default: '0.15' },
    absolute: { type: 'string', default: '0.03' },
    megabytes: { type: 'string', default: '16' },
  },
})
const [relative, absolute, megabytes] = [values.relative, values.absolute, values.megabytes].map(Number)
if (positionals.length !== 2) throw new Error('two runs are needed: folders, or names under bench/runs')
const [earlier, later] = positionals.map((name) => rowsOfRun(existsSync(name) ? name : runFolder(name)))

let worse = 0
console.log('row                                      before s    after s   expected     before MB  after MB')
for (const [name, before] of earlier) {
  const after = later.get(name)
  if (after === undefined) continue
  const expected = before.ours.seconds * (after.peers[after.base].seconds / before.peers[before.base].seconds)
  const findings = [
    ...(beyond(after.ours.seconds, expected, absolute) ? ['slower'] : []),
    ...(beyond(after.ours.megabytes, before.ours.megabytes, megabytes) ? ['larger'] : []),
  ]
  worse += findings.length
  const cells = [before.ours.seconds, after.ours.seconds, expected].map((seconds) =>
    seconds.toFixed(3).padStart(10),
  )
  const sizes = [before, after].map(({ ours }) => ours.megabytes.toFixed(0).padStart(9))
  console.log([name.padEnd(38), ...cells, '   ', ...sizes, findings.join(', ')].join(' ').trimEnd())
}
console.log(worse === 0 ? 'no row is worse' : `${worse} worse`)
process.exitCode = worse === 0 ? 0 : 1

function beyond(value, expected, least) {
  return value > expected * (1 + relative) && value - expected > least
}

/** Rows by suite and name. */
function rowsOfRun(folder) {
  const suites = readRun(folder)
  return new Map(
    suites.flatMap(({ suite, rows }) => Object.values(rows).map((row) => [`${suite}/${row.name}`, row])),
  )
}
