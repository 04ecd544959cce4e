import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { headroom } from '../../src/base/io.js'
import type { Task } from '../../src/base/task.js'
import { wholeLines } from '../../src/kernel/index.js'
import { bytesSource, callbackSink } from '../../src/run/buffered.js'
import { Reader } from '../../src/kernel/reader.js'
import { Scheduler } from '../../src/run/schedule.js'
import { Writer } from '../../src/kernel/writer.js'

function run<Result>(task: Task<Result>): Result {
  const scheduler = new Scheduler(true)
  return scheduler.runToEnd(scheduler.spawn(task))
}

/** The batches of whole lines that an input read in pieces becomes. */
function* batches(input: Reader, delimiter?: number): Task<string[]> {
  const lines = wholeLines(input, delimiter)
  const found: string[] = []
  for (let batch = yield* lines.read(); batch !== undefined; batch = yield* lines.read())
    found.push(batch.toString('latin1'))
  return found
}

function reader(text: string, pieceSize: number): Reader {
  return new Reader('-', bytesSource(Buffer.from(text, 'latin1'), pieceSize))
}

describe('batches of whole lines', () => {
  const rows: readonly (readonly [
    title: string,
    text: string,
    piece: number,
    expected: readonly string[],
  ])[] = [
    ['nothing', '', 10, []],
    ['whole batches', 'a\nb\n', 10, ['a\nb\n']],
    ['a line cut between two', 'ab\ncd\n', 4, ['ab\n', 'cd\n']],
    ['one byte at a time', 'ab\nc', 1, ['ab\n', 'c']],
    ['no last newline', 'a\nb', 10, ['a\n', 'b']],
    ['no newline at all', 'abc', 2, ['abc']],
    ['empty lines', '\n\n', 1, ['\n', '\n']],
  ]
  test.each(rows)('%s', (_title, text, piece, expected) => {
    expect(run(batches(reader(text, piece)))).toEqual(expected)
  })

  test('another delimiter', () => {
    expect(run(batches(reader('a\nb\0c', 2), 0))).toEqual(['a\nb\0', 'c'])
  })

  test('lines longer than the headroom', () => {
    const long = 'x'.repeat(headroom * 3)
    expect(run(batches(reader(`${long}\ny\n${long}`, 1000))).join('')).toBe(`${long}\ny\n${long}`)
  })

  test('any text in any pieces: nothing is added, dropped or reordered, and every batch but the last ends a line', () => {
    const text = fc
      .array(fc.constantFrom('a', '\n', 'xyz', '\n\n', 'q'.repeat(headroom)))
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9000 }), (content, piece) => {
        const found = run(batches(reader(content, piece)))
        expect(found.join('')).toBe(content)
        expect(found.slice(0, -1).every((batch) => batch.endsWith('\n'))).toBe(true)
      }),
    )
  })

  test('what is given back is read again, and what is passed on is passed whole', () => {
    const input = reader('one\ntwo\nthree\nrest', 11)
    const passed: string[] = []
    const output = new Writer(
      'out',
      callbackSink((bytes) => void passed.push(bytes.toString())),
    )
    run(
      (function* () {
        const lines = wholeLines(input)
        yield* lines.read()
        lines.unread(4)
        const again = yield* lines.read()
        expect(again?.toString()).toBe('two\n')
        yield* lines.pass(output)
        const more = yield* lines.read()
        expect(more?.toString()).toBe('three\n')
        yield* lines.pass(output, 0, 3)
        yield* output.flush()
      })(),
    )
    expect(passed.join('')).toBe('two\nthr')
  })
})
