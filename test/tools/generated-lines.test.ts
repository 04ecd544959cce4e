import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { expectAsGnu } from '../support/as-gnu.js'

// Lines are compared and copied sixteen bytes a step: these have common beginnings of about one or two steps.

const line = fc
  .tuple(
    fc.constantFrom(
      '',
      'a',
      'b',
      'x'.repeat(14),
      'x'.repeat(15),
      'x'.repeat(16),
      'x'.repeat(31),
      'y'.repeat(300),
    ),
    fc.constantFrom('', '', 'a', 'ab', 'b', 'B', '\0', '\xff', ' a', '\ta', 'a'.repeat(16)),
  )
  .map(([beginning, rest]) => beginning + rest)

const repeated = fc
  .tuple(line, fc.constantFrom(1, 1, 1, 2, 3))
  .map(([text, times]) => Array<string>(times).fill(text))

const lines = fc.array(repeated, { maxLength: 12 }).map((all) => all.flat())

/** Sorted by their bytes, now and then but for one that is out of its place. */
const nearlySorted = fc.tuple(lines, fc.constantFrom(false, false, true)).map(([all, isDisordered]) => {
  const sorted = all.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0))
  return isDisordered ? [...sorted.slice(1), ...sorted.slice(0, 1)] : sorted
})

const ended = fc.constantFrom('\n', '\n', '')
const readSize = fc.constantFrom(1, 20, 1 << 20)

function bytesOf(all: readonly string[], end: string): Buffer {
  return Buffer.from(all.join('\n') + (all.length > 0 ? end : ''), 'latin1')
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'generated-lines-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('generated lines', () => {
  it('are compared as GNU comm compares them', async () => {
    await fc.assert(
      fc.asyncProperty(
        nearlySorted,
        nearlySorted,
        ended,
        fc.constantFrom('', '-1', '-12', '-23', '-3'),
        fc.constantFrom('', '--check-order', '--nocheck-order', '--output-delimiter=+++'),
        readSize,
        async (one, other, end, columns, option, size) => {
          const file = join(folder, 'other')
          writeFileSync(file, bytesOf(other, end))
          const args = [columns, option, '-', file].filter((argument) => argument !== '')
          await expectAsGnu('comm', args, bytesOf(one, end), size)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('are translated as GNU tr translates them', async () => {
    const set = fc.constantFrom('a', 'b-y', 'a-z', 'xy', '\\n', '[:space:]', '\\0-\\037', 'aB')
    const byte = fc.constantFrom('\\n', 'x', 'a', '[\\n*]', 'ab', '\\0')
    await fc.assert(
      fc.asyncProperty(
        lines,
        ended,
        fc.constantFrom('-s', '-cs', '-c', '-s', '-cs', '-st'),
        set,
        byte,
        readSize,
        async (all, end, option, from, to, size) => {
          await expectAsGnu('tr', [option, from, to], bytesOf(all, end), size)
        },
      ),
      { numRuns: 400 },
    )
  })

  it('are picked by their numbers as GNU sed picks them', async () => {
    const number = fc.integer({ min: 1, max: 30 })
    const range = fc.oneof(
      number.map(String),
      fc.tuple(number, number).map((both) => both.join(',')),
    )
    await fc.assert(
      fc.asyncProperty(
        lines,
        ended,
        range,
        fc.constantFrom('d', '!d', 'd;s/a/<&>/', 'd;/b/d;3d'),
        fc.constantFrom('p', '!p'),
        fc.boolean(),
        readSize,
        async (all, end, address, command, printing, isQuiet, size) => {
          const args = isQuiet ? ['-n', address + printing] : [address + command]
          await expectAsGnu('sed', args, bytesOf(all, end), size)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('are grouped as GNU uniq groups them', async () => {
    const options = ['-c', '-d', '-u', '-D', '-i', '-f1', '-s1', '-w16', '-ci', '--group']
    await fc.assert(
      fc.asyncProperty(
        lines,
        ended,
        fc.constantFrom('', ...options),
        readSize,
        async (all, end, option, size) => {
          await expectAsGnu('uniq', option === '' ? [] : [option], bytesOf(all, end), size)
        },
      ),
      { numRuns: 300 },
    )
  })
})
