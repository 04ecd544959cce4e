// What was measured, kept: a folder for each day and machine, in it a file for each suite.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { arch, cpus, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'

const runs = new URL('runs/', import.meta.url).pathname

/** The folder of today's run on this machine, or of the one with a name. */
export function runFolder(name = `${today()}-${platform()}-${arch()}-${cpus().length}c`) {
  return join(runs, name)
}

export function latestRun() {
  const latest = existsSync(runs) ? readdirSync(runs).sort().at(-1) : undefined
  return latest === undefined ? undefined : join(runs, latest)
}

/** What a run has of a suite; its rows by name. */
export function readSuite(folder, name) {
  try {
    return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    return { rows: {} }
  }
}

/** Every suite of a run, in the order of their names. */
export function readRun(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return names.sort().map((name) => readSuite(folder, name.slice(0, -'.json'.length)))
}

/** Adds a row to what a run has of a suite, or takes the place of the one of its name. */
export function keepRow(folder, suite, row, versions) {
  const kept = readSuite(folder, suite.name)
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, memory: totalmem(), kernel: release() }
  mkdirSync(folder, { recursive: true })
  const record = {
    suite: suite.name,
    about: suite.about,
    goal: suite.goal,
    date: today(),
    machine,
    versions: { ...kept.versions, ...versions },
    rows: { ...kept.rows, [row.name]: row },
  }
  writeFileSync(join(folder, `${suite.name}.json`), `${JSON.stringify(record, undefined, 1)}\n`)
}

function today() {
  return new Date().toISOString().slice(0, 10)
}
