// Puts the latest run's table into the README; with --check, ends with 1 where it is not there as it should be.
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { latestRun, readRun } from './store.mjs'
import { suites } from './suites/index.mjs'
import { summaryOfSuite } from './summary.mjs'

const [start, end] = ['<!-- bench -->', '<!-- /bench -->']
const readme = readFileSync('README.md', 'utf8')
const folder = latestRun()
const order = suites.map(({ name }) => name)
// What is measured beside others than bash has no place in the table.
const measured = folder === undefined ? [] : readRun(folder).filter(({ suite }) => order.includes(suite))
const wanted = measured.length === 0 ? readme : withTable(readme)

if (!process.argv.includes('--check')) writeFileSync('README.md', wanted)
else if (wanted !== readme) {
  console.error('the README does not have the latest run: `npm run render` puts it there')
  process.exitCode = 1
}

function withTable(text) {
  const [before, rest] = text.split(start)
  const after = rest.split(end)[1]
  return `${before}${start}\n\n${table()}\n\n${end}${after}`
}

function table() {
  const sorted = measured.sort((a, b) => order.indexOf(a.suite) - order.indexOf(b.suite))
  const [{ machine, versions }] = sorted
  const rows = sorted.map(summaryOfSuite).filter(({ count }) => count > 0)
  return [
    '| suite | what | rows | mean | least | MB |',
    '| --- | --- | --: | --: | --: | --: |',
    ...rows.map(
      ({ suite, about, count, mean, least, megabytes }) =>
        `| ${suite} | ${about.replaceAll('|', '\\|')} | ${count} | ${mean.toFixed(1)} | ${least.toFixed(1)} | ${megabytes.toFixed(0)} |`,
    ),
    '',
    `Run \`${basename(folder)}\`: ${machine.cores} cores (${machine.cpu}), Node ${versions.node.slice(1)}, ${versions.bash.split(' (')[0]}, ${versions.sort}.`,
  ].join('\n')
}
