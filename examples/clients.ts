import { cut, file, head, pipe, sluice, sort, uniq } from 'sluice'

// Stages whose streams do not fit do not compile: pipe(gzip(), grep('x')).
const top = pipe(
  file('examples/access.log'),
  cut({ delimiter: ' ', fields: 1 }),
  sort(),
  uniq({ count: true }),
  sort({ reverse: true, numericSort: true }),
  head({ lines: 3 }),
)
for await (const line of top) console.log(line)

// Holes are values, never syntax.
const word = 'Googlebot; rm -rf /'
const { code } = await sluice`grep -c ${word} examples/access.log`.run()
console.log(`grep ended with ${code}`)
