// Runs a spec with zx, in its bash; without one, says its version.
import { readFileSync } from 'node:fs'
import { $ } from 'zx'

const [spec] = process.argv.slice(2)
if (spec === undefined)
  console.log(JSON.parse(readFileSync(new URL('node_modules/zx/package.json', import.meta.url))).version)
else await $({ nothrow: true, stdio: ['ignore', 'inherit', 'inherit'] })([spec])
