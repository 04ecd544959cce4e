import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { sluice } from '../support/command.js'
import { withFiles } from '../support/engines.js'

type At = (name: string) => string

/** What is done to the files between two runs, and what the next run writes. */
interface Run {
  readonly act?: (at: At) => void
  readonly stdout: string
}

const long = `${'a long first line '.repeat(100)}\n`

function rotate(at: At, content: string): void {
  renameSync(at('f'), at('f.1'))
  writeFileSync(at('f'), content)
}

function compress(at: At, from: string, to: string): void {
  writeFileSync(at(to), gzipSync(readFileSync(at(from))))
  rmSync(at(from))
}

describe('logtail --checkpoint: what a run writes after the one before it', () => {
  test.each<{ readonly title: string; readonly first: string; readonly runs: readonly Run[] }>([
    {
      title: 'a file shorter than the fingerprint that grows',
      first: 'a\n',
      runs: [
        { stdout: 'a\n' },
        { stdout: '' },
        { act: (at) => appendFileSync(at('f'), 'b\n'), stdout: 'b\n' },
        { act: (at) => appendFileSync(at('f'), long), stdout: long },
        { act: (at) => appendFileSync(at('f'), 'c\n'), stdout: 'c\n' },
      ],
    },
    {
      title: 'an empty file that grows',
      first: '',
      runs: [{ stdout: '' }, { act: (at) => appendFileSync(at('f'), 'b\n'), stdout: 'b\n' }],
    },
    {
      title: 'a last line that ends later',
      first: 'a\nb',
      runs: [
        { stdout: 'a\n' },
        { act: (at) => appendFileSync(at('f'), '\nc'), stdout: 'b\n' },
        { act: (at) => appendFileSync(at('f'), 'd\n'), stdout: 'cd\n' },
      ],
    },
    {
      title: 'a renamed file that had grown',
      first: long,
      runs: [
        { stdout: long },
        {
          act: (at) => {
            appendFileSync(at('f'), 'b\n')
            rotate(at, 'c\n')
          },
          stdout: 'b\nc\n',
        },
      ],
    },
    {
      title: 'a renamed file to which its writer still adds',
      first: 'a\n',
      runs: [
        { stdout: 'a\n' },
        { act: (at) => rotate(at, 'c\n'), stdout: 'c\n' },
        { act: (at) => appendFileSync(at('f.1'), 'late\n'), stdout: 'late\n' },
      ],
    },
    {
      title: 'a copied and truncated file shorter than the fingerprint',
      first: 'a\n',
      runs: [
        { stdout: 'a\n' },
        {
          act: (at) => {
            appendFileSync(at('f'), 'b\nc')
            copyFileSync(at('f'), at('f.1'))
            truncateSync(at('f'))
            appendFileSync(at('f'), 'c\nd\n')
          },
          stdout: 'b\ncc\nd\n',
        },
        { act: (at) => appendFileSync(at('f'), 'e\n'), stdout: 'e\n' },
      ],
    },
    {
      title: 'a file that was compressed, and another one after it',
      first: long,
      runs: [
        { stdout: long },
        {
          act: (at) => {
            appendFileSync(at('f'), 'b\n')
            rotate(at, 'c\n')
            compress(at, 'f.1', 'f.2.gz')
            rotate(at, 'd\n')
            compress(at, 'f.1', 'f.1.gz')
            rotate(at, 'e\n')
            renameSync(at('f.2.gz'), at('f.3.gz'))
            renameSync(at('f.1.gz'), at('f.2.gz'))
          },
          stdout: 'b\nc\nd\ne\n',
        },
        { act: (at) => compress(at, 'f.1', 'f.1.gz'), stdout: '' },
      ],
    },
    {
      title: 'a file whose place is gone: what is there now',
      first: 'a\n',
      runs: [{ stdout: 'a\n' }, { act: (at) => writeFileSync(at('f'), 'other\n'), stdout: 'other\n' }],
    },
    {
      title: 'rotated files that were there before are old',
      first: 'c\n',
      runs: [
        { act: (at) => writeFileSync(at('f.1'), 'b\n'), stdout: 'c\n' },
        {
          act: (at) => {
            renameSync(at('f.1'), at('f.2'))
            rotate(at, 'd\n')
          },
          stdout: 'd\n',
        },
      ],
    },
  ])('$title', ({ first, runs }) =>
    withFiles({ f: first }, (cwd) => {
      for (const { act, stdout } of runs) {
        act?.((name) => join(cwd, name))
        const result = sluice(['logtail', '--no-follow', '--checkpoint', 'place', 'f'], { cwd })
        expect(result).toEqual({ stdout, stderr: '', end: 0 })
        expect(readdirSync(cwd)).not.toContain('place.new')
      }
    }),
  )

  test('logs that are not followed this time keep their place', () =>
    withFiles({ a: '1\n', b: '2\n' }, (cwd) => {
      const run = (...files: string[]): string =>
        sluice(['logtail', '--no-follow', '--checkpoint', 'place', ...files], { cwd }).stdout
      expect([run('a', 'b'), run('a'), run('b', 'a')]).toEqual(['1\n2\n', '', ''])
    }))

  test.each([
    ['something else', '{"version":7}', 'place: not a checkpoint; remove it to begin anew'],
    ['no JSON', 'x', 'place: not a checkpoint; remove it to begin anew'],
    [
      'a wrong place',
      '{"version":1,"logs":{"/f":{"positions":[{}],"done":[]}}}',
      'place: not a checkpoint; remove it to begin anew',
    ],
  ])('a file that holds %s is left as it is', (_title, place, message) =>
    withFiles({ f: 'a\n', place }, (cwd) => {
      const result = sluice(['logtail', '--no-follow', '--checkpoint', 'place', 'f'], { cwd })
      expect(result).toEqual({ stdout: '', stderr: `logtail: ${message}\n`, end: 1 })
      expect(readFileSync(join(cwd, 'place'), 'utf8')).toBe(place)
    }),
  )

  test('a place where nothing can be written is an error', () =>
    withFiles({ f: 'a\n' }, (cwd) => {
      const result = sluice(['logtail', '--no-follow', '--checkpoint', 'none/place', 'f'], { cwd })
      expect(result).toEqual({
        stdout: '',
        stderr: 'logtail: cannot write checkpoint none/place: No such file or directory\n',
        end: 1,
      })
    }))
})

describe('logtail --rotated', () => {
  test('compressed files, in their order, with a damaged one among them', () =>
    withFiles(
      {
        f: 'e\n',
        'f.1': 'd\n',
        'f.2.gz': gzipSync('c\n'),
        'f.3.gz': gzipSync('b'.repeat(300_000) + '\n').subarray(0, 200),
        'f.10.gz': Buffer.concat([gzipSync('a\n'), gzipSync('a2\n')]),
      },
      (cwd) => {
        mkdirSync(join(cwd, 'f.4'))
        const { stdout, stderr, end } = sluice(['logtail', '--no-follow', '--rotated', 'f'], { cwd })
        // What the damaged one ends with has no line end.
        expect(stdout.replace(/b+/, 'b')).toBe('a\na2\nbc\nd\ne\n')
        expect(stderr).toBe('logtail: f.4: Is a directory\nlogtail: f.3.gz: unexpected end of file\n')
        expect(end).toBe(1)
      },
    ))
})
