import fc from 'fast-check'
import { describe, it } from 'vitest'
import { expectAsGnu } from '../support/as-gnu.js'

// Patterns of the shapes that have loops of their own, unlike those of test/kernel/regex/generated.test.ts, which take
// the general way nearly always.

const bytes = ['a', 'b', ',', ' ', ':', '0', '\\.']
const sets = ['.', '[a-b]', '[^,]', '[^ ]', '[0-9]', '[^a]', ...bytes]
const one = fc.constantFrom(...sets)
const many = fc
  .tuple(one, fc.constantFrom('*', '\\+', '\\{2\\}', '\\?'))
  .map(([set, repeat]) => `${set}${repeat}`)
const part = fc.oneof({ weight: 3, arbitrary: one }, { weight: 2, arbitrary: many })
const row = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''))
const group = fc.oneof(
  row.map((inner) => `\\(${inner}\\)`),
  fc.tuple(row, row).map(([outer, inner]) => `\\(${outer}\\(${inner}\\)\\)`),
)

const pattern = fc
  .tuple(
    fc.constantFrom('', '', '^', '.*', 'a'),
    fc.array(fc.oneof(row, group), { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '', '$', '.*', '.*$', 'b'),
  )
  .map(([head, parts, tail]) => head + parts.join('') + tail)
  .filter((text) => text.split('\\(').length <= 10)

/** Rows of sets, which markers go over. */
const set = fc.constantFrom('[a-b]', '.', '[^ ]', ':', '[0-9,]', '[^a-z]', 'a')
const step = fc
  .tuple(set, fc.constantFrom('', '', '*', '\\+', '\\?', '\\{2\\}', '\\{2,3\\}', '\\{2,\\}', '\\{0,2\\}'))
  .map((parts) => parts.join(''))
const steps = fc
  .tuple(fc.constantFrom('', '^'), fc.array(step, { maxLength: 4 }), fc.constantFrom('', '$'))
  .map(([start, parts, end]) => start + parts.join('') + end)
const setRow = fc.oneof(
  steps,
  steps.map((inner) => `\\(${inner}\\)`),
  fc.tuple(steps, steps).map((both) => both.join('\\|')),
)

/** Around bytes that are rare in texts, which are looked for first; before them may stand much, or words' edges. */
const rare = fc.constantFrom(
  'zq',
  'Q',
  'xQ',
  '[Qq]x',
  '[xX][zZ][qQ]',
  '\\(zq\\|Qx\\)',
  '[Qz]x',
  '\\(Q\\|a\\?xz\\)',
  '\\(zq\\)*Q',
)
const edge = fc.constantFrom('', '', '', '\\b', '\\<', '\\>', '\\B', '^', '$')
const some = fc.oneof(fc.constant(''), row)
const aroundRare = fc.tuple(edge, some, edge, rare, some, edge).map((parts) => parts.join(''))

/** Rows of one width, or a choice of such rows, perhaps with the rest of the line. */
const fixedRow = fc
  .tuple(
    fc.constantFrom('', '', '^'),
    fc.array(
      fc.tuple(set, fc.constantFrom('', '', '\\{2\\}')).map((parts) => parts.join('')),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    fc.constantFrom('', 'group', 'choice'),
    fc.constantFrom('', '', '.*'),
  )
  .map(([start, parts, form, tail]) => {
    const [first = '', ...others] = parts
    if (form === '') return start + parts.join('') + tail
    const rest = others.join('')
    return form === 'group'
      ? `${start}${first}\\(${rest}\\)${tail}`
      : `\\(${parts.join('')}\\|,${rest}\\)${tail}`
  })

/** Lines of all lengths around the steps that loops take, the last with its end or without. */
const input = fc
  .tuple(
    fc.array(
      fc.oneof(
        fc.string({ unit: fc.constantFrom('a', 'b', ',', ' ', ':', '0', '.'), maxLength: 12 }),
        fc.string({ unit: fc.constantFrom('a', ' ', '0'), minLength: 50, maxLength: 140 }),
        fc
          .array(fc.constantFrom('zq', 'Q', 'x', 'xQ', 'XzQ', 'qx', 'a', ' ', '0', '_', ','), {
            maxLength: 40,
          })
          .map((all) => all.join('')),
        fc.constantFrom('', ' ', '\0', '\xff'.repeat(70), ' '.repeat(63), ' '.repeat(64)),
      ),
      { maxLength: 24 },
    ),
    fc.boolean(),
  )
  .map(([lines, isEnded]) => Buffer.from(lines.join('\n') + (isEnded ? '\n' : ''), 'latin1'))

/** Small reads make many batches, whose first ones decide how the others are searched. */
const readSize = fc.constantFrom(50, 200, 1 << 20)

const runs = { numRuns: 400 }

describe('generated patterns of simple shapes', () => {
  it('are replaced as GNU sed replaces them', async () => {
    const replacements = ['<&>', '<>', '\\1', '<\\1|\\2>', '\\2-&', '<\\3>']
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(pattern, fixedRow),
        fc.constantFrom(...replacements),
        fc.constantFrom('', 'g', '2', 'p'),
        fc.constantFrom<readonly string[]>([], [], ['-z']),
        input,
        readSize,
        async (regex, replacement, flags, options, stdin, size) => {
          const groups = regex.split('\\(').length - 1
          const known = replacement.replace(/\\(\d)/g, (reference, index) =>
            index <= groups ? reference : '',
          )
          await expectAsGnu('sed', [...options, `s/${regex}/${known}/${flags}`], stdin, size)
        },
      ),
      runs,
    )
  })

  it('are replaced by several commands in a row as GNU sed replaces them', async () => {
    const command = fc.oneof(
      fc
        .tuple(
          fc.oneof(setRow, fixedRow),
          fc.constantFrom('', 'x', '<longer &>', '\\n'),
          fc.constantFrom('', 'g'),
        )
        .map(([regex, replacement, flags]) => `s/${regex}/${replacement}/${flags}`),
      fc.constantFrom('y/ab/ba/', 's/never/there/', '/b/d', '/a/!d', '/^$/d'),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(command, { minLength: 2, maxLength: 4 }),
        input,
        readSize,
        async (commands, stdin, size) => {
          await expectAsGnu('sed', [commands.join('\n')], stdin, size)
        },
      ),
      runs,
    )
  })

  for (const options of [[], ['-i'], ['-v'], ['-c'], ['-vc'], ['-o'], ['-m3'], ['-w'], ['-n', '-x']])
    it(`are found as GNU grep ${options.join(' ')} finds them`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(pattern, setRow, fixedRow, aroundRare),
          input,
          readSize,
          async (regex, stdin, size) => {
            await expectAsGnu('grep', ['-a', ...options, '-e', regex], stdin, size)
          },
        ),
        { numRuns: 250 },
      )
    })
})
