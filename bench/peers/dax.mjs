// Runs a spec with dax, in its own shell; without one, says its version.
import { readFileSync } from 'node:fs'
import $ from 'dax'

const [spec] = process.argv.slice(2)
if (spec === undefined)
  console.log(JSON.parse(readFileSync(new URL('node_modules/dax/package.json', import.meta.url))).version)
else await $.raw`${spec}`.noThrow()
