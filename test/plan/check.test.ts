import { describe, expect, test } from 'vitest'
import { positionAt } from '../../src/base/span.js'
import { compile } from '../../src/compile.js'
import { parse } from '../../src/syntax/index.js'
import { withFiles } from '../support/engines.js'

const env = { PATH: '/usr/bin:/bin', HOME: '/home/someone', WORD: 'a value' }

/** Findings as `line:column: code: message (help)`. */
async function findings(
  text: string,
  files: Readonly<Record<string, string>> = {},
  declarations = false,
): Promise<string[]> {
  return await withFiles(files, async (cwd) => {
    const source = { name: '-c', text }
    const parsed = parse(source, { declarations })
    const { diagnostics } = await compile(source, parsed, {
      env,
      cwd,
      name: 'sluice',
      positional: ['one', 'two words'],
    })
    return diagnostics.map(({ code, message, span, help }) => {
      const { line, column } = positionAt(text, span.start)
      return `${line}:${column}: ${code}: ${message}${help === undefined ? '' : ` (${help})`}`
    })
  })
}

describe('what is right has no findings', () => {
  test.each([
    ["cut -d' ' -f1 f | sort | uniq -c", { f: '' }],
    ['/usr/bin/env | sort', {}],
    ['env | sort', {}],
    ['cat "$1" || true', {}],
    ['! cat missing', {}],
    ['echo new >made; cat made', {}],
    ['gzip <f | gunzip | grep x', { f: '' }],
    ['gzip <f | wc -c', { f: '' }],
    ['cat f | gunzip', { f: '' }],
    ['cat f - | cat | gunzip', { f: '' }],
    ['tail -n +20 f | gunzip', { f: '' }],
    ['sed 1,20d f | zcat', { f: '' }],
    ['echo ${UNSET:-nothing} "$WORD" $# $@', {}],
    ['command grep -P x f', { f: '' }],
    ['cat [f]', { f: '' }],
  ])('%s', async (spec, files) => {
    expect(await findings(spec, files)).toEqual([])
  })
})

describe('what is wrong is found before the start', () => {
  const rows: readonly (readonly [title: string, spec: string, findings: readonly string[]])[] = [
    [
      'an unknown command',
      'cat | grpe x',
      ['1:7: unknown-command: unknown command `grpe` (did you mean `grep`?)'],
    ],
    [
      'an unknown command that is like none',
      'cat | frobnicate',
      [
        '1:7: unknown-command: unknown command `frobnicate` (`sluice tools` lists the tools; other commands are looked up on PATH)',
      ],
    ],
    [
      'an unknown option',
      'sort --revers-e',
      ["1:6: usage: sort: unrecognized option '--revers-e' (did you mean `--reverse`?)"],
    ],
    [
      'a wrong operand',
      'cut -f0',
      ['1:5: usage: cut: fields are numbered from 1 (`sluice man cut` shows its options)'],
    ],
    [
      'streams that do not fit',
      'gzip | grep x',
      ['1:8: type: `grep` reads lines, but `gzip` writes bytes<gzip> (put `gunzip` between)'],
    ],
    [
      'a stage that reads nothing behind another',
      'sort | seq 3',
      [
        '1:8: type: `seq` reads no input, so what `sort` writes would be lost (begin the pipeline with `seq`, or use `;`)',
      ],
    ],
    [
      'a file that is not there',
      'sort missing',
      ['1:6: unreadable: cannot read missing: No such file or directory'],
    ],
    [
      'a file that is not there, redirected',
      'sort <missing',
      ['1:6: unreadable: cannot read missing: No such file or directory'],
    ],
    [
      'a folder that is not there, written',
      'seq 3 >no/such',
      ['1:7: unwritable: cannot write no/such: No such file or directory'],
    ],
    ['a folder, written', 'seq 3 >.', ['1:7: unwritable: cannot write .: Is a directory']],
    [
      'a value that is not set, and nothing of what the tool would say without it',
      'seq $UNSET_COUNT',
      ['1:5: unset: `$UNSET_COUNT` is not set (write ${UNSET_COUNT:-} where it may be unset)'],
    ],
    [
      'an argument that is not given',
      'echo $3',
      [
        '1:6: unset: `$3` is not set (arguments follow the file, or the SPEC and a name; write ${3:-} where it may be unset)',
      ],
    ],
    [
      'a variable with too short a name to guess from',
      'echo $x',
      ['1:6: unset: `$x` is not set (write ${x:-} where it may be unset)'],
    ],
    [
      'a program by its path that is not there',
      '/usr/bin/no-such',
      ['1:1: unknown-command: unknown command `/usr/bin/no-such` (there is no file of that name)'],
    ],
    ['a variable that is not set', 'echo $WROD', ['1:6: unset: `$WROD` is not set (did you mean `$WORD`?)']],
    ['a parameter that must be set', 'echo ${X:?give X}', ['1:6: unset: X: give X']],
    [
      "a shell's own command",
      'cd /tmp; ls',
      [
        '1:1: builtin: `cd` is part of a shell, not a command (write paths from the folder it was started in, or start sluice elsewhere)',
      ],
    ],
    [
      'a name that only the run knows',
      '"$(echo ls)"',
      ["1:1: unknown-command: a command's name must be known before the start (write the name itself)"],
    ],
    [
      'everything in one go',
      'cat missing | grpe x | sort --nope',
      [
        '1:5: unreadable: cannot read missing: No such file or directory',
        '1:15: unknown-command: unknown command `grpe` (did you mean `grep`?)',
        "1:29: usage: sort: unrecognized option '--nope' (`sluice man sort` shows its options)",
      ],
    ],
    [
      'inside of a substitution',
      'comm <(srot a) <(sort b)',
      [
        '1:8: unknown-command: unknown command `srot` (did you mean `sort`?)',
        '1:23: unreadable: cannot read b: No such file or directory',
      ],
    ],
    [
      'inside of command output',
      'echo "$(grpe x)"',
      ['1:9: unknown-command: unknown command `grpe` (did you mean `grep`?)'],
    ],
  ]
  test.each(rows)('%s', async (_title, spec, expected) => {
    expect(await findings(spec)).toEqual(expected)
  })

  test('a function that calls itself', async () => {
    expect(await findings('again() { again; }\nagain\n', {}, true)).toEqual([
      '1:11: recursion: `again` calls itself, without end (`command again` runs the program of that name)',
    ])
  })

  test('inside of a function, once, however often it is called', async () => {
    expect(await findings('f() { grpe x; }\nf; f\n', {}, true)).toEqual([
      '1:7: unknown-command: unknown command `grpe` (did you mean `grep`?)',
    ])
  })

  test.each([
    [
      'two parameters of one name',
      'param a: int = 1\nparam a: int = 2\ntrue\n',
      ['2:7: duplicate: there are two parameters `a` (rename one)'],
    ],
    [
      'a default of another type',
      'param a: int = x\ntrue\n',
      ['1:16: type: the default of `a` is no int: expected a whole number'],
    ],
    [
      'a module',
      'use ./foo.ts\ntrue\n',
      [
        '1:1: unsupported: modules cannot be loaded yet (a program `sluice-NAME` on PATH can be used as a command)',
      ],
    ],
  ])('in a file: %s', async (_title, text, expected) => {
    expect(await findings(text, {}, true)).toEqual(expected)
  })
})
