import { readFileSync, writeFileSync } from 'node:fs'
import { join as joinPath } from 'node:path'
import { execa } from 'execa'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kernelParts } from '../../src/kernel/index.js'
import { createControl, join, send, waitForJoining } from '../../src/run/parallel/control.js'
import { kind, type Thread, type ThreadTask } from '../../src/run/parallel/task.js'
import { runHere, runRealBash, shim, withFiles } from '../support/engines.js'
import { divisible, generated, type Generated } from './pipelines.js'

/** A part of the runs of the other generated pipelines: threads take some time to start. */
const runs = Math.ceil(Number(process.env['SLUICE_FUZZ_RUNS'] ?? 5000) / 5)
const seed = Number(process.env['SLUICE_FUZZ_SEED'] ?? 20_261_123)

test(
  `law 1: ${runs} generated pipelines write what one thread and bash with GNU tools write when two or five threads work on chunks of a file (seed ${seed})`,
  { timeout: 20 * 60_000 },
  async () => {
    await withFiles({ file: '' }, async (cwd) => {
      const property = fc.asyncProperty(
        fc.oneof(divisible('file'), generated().map(fromFile)),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(2, 5),
        fc.constantFrom(2000, 1 << 20),
        async ({ spec, stdin }, chunkSize, threads, memoryBudget) => {
          if (mayBeBinary(spec, stdin)) return
          writeFileSync(joinPath(cwd, 'file'), stdin)
          const run = { spec, stdin: Buffer.alloc(0), cwd }
          const one = await runHere(run, {})
          const several = await runHere(run, { threads, chunkSize, memoryBudget })
          expect(outcome(several)).toEqual(outcome(one))
          // Nothing started; what the real tool says of such arguments is for the other test.
          if (one.refused) return
          const expected = runRealBash(run).stdout.toString('latin1')
          expect(several.stdout.toString('latin1')).toBe(expected)
        },
      )
      await fc.assert(property, { numRuns: runs, seed })
    })
  },
)

/** The same pipeline with a file as its input. */
function fromFile({ spec, stdin }: Generated): Generated {
  return { spec: `cat file | ${spec}`, stdin }
}

/** What grep prints before a NUL is tested in chunks that it can begin anew at (binary.test.ts). */
function mayBeBinary(spec: string, stdin: Uint8Array): boolean {
  return stdin.includes(0) && /grep (?!-a)/.test(spec)
}

function outcome({ stdout, stderr, exit }: Awaited<ReturnType<typeof runHere>>): object {
  return { stdout: stdout.toString('latin1'), stderr, exit }
}

describe('several threads', () => {
  const numbers = Array.from({ length: 3000 }, (_, index) => `${(index * 7919) % 1000} line\n`).join('')
  const rows: readonly (readonly [title: string, spec: string, file?: string])[] = [
    ['sort', 'sort file'],
    ['count', 'cut -c 1 file | sort | uniq -c | sort -rn | head -n 3'],
    ['pick', 'sort -rn file | head -n 7'],
    ['count what matches', 'grep -c "9.*l" file'],
    ['write what matches in order', 'grep "9.*l" file'],
    ['answer no when nothing matches', 'grep "y.*z" file'],
    ['answer yes where one thread found something', 'grep "^999.*l" file | cut -c 1'],
    ['end early when nobody reads on', 'grep "[0-9]" file | { head -n 1; }'],
    ['write into a file', 'sort file >other; wc -l <other'],
    ['work on a file without a last newline', 'sort file', `${numbers}0`],
    ['work on one long line', 'sort file', 'x'.repeat(5000)],
    ['work on an empty file', 'sort file | uniq -c', ''],
    ['count alone where a NUL makes the file binary', "grep -c 'l.*e' file", `${numbers}\0line\n${numbers}`],
    ['squeeze newlines over chunks', "tr -cs 0-9 '\\n' <file | grep 1", `\n\n${numbers}\n\n\n${numbers}`],
    [
      'squeeze newlines behind a long line',
      "tr -cs 0-9 '\\n' <file | grep 1",
      `${'x'.repeat(5000)}\n${numbers}`,
    ],
    ['count the lines of a pipe', 'grep "9.*l" file | wc -l'],
    [
      'count lines alone where a NUL makes the file binary',
      "grep 'l' file | wc -l",
      `${numbers}\0line\n${numbers}`,
    ],
    ['leave a file alone that is the output too', 'grep "9.*l" file >>file'],
    ['say that there is no file', 'sort missing || sort file'],
    ['leave alone what is not regular', "grep -c 'a.*b' /dev/null"],
  ]

  const scenarios = rows.map(([title, spec, file = numbers]) => ({ title, spec, file }))
  test.each(scenarios)('$title', async ({ spec, file }) => {
    const results: object[] = []
    for (const threads of [1, 2, 3])
      await withFiles({ file }, async (cwd) => {
        const options = { threads, chunkSize: 1000, readSize: 500 }
        const result = await runHere({ spec, stdin: Buffer.alloc(0), cwd }, options)
        results.push({ ...outcome(result), file: readFileSync(joinPath(cwd, 'file'), 'latin1') })
      })
    const [one, ...others] = results
    for (const other of others) expect(other).toEqual(one)
  })

  test.each([1, 3])('read and write in sum what one does, where it is measured: %d', async (threads) => {
    await withFiles({ file: numbers }, async (cwd) => {
      const run = { spec: 'grep "9.*l" file | sort', stdin: Buffer.alloc(0), cwd }
      const { ended, stdout } = await runHere(run, { threads, chunkSize: 1000, measures: true })
      const grep = ended.find(({ outcome }) => outcome.name === 'grep')?.meter?.statistics
      expect(grep).toMatchObject({ bytesIn: numbers.length, linesIn: 3000, bytesOut: stdout.length })
      for (const { meter } of ended) expect(meter?.statistics.milliseconds).toBeGreaterThanOrEqual(0)
    })
  })

  test('end the run with the reason when one of them fails', async () => {
    await withFiles({ file: numbers }, async (cwd) => {
      const startThread = ({ control, thread }: ThreadTask): Thread => {
        const { memory } = kernelParts()
        const length = Buffer.from(memory.buffer).write('out of luck')
        join(control, thread, 0)
        send(control, thread, { kind: kind.failed, chunk: 0, address: 0, length })
        return { memory, terminate: () => undefined }
      }
      const run = { spec: 'sort file', stdin: Buffer.alloc(0), cwd }
      await expect(runHere(run, { threads: 2, startThread })).rejects.toThrow('a thread failed: out of luck')
    })
  })

  test('end the run when one of them dies', async () => {
    await withFiles({ file: numbers }, async (cwd) => {
      const noThread = 2 ** 30
      const startThread = ({ control, thread }: ThreadTask): Thread => {
        join(control, thread, noThread)
        return { memory: kernelParts().memory, terminate: () => undefined }
      }
      for (const spec of ['sort file', 'grep "9.*l" file']) {
        const run = { spec, stdin: Buffer.alloc(0), cwd }
        const { message } = await runHere(run, { threads: 2, startThread }).then(
          () => new Error('it succeeded'),
          (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
        )
        expect(message).toBe('a thread died in the middle of its work')
      }
    })
  })

  test('are not waited for without end when they cannot be loaded', () => {
    expect(() => waitForJoining(createControl(1), 1, 1)).toThrow('a thread has not begun')
  })

  test('work for the command and for a program, each a process of its own', async () => {
    const lines = Array.from({ length: 1000 }, (_, index) => `${index % 7} ${'x'.repeat(66_000)}\n`).join('')
    await withFiles({ file: lines }, async (cwd) => {
      const spec = "cut -d' ' -f1 file | sort | uniq -c"
      const counted = Array.from({ length: 7 }, (_, index) => `    ${index < 6 ? 143 : 142} ${index}`).join(
        '\n',
      )
      const command = await execa(process.execPath, [shim, '--threads', '2', '-c', spec], { cwd })
      expect(command.stdout).toBe(counted)
      const library = new URL('../../dist/library/index.js', import.meta.url).href
      const program = `import { sluice } from '${library}'
        process.stdout.write(await sluice\`${spec}\`.text())`
      const { stdout } = await execa(process.execPath, ['--input-type=module', '-e', program], { cwd })
      expect(stdout).toBe(counted)
    })
  })
})
