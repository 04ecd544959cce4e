import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'

const scratch = mkdtempSync(join(tmpdir(), 'sluice-bench-test-'))
afterAll(() => rmSync(scratch, { recursive: true }))

function node(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, SLUICE_BENCH_DATA: scratch },
  })
}

test('every row of the suites writes what bash writes, over small inputs', { timeout: 300_000 }, () => {
  expect(node('bench/check.mjs')).toMatchObject({ stderr: '', status: 0 })
})

test('the README has the latest run (mend with `npm run render`)', () => {
  expect(node('bench/readme.mjs', '--check')).toMatchObject({ stderr: '', status: 0 })
})

describe('comparing two runs', () => {
  /** A run of one row: seconds and MB of ours, and the seconds of bash. */
  function run(name: string, [seconds, megabytes, base]: readonly number[]): string {
    const folder = join(scratch, name)
    const row = {
      name: 'cut',
      base: 'bash',
      ours: { seconds, megabytes },
      peers: { bash: { seconds: base } },
    }
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'one-tool.json'), JSON.stringify({ suite: 'one-tool', rows: { cut: row } }))
    return folder
  }
  test.each([
    ['as fast', [1, 100, 2], [1.1, 100, 2], 0, 'no row is worse'],
    ['slower than both thresholds allow', [1, 100, 2], [1.2, 100, 2], 1, 'slower'],
    ['slower by a part of very little', [0.05, 100, 2], [0.07, 100, 2], 0, 'no row is worse'],
    ['slower on a slower machine', [1, 100, 2], [2, 100, 4], 0, 'no row is worse'],
    ['as slow as before, where bash became faster', [1, 100, 2], [1, 100, 1], 1, 'slower'],
    ['larger', [1, 100, 2], [1, 140, 2], 1, 'larger'],
  ])('%s', (_title, before, after, status, said) => {
    const result = node('bench/compare.mjs', run('before', before), run('after', after))
    expect(result.stdout + result.stderr).toContain(said)
    expect(result.status).toBe(status)
  })
})
