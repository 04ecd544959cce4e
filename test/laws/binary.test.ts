import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { nulWindow } from '../../src/base/io.js'
import { ruleNames } from '../../src/optimise/rules/index.js'
import { bash } from '../support/command.js'
import { runHere, runRealBash, withFiles } from '../support/engines.js'

/** Lines in five windows and a bit. */
const text = Array.from({ length: 50_000 }, (_, index) => `${(index * 7919) % 50_000} line\n`).join('')

const places = [nulWindow - 2, 2 * nulWindow, 3 * nulWindow + 40_000, text.length - 1]

/** What stands before `grep`, and what from there on. */
const pipelines = [
  ['cat', 'grep "1.*9"'],
  ['cat', 'grep "1.*9" | grep -v 5 | cut -c 1-3'],
  ['cat', 'grep -I "1.*9" | grep -v 5'],
  ['cat', 'grep -c "1.*9"'],
  ['cat', 'grep "^0 .*e"'],
  ['cat', 'grep -n 9 | sort -r'],
  ['cat', 'grep -A 2 "^77"'],
  ['cat', 'grep "^77" | wc -l'],
  ['tr 0-4 a-e', 'grep "a.*9"'],
  ["tr ' ' '\\n'", 'grep "1.*9"'],
  ["tr '\\000' x", 'grep "1.*9"'],
  ["tr 3 '\\000'", 'grep "1.*9"'],
  ['tr -d 1', 'grep "2.*9"'],
  ["tr -s 'a-z\\n'", 'grep "2.*9"'],
  ['cut -c 2-', 'grep "2.*9"'],
  ["sed 's/9/three/'", 'grep "2.*e"'],
  ['grep -a 7', 'grep "2.*e"'],
  ['grep 7', 'grep "2.*e"'],
  ['sort', 'grep "2.*9"'],
].map(([before = '', search = '']) => ({ before, search }))

describe('a pipeline with a binary input writes what GNU grep writes of it as a file, however it runs', () => {
  test.each(pipelines)('$before | $search', { timeout: 60_000 }, async ({ before, search }) => {
    await withFiles({ file: '' }, async (cwd) => {
      for (const place of places) {
        const bytes = Buffer.from(text)
        bytes[place] = 0
        writeFileSync(join(cwd, 'file'), bytes)
        const [first = '', ...others] = search.split(' | ')
        const spec = [`${first} <input`, ...others].join(' | ')
        const real = runRealBash({ spec: `${before} <file >input; ${spec}`, stdin: Buffer.alloc(0), cwd })
        const expected = [real.stdout.toString('latin1'), real.stderr]
        const run = { spec: `${before} <file | ${search}`, stdin: Buffer.alloc(0), cwd }
        const exits = new Set<number>()
        for (const options of ways) {
          const { stdout, stderr, exit } = await runHere(run, options)
          expect([stdout.toString('latin1'), stderr], `${place}: ${JSON.stringify(options)}`).toEqual(
            expected,
          )
          exits.add(exit)
        }
        expect(exits.size).toBe(1)
      }
    })
  })
})

test('what stands behind the last line that grep wants of a binary file is left to the next as it is', async () => {
  await withFiles({ file: 'a\nab\0c\nq\0z\nend\n' }, async (cwd) => {
    const run = { spec: '{ grep -c -m 1 b; cat; } <file', stdin: Buffer.alloc(0), cwd }
    const { stdout } = await runHere(run, {})
    expect(stdout.toString('latin1')).toBe(runRealBash(run).stdout.toString('latin1'))
  })
})

test('that it is binary is said behind the lines before, where one thread goes on from the others', async () => {
  const lines = Array.from({ length: 1000 }, (_, index) => `${index} ${'x'.repeat(70_000)}\n`).join('')
  await withFiles({ file: `${lines}${'\n'.repeat(2 * nulWindow)}9x\0\n` }, (cwd) => {
    const { stdout } = bash(`"$SLUICE" --threads 2 -c "grep '9.*x' file" 2>&1 | cut -c 1-29 | tail -n 2`, {
      cwd,
    })
    expect(stdout).toBe(`999 ${'x'.repeat(25)}\ngrep: file: binary file match\n`)
  })
})

const ways = [
  {},
  { without: ruleNames },
  { readSize: 5000 },
  { readSize: 5000, without: ruleNames },
  { threads: 2, chunkSize: nulWindow },
  { threads: 5, chunkSize: nulWindow },
  { threads: 3, chunkSize: 2 * nulWindow, memoryBudget: 200_000 },
]
