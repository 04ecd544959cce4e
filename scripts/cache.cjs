'use strict'
// Runs what most starts run, then keeps its compiled form (see bin/load.cjs).
const { setFlagsFromString } = require('node:v8')
// V8 does not keep functions that it has made machine code of, so it makes none while all this runs. The flag is put
// back before the form is taken, because V8 refuses a form that was taken under other flags than its own.
setFlagsFromString('--no-sparkplug')
const { main, saveCache } = require('../bin/load.cjs')

const specs = [
  'grep x /dev/null | wc -l',
  "echo 'a b ab' | grep -E '(a|b)+ ?b' | grep -vi x | grep '[^c]*b$' | grep -o b | grep -c '\\(b\\)\\1'",
  "echo 'a b ab' | sed -E 's/(a) b/\\1/; s/b/c/g' | cut -d' ' -f1 | tr a-c x-z | sort | uniq -c | sort -rn | head -n 1",
  "cut -d' ' -f1 /dev/null | sort | uniq -c | sort -rn | head",
  "tr -cs A-Za-z '\\n' </dev/null | sed -n 's/a/b/p' | tail -n 1 | tee /dev/null",
  'cat /dev/null | nl | rev | tac | fold | expand | unexpand | fmt | paste - -',
  'seq 3 | shuf | comm - /dev/null | join - /dev/null',
  "echo a | gzip | gunzip | base64 | xargs printf '%s' >/dev/null; yes | head -n 1",
  '/bin/true | cat | /bin/true',
]

async function warmUp() {
  for (const spec of specs) await main('sluice', ['-c', spec], __filename)
  for (const tool of ['cut', 'grep', 'sed', 'sort', 'head', 'tail', 'wc'])
    await main(`sluice-${tool}`, ['-n', '1', '/dev/null'], __filename)
  setFlagsFromString('--sparkplug')
  saveCache()
}

warmUp().then(() => process.exit(0))
