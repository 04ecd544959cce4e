import { describe, expect, test } from 'vitest'
import { compile } from '../../src/compile.js'
import type { PlanStage } from '../../src/plan/plan.js'
import { parse } from '../../src/syntax/index.js'
import { runHere } from '../support/engines.js'

/** What a spec becomes: each stage as it was written, or what an operator does in its place. */
async function optimised(spec: string): Promise<string> {
  const source = { name: '-c', text: spec }
  const { optimised, diagnostics } = await compile(source, parse(source, { declarations: false }), {
    env: {},
    cwd: import.meta.dirname,
    name: 'sluice',
    positional: [],
    without: new Set(),
  })
  expect(diagnostics).toEqual([])
  const text = (stage: PlanStage): string =>
    stage.kind === 'operator' ? `[${stage.operator.action}]` : spec.slice(stage.span.start, stage.span.end)
  return optimised.list.items.map(({ pipeline }) => pipeline.stages.map(text).join(' | ')).join('; ')
}

const counted = '[count equal lines in a hash table, sort the different ones]'
const countedOnly = '[count equal lines in a hash table]'
const passed = '[pass the lines on as they come]'

const rows: Readonly<Record<string, readonly (readonly [spec: string, after: string])[]>> = {
  'drop-copies': [
    ['seq 3 | cat | tac', 'seq 3 | tac'],
    ['seq 3 | cat', 'seq 3 | cat'],
    ['seq 3 | cat - rules.test.ts | tac', 'seq 3 | cat - rules.test.ts | tac'],
    ['seq 3 | cat -n | tac', 'seq 3 | cat -n | tac'],
    ['seq 3 | cat 2>/dev/null | tac', 'seq 3 | cat 2>/dev/null | tac'],
  ],
  'hash-aggregate': [
    ['seq 3 | sort | uniq -c', `seq 3 | ${counted}`],
    ['sort rules.test.ts | uniq', counted],
    ['sort -k2n -t: <rules.test.ts | uniq -d >/dev/null', counted],
    ['LC_ALL=C sort rules.test.ts | LC_ALL=C uniq -u', counted],
    // A key alone does not bring equal lines together.
    ['sort -s -k2 rules.test.ts | uniq -c', 'sort -s -k2 rules.test.ts | uniq -c'],
    ['sort -u -k2 rules.test.ts | uniq -c', 'sort -u -k2 rules.test.ts | uniq -c'],
    ['sort -m rules.test.ts | uniq', 'sort -m rules.test.ts | uniq'],
    ['sort -R rules.test.ts | uniq', 'sort -R rules.test.ts | uniq'],
    // What is the same to uniq is not the same line.
    ['sort rules.test.ts | uniq -i', 'sort rules.test.ts | uniq -i'],
    ['sort rules.test.ts | uniq -f 1', 'sort rules.test.ts | uniq -f 1'],
    ['sort rules.test.ts | uniq -D', 'sort rules.test.ts | uniq -D'],
    ['sort -z rules.test.ts | uniq', 'sort -z rules.test.ts | uniq'],
    // The lines go elsewhere, or come from elsewhere.
    ['sort rules.test.ts | uniq rules.test.ts', 'sort rules.test.ts | uniq rules.test.ts'],
    ['sort -o /dev/null rules.test.ts | uniq', 'sort -o /dev/null rules.test.ts | uniq'],
    ['sort rules.test.ts >/dev/null | uniq', 'sort rules.test.ts >/dev/null | uniq'],
    ['sort rules.test.ts | uniq <rules.test.ts', 'sort rules.test.ts | uniq <rules.test.ts'],
    ['sort rules.test.ts |& uniq', 'sort rules.test.ts | uniq'],
    ['sort <(seq 3) | uniq', 'sort <(seq 3) | uniq'],
  ],
  'order-not-needed': [
    ['sort rules.test.ts | sort -rn', `${passed} | sort -rn`],
    ['sort | wc -l', `${passed} | wc -l`],
    ['sort -z | wc', 'sort -z | wc'],
    ['sort | grep -a x | sort -z', 'sort | grep -a x | sort -z'],
    ['sort -u rules.test.ts | wc -l', `${countedOnly} | wc -l`],
    ['sort | uniq -c | sort -rn', `${countedOnly} | sort -rn`],
    // The second sort leaves lines with the same key as they come.
    ['sort | sort -s -k2', 'sort | sort -s -k2'],
    ['sort | sort -u -k2', 'sort | sort -u -k2'],
    ['sort | sort -c', 'sort | sort -c'],
    ['sort -u -k2 | sort', 'sort -u -k2 | sort'],
    ['sort | grep -a x | tr a-z A-Z | sort', `${passed} | grep -a x | tr a-z A-Z | sort`],
    // A file is binary by what stands first in it.
    ['sort | grep x | sort', 'sort | grep x | sort'],
    ['sort | cat -n | sort', 'sort | cat -n | sort'],
    ['sort | tee /dev/null | sort', 'sort | tee /dev/null | sort'],
    ['sort | /usr/bin/env cat | sort', 'sort | /usr/bin/env cat | sort'],
    // Of the first file nothing is written if the second cannot be read to its end.
    ['sort rules.test.ts - | wc -l', 'sort rules.test.ts - | wc -l'],
  ],
  'hash-distinct': [
    ['sort -u', counted],
    ['sort -u -r rules.test.ts | sort -m', `${counted} | sort -m`],
    // Lines with the same key are not the same line.
    ['sort -u -k2', 'sort -u -k2'],
    ['sort -u -f', 'sort -u -f'],
    ['sort -n -u', 'sort -n -u'],
    ['sort -u -o /dev/null', 'sort -u -o /dev/null'],
    ['sort', 'sort'],
  ],
  'top-k': [
    ['sort rules.test.ts | head -n 3', '[top K: keep the first 3 lines while reading]'],
    ['sort -s -k2 | tail -n 3', '[top K: keep the last 3 lines while reading]'],
    ['sort | sed 100q', '[top K: keep the first 100 lines while reading]'],
    ['sort | sed 100q1', 'sort | sed 100q1'],
    ['sort | sed -n 100q', 'sort | sed -n 100q'],
    ["sort | sed '100!q'", "sort | sed '100!q'"],
    ["sort | sed '/a/q'", "sort | sed '/a/q'"],
    ["sort | sed '3q;p'", "sort | sed '3q;p'"],
    ['sort -u | head', '[top K: keep the first 10 lines while reading]'],
    [
      'sort | uniq -c | sort -rn | head -n 5',
      `${countedOnly} | [top K: keep the first 5 lines while reading]`,
    ],
    ['sort -u | tail', `${counted} | tail`],
    ['sort | head -c 3', 'sort | head -c 3'],
    ['sort | head -n -3', 'sort | head -n -3'],
    ['sort | tail -n +3', 'sort | tail -n +3'],
    ['sort | tail -f', 'sort | tail -f'],
    ['sort | head -v', 'sort | head -v'],
    ['sort -z | head', 'sort -z | head'],
    ['sort | head -n 1000000', 'sort | head -n 1000000'],
    ['sort -m rules.test.ts | head -n 3', 'sort -m rules.test.ts | head -n 3'],
  ],
}

describe.each(Object.entries(rows))('rule %s', (_rule, cases) => {
  test.each(cases)('%s', async (spec, after) => {
    expect(await optimised(spec)).toBe(after)
  })
})

describe('what stands for stages fails as they do', () => {
  test.each([
    ['a folder as input', 'sort / | uniq -c', 2, 'sort: read failed: /: Is a directory\n'],
    ['a full disk', 'seq 3 | sort | uniq -c >/dev/full', 1, 'uniq: write error: No space left on device\n'],
    [
      'a full disk behind different lines',
      'seq 3 | sort -u >/dev/full',
      2,
      /^sort: fflush failed: 'standard output': No space left on device\nsort: write error\n$/,
    ],
    [
      'a full disk behind the first lines',
      'seq 3 | sort | head -n 1 >/dev/full',
      1,
      'head: write error: No space left on device\n',
    ],
    [
      'no folder to spill to',
      'seq 999 | TMPDIR=/none sort | uniq',
      2,
      /^sort: cannot create temporary file in '\/none'/,
    ],
  ])('%s', async (_title, spec, exit, stderr) => {
    const stdin = new Uint8Array()
    const run = { spec, stdin, cwd: '/' }
    const asWritten = await runHere(run, { without: Object.keys(rows), memoryBudget: 1000 })
    const result = await runHere(run, { memoryBudget: 1000 })
    expect(result.exit).toBe(exit)
    if (typeof stderr === 'string') expect(result.stderr).toBe(stderr)
    else expect(result.stderr).toMatch(stderr)
    expect(result.exit).toBe(asWritten.exit)
    expect(result.stdout).toEqual(asWritten.stdout)
  })
})
