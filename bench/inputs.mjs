// Inputs as files, made from their recipes where they are not there yet.
import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { recipes } from './recipes.mjs'

const folder = process.env.SLUICE_BENCH_DATA ?? join(tmpdir(), 'sluice-bench')

/** A changed recipe makes a new file. */
const version = createHash('sha256')
  .update(readFileSync(new URL('recipes.mjs', import.meta.url)))
  .digest('hex')
  .slice(0, 8)

/** The path of an input; `most` is for tests, which need the same kind of lines but fewer. */
export function input(name, most = Infinity) {
  const { bytes, pieces } = recipes[name]
  const size = Math.min(bytes, most)
  mkdirSync(folder, { recursive: true })
  const path = join(folder, [name, version, ...(size === bytes ? [] : [size])].join('-'))
  if (existsSync(path)) return path
  const fd = openSync(`${path}.part`, 'w')
  for (const piece of pieces(size)) for (let at = 0; at < piece.length;) at += writeSync(fd, piece, at)
  closeSync(fd)
  renameSync(`${path}.part`, path)
  return path
}

/** A row's text with the paths of its inputs in it: `$F` is the first, others have names of their own. */
export function filled(text, row, most) {
  const names = { F: row.input, ...row.others }
  return Object.entries(names).reduce(
    (result, [name, recipe]) => result.replaceAll(`$${name}`, () => input(recipe, most)),
    text,
  )
}
