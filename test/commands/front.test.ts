import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { version } from '../../src/base/version.js'
import { toolNames } from '../../src/tools/index.js'
import { bash, sluice } from '../support/command.js'
import { withFiles } from '../support/engines.js'

const pipe = `#!/usr/bin/env sluice
# Counts things.
param what: string        # what to count
param top: int = 2        # how many
param all: bool = false   # everything
param kind: enum(a,b) = a # which

printf '%s %s %s %s\\n' "$what" "$top" "$all" "$kind" "$#" "$@"

example {
  --what x one
  => "x 2 false a"
  => "1 one  "
}
`

describe('the front door', () => {
  const rows: readonly (readonly [
    title: string,
    args: readonly string[],
    end: number,
    stdout: RegExp,
    stderr: RegExp,
  ])[] = [
    ['no arguments show the help', [], 0, /^Usage: sluice/, /^$/],
    ['--help', ['--help'], 0, /Checks a pipeline/, /^$/],
    ['--version', ['--version'], 0, new RegExp(`^${version}\n$`), /^$/],
    ['version', ['version'], 0, new RegExp(`^${version}\n$`), /^$/],
    ['a tool by name', ['seq', '2'], 0, /^1\n2\n$/, /^$/],
    ['a tool that only fails says nothing of it', ['false', 'x'], 1, /^$/, /^$/],
    ['false fails also when it describes itself', ['false', '--help'], 1, /^Usage: false/, /^$/],
    [
      'messages with characters that are not ASCII',
      ['check', '-c', '[[ a ]]'],
      2,
      /^$/,
      /^-c:1:1: `\[\[ … \]\]` is not supported .*\n.*\n.* help: write `test …` or `\[ … \]`\n$/,
    ],
    ['a spec', ['-c', 'seq 2'], 0, /^1\n2\n$/, /^$/],
    ['a spec with arguments', ['-c', 'echo "$0 $1 $#"', 'name', 'a b', 'c'], 0, /^name a b 2\n$/, /^$/],
    ['an empty spec', ['-c', ''], 0, /^$/, /^$/],
    ['a spec of comments', ['-c', '# nothing'], 0, /^$/, /^$/],
    [
      'a mistyped command',
      ['chekc', 'x'],
      2,
      /^$/,
      /there is no command or tool 'chekc': did you mean 'check'\?/,
    ],
    ['an unknown option', ['--nope', 'x.pipe'], 2, /^$/, /unrecognized option '--nope'/],
    ['-c without a spec', ['-c'], 2, /^$/, /option requires an argument -- 'c'/],
    [
      'an unknown engine',
      ['--engine', 'steam', '-c', 'true'],
      2,
      /^$/,
      /invalid argument 'steam' for '--engine': expected inline or processes/,
    ],
    [
      'an unknown rule',
      ['--without', 'gravity', '-c', 'true'],
      2,
      /^$/,
      /invalid argument 'gravity' for '--without'/,
    ],
    [
      'a file that is not there',
      ['./none.pipe'],
      127,
      /^$/,
      /^sluice: cannot read \.\/none\.pipe: No such file or directory\n$/,
    ],
    ['an unknown command in a spec', ['-c', 'grpe x'], 127, /^$/, /unknown command `grpe`/],
    ['wrong syntax', ['-c', 'a | | b'], 2, /^$/, /^-c:1:/],
    ['check of a wrong spec', ['check', '-c', 'sort --nope'], 2, /^$/, /unrecognized option '--nope'/],
    ['check of a right spec', ['check', '-c', 'sort'], 0, /^$/, /^$/],
    ['check without a spec', ['check'], 2, /^$/, /give a FILE, or a spec with -c/],
    ['check with a wrong option', ['check', '--nope', '-c', 'sort'], 2, /^$/, /nope/],
    ['fmt', ['fmt', '-c', 'a|b  ;c'], 0, /^a \| b\nc\n$/, /^$/],
    ['explain', ['explain', '-c', 'seq 3 | cat | sort'], 0, /drop-copies/, /^$/],
    [
      'explain without a rule',
      ['explain', '--without', 'drop-copies', '-c', 'cat | sort'],
      0,
      /^the plan\n/,
      /^$/,
    ],
    [
      'explain with nothing done',
      ['explain', '--no-optimise', '-c', 'seq 3 | cat | sort'],
      0,
      /^the plan\n/,
      /^$/,
    ],
    [
      'explain with a wrong rule',
      ['explain', '--without', 'x', '-c', 'cat'],
      2,
      /^$/,
      /^sluice: invalid argument 'x' for '--without': expected drop-copies, .* or divide-file\n/,
    ],
    [
      'an option that a command does not have',
      ['explain', '--nope'],
      2,
      /^$/,
      /^sluice: unrecognized option '--nope'\n/,
    ],
    ['a command that takes no operand', ['tools', 'x'], 2, /^$/, /^sluice: extra operand 'x'\n/],
    [
      'options before a command',
      ['--threads=2', 'explain', '-c', 'cat'],
      127,
      /^$/,
      /cannot read explain: .*; 'sluice explain' takes its options behind it\n/,
    ],
    ['explain as JSON', ['explain', '--format', 'json', '-c', 'seq 3 | sort'], 0, /"stage": "sort"/, /^$/],
    ['an unknown page', ['man', 'gerp'], 1, /^$/, /there is no page for 'gerp'; did you mean 'grep'\?/],
    ['completion for an unknown shell', ['completion', 'csh'], 2, /^$/, /unknown shell 'csh'/],
    ['statistics', ['--stats', '-c', 'seq 3 | wc -l'], 0, /^3\n$/, /1\/2 seq +0 +0 +0 +6 +3/],
    ['statistics as JSON', ['--stats=json', '-c', 'seq 3 | wc -l'], 0, /^3\n$/, /"bytesOut":6,"linesOut":3/],
    ['as it is written', ['--no-optimise', '-c', 'seq 2 | cat | wc -l'], 0, /^2\n$/, /^$/],
    ['with one-byte reads', ['--read-size', '1', '-c', 'cat <<<abc'], 0, /^abc\n$/, /^$/],
  ]
  test.each(rows)('%s', (_title, args, end, stdout, stderr) => {
    const result = sluice(args)
    expect(result.stderr).toMatch(stderr)
    expect(result.stdout).toMatch(stdout)
    expect(result.end).toBe(end)
  })

  test('tools are listed, a line each', () => {
    const { stdout } = sluice(['tools'])
    expect(
      stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => line.split(' ')[0]),
    ).toEqual(toolNames)
  })

  test('links to the tools by their short names work, and what is there already is left alone', async () => {
    await withFiles({ 'bin/grep': 'mine' }, (cwd) => {
      const { stdout, stderr, end } = sluice(['link', 'bin'], { cwd })
      expect(stdout).toBe(`${toolNames.length - 1} tools in ${join(cwd, 'bin')}\n`)
      expect(stderr).toMatch(/bin\/grep is there already/)
      expect(end).toBe(1)
      expect(readFileSync(join(cwd, 'bin/grep'), 'utf8')).toBe('mine')
      expect(bash('bin/seq 2', { cwd }).stdout).toBe('1\n2\n')
    })
  })

  test('links to another sluice are replaced', async () => {
    await withFiles({}, (cwd) => {
      symlinkSync('/elsewhere/bin/sluice.cjs', join(cwd, 'seq'))
      expect(sluice(['link', '.'], { cwd })).toMatchObject({ stderr: '', end: 0 })
      expect(bash('./seq 2', { cwd }).stdout).toBe('1\n2\n')
    })
  })

  test.each([
    ["a tool's options", 'sluice-cut --comp', '--complement'],
    ['its options behind its name', 'sluice cut --comp', '--complement'],
    ['tools and commands', 'sluice gu', 'gunzip'],
    ['options in front of a spec', 'sluice --eng', '--engine'],
    ['and behind another one', 'sluice --stats --no-o', '--no-optimise'],
    ["a file's parameters", 'sluice folder/it.pipe --', '--log_file --help'],
    ['what has a manual page', 'sluice man sluice', 'sluice sluice.pipe'],
    ['shells', 'sluice completion fi', 'fish'],
  ])('completion in bash knows %s', async (_title, line, words) => {
    await withFiles({ 'folder/it.pipe': 'param log_file: path = x # it\ncat $log_file\n' }, (cwd) => {
      const script = sluice(['completion', 'bash']).stdout
      const use = `sluice() { "$SLUICE" "$@"; }; COMP_WORDS=(${line}); COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
        _sluice \${COMP_WORDS[0]}; echo "\${COMPREPLY[@]}"`
      expect(bash(`${script}\n${use}`, { cwd })).toMatchObject({ stdout: `${words}\n`, stderr: '', end: 0 })
    })
  })
})

describe('a .pipe file is a command', () => {
  const rows: readonly (readonly [
    title: string,
    args: readonly string[],
    end: number,
    stdout: string | RegExp,
    stderr: RegExp,
  ])[] = [
    [
      'parameters become options',
      ['--what', 'a b', '--top=7', '--all', '--kind', 'b'],
      0,
      'a b 7 true b\n0   \n',
      /^$/,
    ],
    ['other arguments are $1 onwards', ['--what', 'x', 'one', 'two'], 0, 'x 2 false a\n2 one two \n', /^$/],
    ['a flag is turned off', ['--what', 'x', '--all', '--no-all'], 0, 'x 2 false a\n0   \n', /^$/],
    ['names may be cut short', ['--wh', 'x'], 0, 'x 2 false a\n0   \n', /^$/],
    [
      'help',
      ['--help'],
      0,
      /^Usage: count\.pipe \[OPTION\].*\nCounts things\.\n\n +--what=WHAT +what to count \(required\)/,
      /^$/,
    ],
    ['a missing parameter', [], 2, '', /^count\.pipe: option '--what' is required\nTry /],
    [
      'a value of the wrong type',
      ['--what', 'x', '--top', 'many'],
      2,
      '',
      /^count\.pipe: invalid argument 'many' for '--top': expected a whole number\n/,
    ],
    ['a value that is no choice', ['--what', 'x', '--kind', 'c'], 2, '', /expected one of a, b/],
    ['an unknown option', ['--what', 'x', '--nope'], 2, '', /^count\.pipe: unrecognized option '--nope'\n/],
    [
      'a value is no syntax',
      ['--what', '$(echo no); `x` | y'],
      0,
      '$(echo no); `x` | y 2 false a\n0   \n',
      /^$/,
    ],
  ]
  test.each(rows)('%s', async (_title, args, end, stdout, stderr) => {
    await withFiles({ 'count.pipe': pipe }, (cwd) => {
      const result = sluice(['./count.pipe', ...args], { cwd })
      expect(result.stderr).toMatch(stderr)
      if (typeof stdout === 'string') expect(result.stdout).toBe(stdout)
      else expect(result.stdout).toMatch(stdout)
      expect(result.end).toBe(end)
    })
  })

  const broken = 'param n: int = 3\nseq $n\necho "\n'
  test.each([
    ['a mistake in it makes no parameter unknown', [], broken],
    ['it comes before what is wrong with the arguments', ['--nope'], broken],
    ['and before a parameter that is missing', [], broken.replace(' = 3', '')],
    ['and before its help', ['--help'], broken],
  ])('%s', async (_title, args, text) => {
    await withFiles({ 'broken.pipe': text }, (cwd) => {
      const { stderr, end } = sluice(['./broken.pipe', ...args], { cwd })
      expect(stderr).toMatch(/^\.\/broken\.pipe:3:6: `"` is never closed [^\n]*\n[^\n]*\n[^\n]*\n$/)
      expect(end).toBe(2)
    })
  })

  test('its examples are its tests', async () => {
    await withFiles(
      { 'count.pipe': pipe, 'wrong.pipe': pipe.replace('x 2 false a', 'x 3 false a') },
      (cwd) => {
        expect(sluice(['test', 'count.pipe'], { cwd })).toMatchObject({
          stdout: 'ok count.pipe:10: --what x one\n1 passed, 0 failed\n',
          end: 0,
        })
        const wrong = sluice(['test', 'wrong.pipe'], { cwd })
        expect(wrong.stdout).toContain(
          'FAILED wrong.pipe:10: --what x one\n  - x 3 false a\n  + x 2 false a\n',
        )
        expect(wrong.end).toBe(1)
      },
    )
  })

  test('fmt --write changes the file, once', async () => {
    await withFiles({ 'x.pipe': 'seq 3|wc   -l\n' }, (cwd) => {
      expect(sluice(['fmt', '--write', 'x.pipe'], { cwd }).end).toBe(0)
      expect(readFileSync(join(cwd, 'x.pipe'), 'utf8')).toBe('seq 3 | wc -l\n')
      writeFileSync(join(cwd, 'x.pipe'), 'seq 3 | wc -l\n', { flag: 'r+' })
      expect(sluice(['fmt', '--write', 'x.pipe'], { cwd }).end).toBe(0)
    })
  })
})

test.each(['--version', '--help', 'explain --help', 'tools', 'grep --help'])(
  'sluice %s says when its words cannot be written',
  (args) => {
    const { stderr, end } = bash(`"$SLUICE" ${args} >/dev/full`)
    expect(stderr).toMatch(/^\w+: write error: No space left on device\n$/)
    expect(end).not.toBe(0)
  },
)
