import { expect, test } from 'vitest'
import { runHere, withFiles } from '../support/engines.js'

test('memory that a stage hands on is the next one’s', async () => {
  const lines = Array.from({ length: 1_500_000 }, (_, index) => `${index} line\n`).join('')
  await withFiles({ file: lines }, async (cwd) => {
    const run = { spec: 'uniq -c file | grep line | cut -c1-12 | rev', stdin: Buffer.alloc(0), cwd }
    const { ended } = await runHere(run, { measures: true })
    const peaks = ended.map(({ outcome, meter }) => ({
      name: outcome.name,
      peak: meter?.statistics.peakMemory ?? 0,
    }))
    expect(peaks).toHaveLength(4)
    for (const { peak } of peaks) {
      expect(peak).toBeGreaterThan(64 * 1024)
      expect(peak).toBeLessThan(4 * 1024 * 1024)
    }
  })
})
