import { expect, test } from 'vitest'
import { againstGnu } from '../support/gnu.js'
import { bash } from '../support/command.js'

againstGnu('yes', [
  { title: 'an unknown option', args: ['-x'] },
  { title: 'an unknown long option', args: ['--nope'] },
])

test.each([
  ['', 'y'],
  ['a b', 'a b'],
  ['-- -n', '-n'],
  ["''", ''],
])('yes %s', (args, line) => {
  expect(bash(`"$TOOLS"/yes ${args} | head -n 100000 | uniq -c`).stdout).toBe(` 100000 ${line}\n`)
})

test('a full disk ends it', () => {
  expect(bash('"$TOOLS"/yes >/dev/full')).toMatchObject({
    stderr: 'yes: standard output: No space left on device\n',
    end: 1,
  })
})
