// Runs every row's spec over small inputs of its kind, in Sluice and in bash, and ends with 1 where the bytes differ:
// what is measured must be right, and a row that another adds must be well written.
import { spawnSync } from 'node:child_process'
import { filled } from './inputs.mjs'
import { commandOf, ourCommand } from './peers.mjs'
import { suites } from './suites/index.mjs'

const smallBytes = 100_000

for (const { name: suite, rows } of suites)
  for (const row of rows.filter(({ spec }) => spec !== undefined)) {
    const fill = (text) => filled(text, row, smallBytes)
    const [ours, theirs] = [ourCommand(row, fill), commandOf('bash', row, fill)].map(outputOf)
    if (ours === theirs && !theirs.startsWith('failed')) continue
    console.error(`${suite}/${row.name}: ${ours === theirs ? theirs : "other bytes than bash's"}`)
    process.exitCode = 1
  }

function outputOf({ argv: [path, ...args], env }) {
  const { status, stdout, stderr } = spawnSync(path, args, { env, maxBuffer: 1 << 28, encoding: 'latin1' })
  return status === 0 || status === 1 ? stdout : `failed: ${stderr}`
}
