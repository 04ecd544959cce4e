'use strict'
// Runs what most starts run, then keeps its compiled form (see bin/load.cjs).
const { main, saveCache } = require('../bin/load.cjs')

const specs = ['grep x /dev/null | wc -l', "cut -d' ' -f1 /dev/null | sort | uniq -c | sort -rn | head"]

async function warmUp() {
  for (const spec of specs) await main('sluice', ['-c', spec], __filename)
  for (const tool of ['cut', 'grep', 'sed'])
    await main(`sluice-${tool}`, ['-n', '1p', '/dev/null'], __filename)
  saveCache()
}

warmUp().then(() => process.exit(0))
