// Runs a spec of words, quotes and pipes with execa, a process a stage; without one, says its version.
import { readFileSync } from 'node:fs'
import { execa } from 'execa'

const [spec] = process.argv.slice(2)
if (spec === undefined)
  console.log(JSON.parse(readFileSync(new URL('node_modules/execa/package.json', import.meta.url))).version)
else await run(stagesOf(spec))

async function run([[file, ...args], ...others]) {
  const options = (last) => ({ reject: false, buffer: false, stdout: last ? 'inherit' : 'pipe' })
  let running = execa(file, args, { ...options(others.length === 0), stdin: 'ignore' })
  for (const [index, [name, ...rest]] of others.entries())
    running = running.pipe(name, rest, options(index === others.length - 1))
  await running
}

/** The words of each stage. */
function stagesOf(text) {
  const stages = [[]]
  for (const [token] of text.matchAll(/\||(?:'[^']*'|"[^"]*"|[^\s|'"])+/g)) {
    if (token === '|') stages.push([])
    else stages.at(-1).push(token.replace(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double))
  }
  return stages
}
