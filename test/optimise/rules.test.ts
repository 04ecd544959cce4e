import { describe, expect, test } from 'vitest'
import { compile } from '../../src/compile.js'
import type { Machine } from '../../src/optimise/rule.js'
import { type PlanStage, staticText } from '../../src/plan/plan.js'
import { parse } from '../../src/syntax/index.js'
import { runHere, type SpecResult, withFiles } from '../support/engines.js'

/** What a spec becomes: each stage as it was written, or what an operator does in its place. */
async function optimised(spec: string, machine?: Machine): Promise<string> {
  const source = { name: '-c', text: spec }
  const { optimised, diagnostics } = await compile(source, parse(source, { declarations: false }), {
    env: {},
    cwd: import.meta.dirname,
    name: 'sluice',
    positional: [],
    optimise: machine === undefined ? {} : { machine },
  })
  expect(diagnostics).toEqual([])
  const text = (stage: PlanStage): string => {
    if (stage.kind === 'operator') return `[${stage.operator.action}]`
    if (stage.kind === 'parallel') return `${stage.threads} × { ${stage.parts.map(text).join(' | ')} }`
    const written = spec.slice(stage.span.start, stage.span.end)
    return stage.kind === 'command' ? withInput(written, stage) : written
  }
  return optimised.list.items.map(({ pipeline }) => pipeline.stages.map(text).join(' | ')).join('; ')
}

/** A command, with the input that a rule gave it in front. */
function withInput(written: string, { span, redirections }: PlanStage): string {
  const input = redirections.find(({ span: { start } }) => start < span.start)
  return input === undefined ? written : `<${staticText(input.target)} ${written}`
}

const counted = '[count equal lines in a hash table, sort the different ones]'
const countedOnly = '[count equal lines in a hash table]'
const countedLines = '[count the lines that match]'
const countedPieces = '[count equal pieces of lines in a hash table]'
const sortedPieces = '[count equal pieces of lines in a hash table, sort the different ones]'
const passed = '[pass the lines on as they come]'

const rows: Readonly<Record<string, readonly (readonly [spec: string, after: string])[]>> = {
  'drop-copies': [
    ['seq 3 | cat | tac', 'seq 3 | tac'],
    ['seq 3 | cat', 'seq 3 | cat'],
    ['seq 3 | cat - rules.test.ts | tac', 'seq 3 | cat - rules.test.ts | tac'],
    ['seq 3 | cat -n | tac', 'seq 3 | cat -n | tac'],
    // It makes a message into its text.
    ['request GET h/ | cat | head', 'request GET h/ | cat | head'],
    ['request GET h/ | cat | cat | head', 'request GET h/ | cat | head'],
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
  'count-only': [
    ['grep b | wc -l', countedLines],
    ['grep -vi b rules.test.ts | wc -l >/dev/null', countedLines],
    ['cat | tr a b | grep -v nothing | grep b | cat | wc -l', `tr a b | grep -v nothing | ${countedLines}`],
    ['sort | grep -a b | wc -l', `${passed} | ${countedLines}`],
    ['grep nothing | wc -l', countedLines],
    ['grep b rules.test.ts / | wc -l', 'grep b rules.test.ts / | wc -l'],
    ['grep b / | wc -l', countedLines],
    // More than the number of lines is wanted, or there are others between them.
    ['grep b | wc', 'grep b | wc'],
    ['grep b | wc -lw', 'grep b | wc -lw'],
    ['grep b | wc -l -', 'grep b | wc -l -'],
    ['grep b | wc -l rules.test.ts', 'grep b | wc -l rules.test.ts'],
    ['grep -o b | wc -l', 'grep -o b | wc -l'],
    ['grep -A1 b | wc -l', 'grep -A1 b | wc -l'],
    ['grep -z b | wc -l', 'grep -z b | wc -l'],
    ['grep -c b | wc -l', 'grep -c b | wc -l'],
    ['grep b >/dev/null | wc -l', 'grep b >/dev/null | wc -l'],
  ],
  'count-pieces': [
    ['cut -f1 | sort -u | wc -l', `${countedPieces} | wc -l`],
    ["cut -d' ' -f2- rules.test.ts | sort | uniq -d | wc -l", `${countedPieces} | wc -l`],
    [
      'cut -sd: -f2,3 | sort | uniq -c | sort -n | tail',
      `${countedPieces} | [top K: keep the last 10 lines while reading]`,
    ],
    ['tr a b | cut -c2-3 | sort -u | wc', `tr a b | ${countedPieces} | wc`],
    [
      'cut -f1 --complement --output-delimiter=: | sort -u | wc',
      `cut -f1 --complement --output-delimiter=: | ${countedOnly} | wc`,
    ],
    ['cut -f2 --output-delimiter=: rules.test.ts / | sort -u | wc', `${countedPieces} | wc`],
    ['cut -f1 | sort -u', sortedPieces],
    ['cut -f1 rules.test.ts | sort -r | uniq -c | nl', `${sortedPieces} | nl`],
    // What is kept of a line may be several pieces.
    ['cut -f1,3 | sort -u | wc', `cut -f1,3 | ${countedOnly} | wc`],
    ['cut -c2 --complement | sort -u | wc', `cut -c2 --complement | ${countedOnly} | wc`],
    ['cut -f2-3 --output-delimiter=: | sort -u | wc', `cut -f2-3 --output-delimiter=: | ${countedOnly} | wc`],
    ["cut -d '\n' -f1 | sort -u | wc", `cut -d '\n' -f1 | ${countedOnly} | wc`],
    // Other lines are counted, or all are written.
    ['cut -zf1 | sort -u | wc', `cut -zf1 | ${countedOnly} | wc`],
    ['cut -f1 | tr a b | sort -u | wc', `cut -f1 | tr a b | ${countedOnly} | wc`],
    ['cut -f1 | sort', 'cut -f1 | sort'],
    ['cut -f1 | sort -u rules.test.ts | wc', `cut -f1 | ${countedOnly} | wc`],
  ],
}

describe.each(Object.entries(rows))('rule %s', (_rule, cases) => {
  test.each(cases)('%s', async (spec, after) => {
    expect(await optimised(spec)).toBe(after)
  })
})

const stdin = Buffer.from('b 2\na 1\n\nb 2\nB:x\nc 3\na 10\nb 2\n-5\na 1\nno newline')

describe.each(Object.entries(rows))(
  'with and without rule %s it writes and answers the same',
  (rule, cases) => {
    const fires = cases.filter(([spec, after]) => spec !== after && !spec.includes('/usr/bin'))
    test.each(fires)('%s', async (spec) => {
      const run = { spec, stdin, cwd: import.meta.dirname }
      const [changed, unchanged] = [await runHere(run, {}), await runHere(run, { without: [rule] })]
      expect(outcome(changed)).toEqual(outcome(unchanged))
    })
  },
)

function outcome({ stdout, stderr, exit }: SpecResult): object {
  return { stdout: stdout.toString('latin1'), stderr, exit }
}

describe('rule read-in-place', () => {
  const size = 1024 * 1024
  const machine: Machine = {
    threads: 2,
    leastDivided: Infinity,
    sizeOf: (path) => (path === 'rules.test.ts' ? size + 1 : path === 'bash.test.ts' ? size : undefined),
  }
  test.each([
    ['cat rules.test.ts | /bin/cat | nl', '<rules.test.ts /bin/cat | nl'],
    ['cat <rules.test.ts | cat | /bin/cat', '<rules.test.ts /bin/cat'],
    ['cat rules.test.ts | A=1 /bin/cat >/dev/null 2>&1', '<rules.test.ts A=1 /bin/cat >/dev/null 2>&1'],
    // The pipe could hold it: the command might write the file when all of it is read.
    ['cat ../syntax/bash.test.ts | /bin/cat', 'cat ../syntax/bash.test.ts | /bin/cat'],
    // It is more than a copy of a file, or its errors go elsewhere.
    ['cat rules.test.ts rules.test.ts | /bin/cat', 'cat rules.test.ts rules.test.ts | /bin/cat'],
    ['cat -n rules.test.ts | /bin/cat', 'cat -n rules.test.ts | /bin/cat'],
    ['cut -c1 rules.test.ts | /bin/cat', 'cut -c1 rules.test.ts | /bin/cat'],
    ['cat <(seq 3) | /bin/cat', 'cat <(seq 3) | /bin/cat'],
    ['cat rules.test.ts 2>/dev/null | /bin/cat', 'cat rules.test.ts 2>/dev/null | /bin/cat'],
    ['cat rules.test.ts >/dev/null | /bin/cat', 'cat rules.test.ts >/dev/null | /bin/cat'],
    // It is not read by a process, or not from this pipe.
    ['cat rules.test.ts | nl', 'cat rules.test.ts | nl'],
    ['cat rules.test.ts | /bin/cat </dev/null', 'cat rules.test.ts | /bin/cat </dev/null'],
    ['cat rules.test.ts | { /bin/cat; }', 'cat rules.test.ts | { /bin/cat; }'],
  ])('%s', async (spec, after) => {
    expect(await optimised(spec, machine)).toBe(after)
  })

  test.each([
    ['it writes the same', 'cat large | /bin/cat | wc'],
    ['it answers the same', 'cat large | /usr/bin/grep -c nothing'],
    ['it ends as early', 'cat large | /usr/bin/head -n 1'],
    ['it fails the same', 'cat large | /usr/bin/grep --nope'],
  ])('with and without it, %s', async (_title, spec) => {
    await withFiles({ large: 'some line\n'.repeat(size / 8) }, async (cwd) => {
      const run = { spec, stdin, cwd }
      const [changed, unchanged] = [
        await runHere(run, {}),
        await runHere(run, { without: ['read-in-place'] }),
      ]
      expect(outcome(changed)).toEqual(outcome(unchanged))
    })
  })
})

describe('rule divide-file', () => {
  const machine: Machine = {
    threads: 2,
    leastDivided: 1000,
    sizeOf: (path) => (path === 'rules.test.ts' ? 1000 : path === 'bash.test.ts' ? 999 : undefined),
  }
  const part = '[sort a part]'
  test.each([
    ['sort rules.test.ts', `2 × { ${part} }`],
    ['sort -k2 <rules.test.ts >/dev/null', `2 × { ${part} }`],
    ['cut -c1 rules.test.ts | tr a b | sort -r', `2 × { cut -c1 rules.test.ts | tr a b | ${part} }`],
    ['cat rules.test.ts | wc -l', '2 × { cat rules.test.ts | [count the lines of a part] }'],
    ['grep x rules.test.ts | sort | nl', `2 × { grep x rules.test.ts | ${part} } | nl`],
    ['sort rules.test.ts | uniq -c', '2 × { [count equal lines of a part in a hash table] }'],
    [
      'cut -c1 rules.test.ts | sort -u | wc',
      '2 × { [count equal pieces of lines of a part in a hash table] } | wc',
    ],
    ['grep a rules.test.ts | wc -l', `2 × { ${countedLines} }`],
    ['grep "a.*b" rules.test.ts | nl', '2 × { grep "a.*b" rules.test.ts } | nl'],
    ['cut -c1 rules.test.ts | tr a b', '2 × { cut -c1 rules.test.ts | tr a b }'],
    ["tr -cs a-z '\\n' <rules.test.ts | sort", `2 × { tr -cs a-z '\\n' <rules.test.ts | ${part} }`],
    ["cut -c1 rules.test.ts | tr -s '\\n'", "2 × { cut -c1 rules.test.ts | tr -s '\\n' }"],
    ["sed '/a/!s/b/c/;/^$/d' rules.test.ts", "2 × { sed '/a/!s/b/c/;/^$/d' rules.test.ts }"],
    ['grep a rules.test.ts | grep "a.*b"', '2 × { grep a rules.test.ts | grep "a.*b" }'],
    ['tr a b <rules.test.ts | grep "a.*b"', '2 × { tr a b <rules.test.ts | grep "a.*b" }'],
    ['cut -c1 rules.test.ts | grep -a "a.*b"', '2 × { cut -c1 rules.test.ts | grep -a "a.*b" }'],
    ['cut -c1 rules.test.ts | grep a | sort', `2 × { cut -c1 rules.test.ts | grep a | ${part} }`],
    // Of a binary input the last of them must know where in it the first NUL stands.
    ['cut -c1 rules.test.ts | grep "a.*b"', 'cut -c1 rules.test.ts | grep "a.*b"'],
    ["sed 's/a/b/' rules.test.ts | grep a", "2 × { sed 's/a/b/' rules.test.ts } | grep a"],
    ["tr a '\\0' <rules.test.ts | grep 'a.*b'", "tr a '\\0' <rules.test.ts | grep 'a.*b'"],
    ["grep a rules.test.ts | tr a '\\0' | grep b", "2 × { grep a rules.test.ts | tr a '\\0' } | grep b"],
    ['grep -I "a.*b" rules.test.ts', 'grep -I "a.*b" rules.test.ts'],
    // It would take longer.
    ['sort ../syntax/bash.test.ts', 'sort ../syntax/bash.test.ts'],
    ['cut -c1 rules.test.ts', 'cut -c1 rules.test.ts'],
    ['cat rules.test.ts | cut -c1', 'cat rules.test.ts | cut -c1'],
    ['cut -c1 rules.test.ts | tr a b | nl | head', 'cut -c1 rules.test.ts | tr a b | nl | head'],
    ['grep "a.*b" rules.test.ts | head', 'grep "a.*b" rules.test.ts | head'],
    ['grep "a.*b" rules.test.ts | fmt | head', 'grep "a.*b" rules.test.ts | fmt | head'],
    ['grep "a.*b" rules.test.ts | tail -n 3 | head', '2 × { grep "a.*b" rules.test.ts } | tail -n 3 | head'],
    // What a stage writes depends on where the lines stand, or on more than the file.
    ['sort -s -k2 rules.test.ts', 'sort -s -k2 rules.test.ts'],
    ['sort -m rules.test.ts', 'sort -m rules.test.ts'],
    ['sort -R rules.test.ts', 'sort -R rules.test.ts'],
    ['sort -z rules.test.ts', 'sort -z rules.test.ts'],
    ['sort -o /dev/null rules.test.ts', 'sort -o /dev/null rules.test.ts'],
    ["tr -d '\\n' <rules.test.ts | sort", "tr -d '\\n' <rules.test.ts | sort"],
    ["tr '\\n' ' ' <rules.test.ts | sort", "tr '\\n' ' ' <rules.test.ts | sort"],
    ["grep x rules.test.ts | tr -s '\\n' | sort", "grep x rules.test.ts | tr -s '\\n' | sort"],
    ['nl rules.test.ts | sort', 'nl rules.test.ts | sort'],
    ['cat -n rules.test.ts | sort', 'cat -n rules.test.ts | sort'],
    ['grep -n "a.*b" rules.test.ts', 'grep -n "a.*b" rules.test.ts'],
    ...['1d', '$d', '/a/,/b/d', 'N', '/a/q', '=', 'x', 's/b/a/;s//b/', 'w /dev/null'].map((script) => [
      `sed '${script}' rules.test.ts`,
      `sed '${script}' rules.test.ts`,
    ]),
    ['sed -z s/a/b/ rules.test.ts', 'sed -z s/a/b/ rules.test.ts'],
    ['grep -H -c a rules.test.ts', 'grep -H -c a rules.test.ts'],
    ['grep -m 1 -c a rules.test.ts', 'grep -m 1 -c a rules.test.ts'],
    ['sort rules.test.ts rules.test.ts', 'sort rules.test.ts rules.test.ts'],
    ['sort -S 1M rules.test.ts', 'sort -S 1M rules.test.ts'],
    ['wc rules.test.ts', 'wc rules.test.ts'],
    ['tr a b | sort', 'tr a b | sort'],
    // Other threads could not make the stage again, or not say what it says where it is heard.
    ['sort rules.test.ts 2>/dev/null', 'sort rules.test.ts 2>/dev/null'],
    ['LC_ALL=C sort rules.test.ts', 'LC_ALL=C sort rules.test.ts'],
    ['sort rules.tes[t].ts', 'sort rules.tes[t].ts'],
    ['sort <(seq 3)', 'sort <(seq 3)'],
  ])('%s', async (spec, after) => {
    expect(await optimised(spec, machine)).toBe(after)
  })

  test('is off with one thread', async () => {
    expect(await optimised('sort rules.test.ts', { ...machine, threads: 1 })).toBe('sort rules.test.ts')
  })
})

describe('what stands for stages fails as they do', () => {
  test.each([
    ['a folder as input', 'sort / | uniq -c', 2, 'sort: read failed: /: Is a directory\n'],
    ['a folder as input of one of them', 'cut -f1 / | sort -u | wc -l', 1, 'cut: /: Is a directory\n'],
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
    [
      'no folder to spill pieces to',
      'seq 999 | cut -c1-3 | TMPDIR=/none sort -u | wc -l',
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
