import { describe, expect, test } from 'vitest'
import { compile } from '../../src/compile.js'
import type { Machine } from '../../src/optimise/rule.js'
import {
  type ExplainFormat,
  type Explanation,
  explainPlan,
  renderExplanation,
  sourceWithoutSecrets,
} from '../../src/report/explain/index.js'
import { parse } from '../../src/syntax/index.js'
import { sluice } from '../support/command.js'

const machine: Machine = { threads: 2, leastDivided: 1000, sizeOf: () => 1000 }

async function explained(spec: string, optimise: { machine?: Machine } = {}): Promise<Explanation> {
  const source = { name: '-c', text: spec }
  const { script, written, optimised, diagnostics } = await compile(
    source,
    parse(source, { declarations: false }),
    { env: { HOST: 'localhost' }, cwd: import.meta.dirname, name: 'sluice', positional: [], optimise },
  )
  expect(diagnostics).toEqual([])
  const text = sourceWithoutSecrets(source, script)
  return explainPlan(written, optimised, ({ span }) => text(span))
}

async function shown(spec: string, format: ExplainFormat = 'text', width = 100): Promise<string> {
  return renderExplanation(await explained(spec), format, width)
}

describe('the two plans stand beside each other', () => {
  test.each([
    [
      'what became one is bracketed',
      'seq 9 | sort | uniq -c',
      /\| sort +┐ \| count equal lines in a hash table, sort/,
    ],
    ['what is gone is said to be', 'seq 9 | cat | tac', /\| cat +┐ {3}\(left out\)/],
    ['what stays as it is has no mark', 'seq 9 | cat | tac', /\| tac +\| tac$/m],
    [
      'what was left out between joined stages goes with them',
      'seq 9 | sort | cat | uniq',
      /\| sort +┐ \| count[^]*\| cat[^]*\| uniq[^]*in a hash table/,
    ],
    ['a list has its words between', 'seq 9 | cat | tac && echo', /^after a success: +after a success:$/m],
    [
      'what is inside a stage is below it',
      'seq 9 | { cat | tac; } | sort | uniq',
      /^ {6}cat +┐ {7}\(left out\)[^]*^ {4}\| tac +\| tac$/m,
    ],
    ['so are substitutions', 'cat <(seq 3 | cat | tac)', /^ {4}<\(…\): +<\(…\):\n {6}seq 3 +seq 3$/m],
  ])('%s', async (_title, spec, text) => {
    expect(await shown(spec)).toMatch(text)
  })

  test('a plan that stays as it is, is shown once', async () => {
    expect(await shown('seq 3 | tac')).toBe(
      [
        ...['the plan', '', '  seq 3', '      nothing → lines, fused, streaming'],
        ...['| tac', '      lines → lines, fused, whole input, spills'],
        '',
        '(below each stage: what it reads → writes, where it runs, what it holds in memory)',
        ...['', 'no rule has anything to do', ''],
      ].join('\n'),
    )
  })

  test.each([20, 40, 71, 72, 80, 100, 200])(
    'no line is longer than a terminal of %d columns',
    async (width) => {
      const spec =
        "cut -d' ' -f1 explain.test.ts | sort | uniq -c | sort -rn | head | /usr/bin/awk '{ print $2, \"averyveryveryveryverylongword\" }'"
      const text = await shown(spec, 'text', width)
      expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width)
      expect(text.replace(/[\s┐│┘]+/g, '')).toContain(width < 72 ? 'aswritten' : 'aswrittenasitwillrun')
    },
  )
})

describe('what is told of a stage', () => {
  test.each([
    ['tac', 'fused', 'whole input, spills'],
    ['cut -c1', 'fused', 'streaming'],
    ['sort | head', 'fused', 'K rows'],
    ['sort -u', 'fused', 'distinct keys'],
    ['tail -f explain.test.ts', 'event loop', 'K rows'],
    ['/usr/bin/env', 'real process', "the process's own"],
    ['{ cat; }', 'group', "its stages'"],
  ])('%s: %s, %s', async (spec, engine, memory) => {
    const { optimised } = await explained(spec)
    expect(optimised[0]?.stages[0]).toMatchObject({ engine, memory })
  })

  test('threads, with what each does', async () => {
    const { optimised } = await explained('grep x explain.test.ts | sort | uniq -c', { machine })
    expect(optimised[0]?.stages).toMatchObject([
      {
        operator: '2 threads, each on parts of the file',
        engine: '2 threads',
        memory: 'distinct keys in each',
        standsFor: [1, 2, 3],
        rules: [1, 2],
        parts: [
          { operator: 'grep x explain.test.ts' },
          { operator: 'count equal lines of a part in a hash table' },
        ],
      },
    ])
  })

  test('a file that a rule has given to a command', async () => {
    const large: Machine = { ...machine, sizeOf: () => 1e9 }
    const { optimised } = await explained('cat explain.test.ts | /usr/bin/env', { machine: large })
    expect(optimised[0]?.stages).toMatchObject([{ operator: '<explain.test.ts /usr/bin/env', rules: [1] }])
  })
})

describe('secrets are never shown, in no format', () => {
  test.each([
    ['a variable', 'API_TOKEN=hunter2 /usr/bin/env', 'API_TOKEN=•••'],
    ['an option with =', '/usr/bin/env --password=hunter2', '--password=•••'],
    ['an option and its argument', "/usr/bin/env --api-key 'hunter2 2'", '--api-key •••'],
    ['an option of ours', 'nc --proxy-auth me:hunter2 -x p:1 h:2', '--proxy-auth •••'],
    ['the user of curl', '/usr/bin/env -u me:hunter2', '-u me:•••'],
    ['an address', 'request GET http://me:hunter2@h/', 'http://me:•••@h/'],
    ['a header', '/usr/bin/env -H "Authorization: Bearer hunter2"', '"Authorization: •••"'],
    ['an item of a request', 'request POST :80 Cookie:hunter2 x=1 token=hunter2', 'Cookie:••• x=1 token=•••'],
    ['inside a group', '{ A_SECRET="hunter2" /usr/bin/env; }', '{ A_SECRET=••• /usr/bin/env; }'],
    ['inside a substitution', 'cat <(/usr/bin/env --token hunter2)', '<(/usr/bin/env --token •••)'],
    [
      'inside a nested spec',
      "listen tcp :80 'nc --proxy-auth a:hunter2 -x p:1 h:2'",
      '--proxy-auth ••• -x p:1',
    ],
    ['where a rule fired', 'seq 3 | cat | API_KEY=hunter2 sort | uniq', 'API_KEY=•••'],
  ])('%s', async (_title, spec, text) => {
    const explanation = await explained(spec)
    expect(renderExplanation(explanation, 'text', 200)).toContain(text)
    for (const format of ['text', 'json', 'mermaid', 'svg'] as const)
      expect(renderExplanation(explanation, format, 100)).not.toContain('hunter2')
  })

  test.each([
    ['where a secret is to be found', '/usr/bin/env --password-file there --token-env NAME'],
    ['words that only look like one', 'grep -e author=x explain.test.ts'],
    ['what a variable has', 'grep "$HOST" explain.test.ts'],
  ])('but %s is', async (_title, spec) => {
    expect(await shown(spec, 'text', 200)).toContain(spec)
  })
})

describe('for other programs', () => {
  const spec = 'seq 9 | sort | uniq -c | grep "<&>"'

  test('JSON has both plans and the rules', async () => {
    expect(JSON.parse(await shown(spec, 'json'))).toMatchObject({
      written: [{ stages: [{ stage: 'seq 9' }, { stage: 'sort' }, { stage: 'uniq -c' }, {}] }],
      optimised: [{ stages: [{ standsFor: [1] }, { standsFor: [2, 3], rules: [1] }, { standsFor: [4] }] }],
      rules: [{ rule: 'hash-aggregate', before: 'sort | uniq -c' }],
    })
  })

  test('Mermaid has a box a stage, an arrow a pipe, and nothing that it would read as its own', async () => {
    const lines = (await shown(spec, 'mermaid')).split('\n').map((line) => line.trim())
    expect(lines).toContain('flowchart TB')
    expect(lines).toContain('subgraph w ["as written"]')
    expect(lines).toContain('r_1_1 --> r_1_2')
    expect(lines).toContain('r_1_3["grep #34;#60;#38;#62;#34;<br>lines → lines<br>fused, streaming"]')
  })

  test('SVG is well-formed, with a box a stage', async () => {
    const text = await shown(spec, 'svg')
    expect(text.match(/<rect /g)).toHaveLength(4 + 3)
    expect(text).toContain('grep "&lt;&amp;&gt;"')
    const open = [...text.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)].reduce<string[]>(
      (tags, [, end, name = '', empty]) => {
        if (empty === '/') return tags
        if (end !== '/') return [...tags, name]
        expect(tags.at(-1)).toBe(name)
        return tags.slice(0, -1)
      },
      [],
    )
    expect(open).toEqual([])
  })
})

describe('--analyse runs it, and tells what was measured instead of what was written', () => {
  const analysed = (...args: string[]): ReturnType<typeof sluice> => sluice(['explain', '--analyse', ...args])

  test('rows, bytes and time', () => {
    const { stdout, end } = analysed('-c', 'seq 1000 | tac | head -n 3 | wc -c')
    expect(stdout).toMatch(/\| tac\n.*\n {6}[\d.]+ ms: 1,000 rows, 3.9 kB → 1,000 rows, /)
    expect(stdout).toMatch(/seq 1000\n.*\n {6}[\d.]+ ms: → 1,000 rows, 3.9 kB\n/)
    expect(stdout).toMatch(/\| wc -c\n.*\n {6}[\d.]+ ms: 3 rows, 13 B → 1 row, 3 B/)
    expect(stdout).toMatch(/\nended with 0 after [\d.]+ m?s\n$/)
    expect(end).toBe(0)
  })

  test('what a real process reads and writes, from those beside it', () => {
    const { stdout } = analysed('-c', 'seq 3 | /usr/bin/tac | wc -l')
    expect(stdout).toMatch(/tac\n.*\n {6}[\d.]+ m?s: 3 rows, 6 B → 3 rows, 6 B/)
  })

  test('a failure: its message, and its code as that of explain', () => {
    const { stdout, stderr, end } = analysed('-c', 'seq 3 | /usr/bin/false')
    expect(stderr).toBe('sluice: stage 2 of 2: `/usr/bin/false` exited with 1\n')
    expect(stdout).toMatch(/\nended with 1 after /)
    expect(end).toBe(1)
  })

  test('as JSON', () => {
    const { stdout } = analysed('--format', 'json', '-c', 'seq 3 | sort | uniq')
    expect(JSON.parse(stdout)).toMatchObject({
      optimised: [
        { stages: [{}, { measured: { read: { rows: 3, bytes: 6 }, wrote: { rows: 3 }, status: 0 } }] },
      ],
      run: { code: 0 },
    })
  })
})
