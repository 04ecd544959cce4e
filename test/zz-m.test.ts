import { test, expect } from 'vitest'
import { readFileSync } from 'node:fs'
import { compileRegex, syntaxes } from '/work/main/src/kernel/regex/index.js'
import { copyIn, allocate, wordsAt, kernel } from '/work/main/src/kernel/index.js'
const batch = copyIn(readFileSync('/work/scratch/100m.log').subarray(0, 30_000_000))
const spans = wordsAt(allocate(1 << 20), 1 << 18)
const out = allocate(80_000_000)
function all(p: string, o: any) {
  const r = compileRegex([p], { syntax: syntaxes.sedBasic })
  let n = 0,
    from = batch.byteOffset,
    w = 0
  for (let pass = 0; pass < 2; pass++) {
    const t = process.hrtime.bigint()
    n = 0
    for (let b = 0; b < batch.length;) {
      let e = Math.min(b + 131072, batch.length)
      e = batch.lastIndexOf(10, e - 1) + 1
      const walk = r.matches({ batch, from: b, to: e }, o)
      from = batch.byteOffset + b
      for (;;) {
        const c = walk(spans)
        if (c === 0) break
        n += c
        const end = batch.byteOffset + (spans[c * 2 - 1] ?? 0)
        w = kernel.replaceSpans(batch.byteOffset, from, end, spans.byteOffset, c, out, 1, out + 1)
        from = end
      }
      b = e
    }
    const ms = Number(process.hrtime.bigint() - t) / 1e6
    console.log(
      p,
      JSON.stringify(o),
      n,
      ms.toFixed(0) + 'ms for 30MB',
      ((ms / 300) * 1.114).toFixed(3),
      's/100m',
    )
  }
}
test('x', () => {
  all('a', { onePerLine: true })
  all('[0-9]*', {})
  all('[0-9]', {})
  all('a', {})
  all(' .*', { onePerLine: true })
  all('GET', { onePerLine: true })
  all('zzzz', {})
  all('^.*"GET', { onePerLine: true })
  all('[0-9]*', { skipEmpty: true })
})
