import { execa } from 'execa'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ruleNames } from '../../src/optimise/rules/index.js'
import type { StageEnd } from '../../src/run/run.js'
import { runHere } from '../support/engines.js'
import { generated } from './pipelines.js'

/** How many pipelines, and from which seed: set both to look into a failure, or to search for longer. */
const runs = Number(process.env['SLUICE_FUZZ_RUNS'] ?? 5000)
const seed = Number(process.env['SLUICE_FUZZ_SEED'] ?? 20_261_123)

test(
  `law 1: ${runs} generated pipelines write what bash with GNU tools writes: optimised, as written, without each rule that fires, spilling, however batches are cut (seed ${seed})`,
  { timeout: 20 * 60_000 },
  async () => {
    const property = fc.asyncProperty(
      generated(),
      fc.integer({ min: 1, max: 16 }),
      async ({ spec, stdin }, readSize) => {
        const bash = realBash(spec, stdin)
        const run = { spec, stdin, cwd: '/' }
        const optimised = await runHere(run, {})
        const others = [
          { readSize, memoryBudget: 2000 },
          { readSize, without: ruleNames },
          ...optimised.rules.map((rule) => ({ without: [rule] })),
        ]
        const results = [optimised]
        for (const options of others) results.push(await runHere(run, options))
        const expected = await bash
        for (const actual of results) {
          if (actual.refused) {
            // Nothing started; then the real tool refuses the same arguments.
            expect(Math.max(...expected.codes), actual.stderr).toBeGreaterThan(0)
            continue
          }
          expect(actual.stdout.toString('latin1'), actual.stderr).toBe(expected.stdout)
          const codes = codesOf(actual.ended, expected.codes.length)
          // A rule may have joined stages; then there is no code for each.
          if (codes.length !== expected.codes.length) continue
          expect(withoutEarlyEnds(codes, expected.codes)).toEqual(withoutEarlyEnds(expected.codes, codes))
        }
      },
    )
    await fc.assert(property, { numRuns: runs, seed })
  },
)

async function realBash(spec: string, stdin: Uint8Array): Promise<{ stdout: string; codes: number[] }> {
  const { PATH = '' } = process.env
  // Where its input is a socket, bash would read the user's settings.
  const { stdio } = await execa('bash', ['--norc', '-c', `${spec}; echo "\${PIPESTATUS[@]}" >&3`], {
    input: stdin,
    cwd: '/',
    env: { PATH, LC_ALL: 'C' },
    extendEnv: false,
    encoding: 'latin1',
    stripFinalNewline: false,
    stdio: ['pipe', 'pipe', 'ignore', 'pipe'],
    reject: false,
  })
  const [, stdout, , codes] = stdio
  return { stdout, codes: codes.trim().split(' ').map(Number) }
}

/** The codes of a pipeline of so many stages, without those of its process substitutions. */
function codesOf(ended: readonly StageEnd[], count: number): number[] {
  const own = ended.filter(({ of }) => of === count)
  return own.sort((a, b) => a.position - b.position).map(({ outcome }) => outcome.code)
}

/** Whether a writer notices that its reader has gone is a matter of chance between processes: law 5 makes it no failure. */
function withoutEarlyEnds(codes: readonly number[], others: readonly number[]): (number | 'early end')[] {
  return codes.map((code, index) => (code === 141 || others[index] === 141 ? 'early end' : code))
}
