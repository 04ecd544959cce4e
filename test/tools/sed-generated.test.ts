import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { runToolHere } from '../support/run-tool.js'

// Long inputs: lines are treated many at a time there.

const regex = fc.constantFrom('a', '^$', 'abc', 'x.*x', 'c$', '[ab]x', '^ ', '')
const line = fc.integer({ min: 1, max: 300 }).map(String)
const pattern = fc
  .tuple(regex, fc.constantFrom('', '', 'I'))
  .map(([find, how]) => `/${find}/${find === '' ? '' : how}`)
const from = fc.oneof(line, pattern, pattern, fc.constantFrom('$', '1', '3~7', '0~4'))
const to = fc.oneof(line, pattern, pattern, fc.constantFrom('$', '+0', '+40', '~25', '2~9'))
const range = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(from, to).map((both) => both.join(',')) },
  { weight: 1, arbitrary: fc.constantFrom('0,/a/', '0,/^$/') },
)
const negation = fc.constantFrom('', '', '!')

/** What is done to a line alone. */
const local = fc.constantFrom(
  ...[
    'd',
    'p',
    's/a/Q/',
    's/[bc]/<&>/g',
    'y/abc/ABC/',
    's/x/y/p',
    's/a/z/2',
    's/c/C/2p',
    's//[&]/',
    's/^/>/',
  ],
  ...['{s/a/b/;s/b/d/g}', '{d}', '{s/a/q/;p}', '{y/a/b/;d}', 's/\\(.\\)\\(.\\)/\\2\\1/'],
)
const addressed = fc
  .tuple(fc.oneof(fc.constant(''), pattern), negation, local)
  .map(([address, negated, command]) => (address === '' ? command : address + negated + command))
/** What reads, holds, jumps or writes something else. */
const moving = fc
  .tuple(
    fc.oneof(fc.constant(''), from, range),
    negation,
    fc.constantFrom(
      ...'PDNngGhHx=zql',
      ...[
        '$!N',
        'bend',
        'tend',
        'Tend',
        'iabove',
        'abelow',
        'cinstead',
        'R second',
        'w /dev/stdout',
        'W copy',
      ],
      ...['s/\\n/+/', 's/x*\\n\\(.\\)/\\1\\1/gp', 's/a\\|$/\\u&b/2', 'y/\\na/a\\n/', ':a;N;$!ba'],
    ),
  )
  .map(([address, negated, command]) =>
    address === '' || /^[$:]/.test(command) ? command : address + negated + command,
  )

const ranged = fc
  .tuple(range, negation, local, fc.array(addressed, { maxLength: 2 }))
  .map(([address, negated, command, others]) => [address + negated + command, ...others])
const mixed = fc.array(
  fc.oneof(
    addressed,
    moving,
    ranged.map(([first]) => first),
  ),
  { minLength: 1, maxLength: 5 },
)
const word = fc.string({ unit: fc.constantFrom(...'abcx '), maxLength: 12 })
function text(most: number): fc.Arbitrary<string> {
  const block = fc
    .tuple(word, fc.integer({ min: 1, max: most }))
    .map(([one, times]) => Array.from({ length: times }, (_, nth) => one + 'xab'.slice(0, nth % 4)))
  return fc
    .tuple(fc.array(block, { maxLength: 60 }), fc.constantFrom('\n', '\n', ''))
    .map(([blocks, end]) => blocks.flat().join('\n') + end)
}

// Scripts that collect lines may write a multiple of a long input's square.
const scenario = fc.oneof(
  fc.record({ commands: ranged, first: text(30), second: text(30) }),
  fc.record({ commands: mixed, first: text(2), second: text(1) }),
)

it('sed writes what GNU sed writes for generated scripts over long inputs', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'sluice-sed-'))
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(['-n', '-s']),
      scenario,
      fc.constantFrom(500, 1 << 20),
      async (options, { commands, first, second }, readSize) => {
        writeFileSync(join(cwd, 'first'), first)
        writeFileSync(join(cwd, 'second'), second)
        const args = [...options, [...commands, ':end'].join('\n'), 'first', 'second']
        const { PATH = '' } = process.env
        const real = spawnSync('sed', args, { cwd, env: { PATH, LC_ALL: 'C' }, maxBuffer: 1 << 28 })
        const own = await runToolHere({ tool: 'sed', args, stdin: Buffer.alloc(0), cwd, env: {}, readSize })
        expect({ exit: own.exit, isSame: own.stdout.equals(real.stdout) }).toEqual({
          exit: real.status,
          isSame: true,
        })
      },
    ),
    { numRuns: 1000 },
  )
}, 120_000)
