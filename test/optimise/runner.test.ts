import { describe, expect, test } from 'vitest'
import { bytes, media } from '../../src/base/type.js'
import { compile } from '../../src/compile.js'
import { isKnown } from '../../src/plan/facts.js'
import { optimise, type Optimised, type OptimiseOptions } from '../../src/optimise/index.js'
import { inPlaceOf } from '../../src/optimise/join.js'
import type { Rule } from '../../src/optimise/rule.js'
import { ruleNames, rules } from '../../src/optimise/rules/index.js'
import type { PlanList, PlanStage } from '../../src/plan/plan.js'
import { parse } from '../../src/syntax/index.js'

async function planned(spec: string): Promise<PlanList> {
  const source = { name: '-c', text: spec }
  const place = { env: {}, cwd: import.meta.dirname, name: 'sluice', positional: [] }
  return (await compile(source, parse(source, { declarations: false }), place)).written
}

async function optimised(spec: string, options: OptimiseOptions): Promise<Optimised> {
  return optimise(await planned(spec), options)
}

function rule(name: string, apply: Rule['apply']): Rule {
  return { name, why: 'for a test', proof: 'none', apply }
}

/** Puts what writes another type in the place of the first sort. */
const breaksTypes = rule('breaks-types', (stages) => {
  const index = stages.findIndex(({ kind, name }) => kind === 'tool' && name === 'sort')
  const stage = stages[index]
  if (!isKnown(stage)) return undefined
  const operator = {
    ...{ name: 'sort', action: 'compress', status: { trouble: 1, meaning: {} } },
    types: { input: bytes, output: media('gzip') },
    traits: { memory: 'stream' },
    *run() {
      return 0
    },
  } as const
  return stages.with(index, inPlaceOf(stage, operator))
})

/** Turns two stages round where the first is of a name. */
const turnsRound = (first: string): Rule =>
  rule(`turns-${first}`, (stages) => (stages[0]?.name === first ? stages.toReversed() : undefined))

describe('a rule that is wrong is an internal error that names it', () => {
  test.each([
    [
      'it writes what the next stage cannot read',
      'seq 3 | sort | grep 1',
      /breaks-types breaks types: grep reads lines, but sort writes bytes<gzip>/,
    ],
    [
      'the end of the pipeline is of another type',
      'seq 3 | sort',
      /breaks-types breaks types: the end wrote lines, and now bytes<gzip>/,
    ],
    ['inside a group', '{ seq 3 | sort; } | cat', /breaks-types breaks types/],
    ['inside a substitution', 'cat <(seq 3 | sort)', /breaks-types breaks types/],
  ])('%s', async (_title, spec, message) => {
    await expect(optimised(spec, { rules: [breaksTypes] })).rejects.toThrow(message)
  })

  test('two that undo each other', async () => {
    const both = [turnsRound('tac'), turnsRound('rev')]
    const message = 'the optimiser finds no end: turns-rev, turns-tac'
    await expect(optimised('tac | rev', { rules: both })).rejects.toThrow(message)
  })

  test('but not for a plan in which types are wrong as it was written: that is told of it already', async () => {
    const { fired } = await optimised('seq 3 | gzip | sort | uniq', { rules: [breaksTypes] })
    expect(fired).toHaveLength(1)
  })

  test('a rule that is left out breaks nothing', async () => {
    const { fired } = await optimised('seq 3 | sort', {
      rules: [breaksTypes],
      without: new Set(['breaks-types']),
    })
    expect(fired).toEqual([])
  })
})

test('a long pipeline comes to its end', async () => {
  const { list, fired } = await optimised(`seq 3 ${'| cat '.repeat(300)}| tac`, {})
  expect(fired).toHaveLength(300)
  const names = (stages: readonly PlanStage[] = []): string[] => stages.map(({ name }) => name)
  expect(names(list.items[0]?.pipeline.stages)).toEqual(['seq', 'tac'])
})

describe('what rules take', () => {
  test('is added up by rule, for each time it is tried', async () => {
    let now = 0
    const { times } = await optimised('seq 3 | cat | sort | uniq', { clock: () => now++ })
    // drop-copies fires once, and then hash-aggregate; the others have nothing to do at the end.
    expect(times).toEqual([
      { rule: 'drop-copies', tried: 3, fired: 1, milliseconds: 3 },
      { rule: 'read-in-place', tried: 2, fired: 0, milliseconds: 2 },
      { rule: 'hash-aggregate', tried: 2, fired: 1, milliseconds: 2 },
      ...['order-not-needed', 'top-k', 'count-only', 'hash-distinct', 'count-pieces', 'divide-file'].map(
        (name) => ({
          ...{ rule: name, tried: 1, fired: 0, milliseconds: 1 },
        }),
      ),
    ])
  })

  test('is not asked without a clock', async () => {
    expect((await optimised('seq 3 | sort | uniq', {})).times).toEqual([])
  })
})

test.each(rules.map((each) => [each.name, each] as const))(
  '%s says what is gained, and why it is right',
  (name, { why, proof }) => {
    expect(ruleNames.filter((other) => other === name)).toEqual([name])
    expect(why.length).toBeLessThanOrEqual(94)
    expect(why).toMatch(/^[a-z].*[^.]$/)
    expect(proof).toMatch(/^[A-Z].*\.$/)
  },
)
