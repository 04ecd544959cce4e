import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { followers, inFolder, listen, start } from '../support/follow.js'
import {
  compare,
  gather,
  interrupted,
  type Rotations,
  startLogtail,
  startWriter,
} from '../support/logtail.js'

const rotations: readonly Rotations[] = [
  { how: 'rename', count: 200, linesBetween: 500 },
  { how: 'copytruncate', count: 200, linesBetween: 500 },
]

/** Tells that a follower has looked for the first time. */
const begun = 'begun\n'

describe('logtail: a writer at 50,000 lines a second, 200 rotations', () => {
  test.each(rotations)('by $how: every line once', (rotation) =>
    inFolder({ 'app.log': begun }, async (cwd) => {
      const follower = startLogtail(['--from', 'start', 'app.log'], cwd)
      const told = gather(follower)
      // Without --rotated, what was rotated before the first look is not read.
      await told.untilEndsWith(begun)
      startWriter(join(cwd, 'app.log'), rotation)
      await told.untilEndsWith('end\n')
      follower.kill('SIGTERM')
      expect(compare(told.bytes().subarray(begun.length), rotation)).toEqual({
        lost: 0,
        doubled: 0,
        strange: [],
      })
    }),
  )

  test('by copytruncate: GNU tail -F loses lines', () =>
    inFolder({ 'app.log': begun }, async (cwd) => {
      const rotation: Rotations = { how: 'copytruncate', count: 200, linesBetween: 100 }
      const follower = start(followers.GNU, ['-n', '+1', '-F', 'app.log'], cwd)
      const told = listen(follower)
      await told.until('stdout', begun)
      await once(startWriter(join(cwd, 'app.log'), rotation), 'exit')
      follower.kill('SIGTERM')
      await told.end
      const { lost } = compare(Buffer.from(told.sofar.stdout.slice(begun.length)), rotation)
      console.log(`tail -F lost ${lost} of ${rotation.count * rotation.linesBetween} lines`)
      expect(lost).toBeGreaterThan(0)
    }))
})

describe('logtail --checkpoint: ended and started again, a writer at 50,000 lines a second, 200 rotations', () => {
  const args = ['--rotated', '--checkpoint', 'place', 'app.log']

  test.each(rotations)('by $how, SIGTERM: every line once', (rotation) =>
    inFolder({ 'app.log': '' }, async (cwd) => {
      startWriter(join(cwd, 'app.log'), rotation)
      const outputs = await interrupted(args, cwd, 'SIGTERM')
      expect(outputs.length).toBeGreaterThan(2)
      expect(compare(Buffer.concat(outputs), rotation)).toEqual({ lost: 0, doubled: 0, strange: [] })
    }),
  )

  test.each(rotations)('by $how, SIGKILL: no line lost, at most a batch repeated', (rotation) =>
    inFolder({ 'app.log': '' }, async (cwd) => {
      startWriter(join(cwd, 'app.log'), rotation)
      const outputs = await interrupted(args, cwd, 'SIGKILL')
      expect(outputs.length).toBeGreaterThan(2)
      // A batch may have been cut inside a line; the line comes again.
      const whole = outputs.map((output) => output.subarray(0, output.lastIndexOf(0x0a) + 1))
      const { lost, doubled, strange } = compare(Buffer.concat(whole), rotation)
      expect({ lost, strange }).toEqual({ lost: 0, strange: [] })
      const linesInBatch = (1024 * 1024) / 50
      expect(doubled).toBeLessThanOrEqual((outputs.length - 1) * linesInBatch)
    }),
  )
})
