import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parse, type WordPart } from '../../src/syntax/index.js'
import { soup } from './soup.js'
import { bash, parseFine, source, wordsOf } from './support.js'

// Law 2: what we accept means what it means to the shell.

const emptyFolder = mkdtempSync(join(tmpdir(), 'sluice-syntax-'))
afterAll(() => {
  rmSync(emptyFolder, { recursive: true })
})

describe('bash accepts what we accept', () => {
  const scripts: readonly string[] = [
    'a b "c d" $e',
    'a | b |& c',
    'a |\n# b\n\nc',
    '! a && b || c; d',
    'a &&\n# b\nc',
    '{ a; b; } > f 2>&1',
    '( a\nb ) < f',
    '( (a) )',
    'f() { a; }\ng()\n( b ) > c',
    'X=1 Y= a 2>> b >| c <> d <&- <<< e < <(f)',
    'a $(b "$(c)") <(d) >(e | f)',
    'a ${b:-c d} "${e:?f}" ${g+h} ${#i} ${10} $@ "$*" $#',
    'a \\\n  b \\\n| c',
    'a {} a{b}c {a [ ] [a *.c',
    'echo if then { } ! done [[ time',
    'a # b | c\n# d',
    'alias() { a; }',
    '{ a\n}',
    'a 2>&1 | b',
  ]
  test.each(scripts)('%j', (script) => {
    parseFine(script, false)
    expect(bash(script, { args: ['-n'] })).toMatchObject({ stderr: '', status: 0 })
  })

  test('random text, but for a line that begins with a pipe', () => {
    const accepted = fc.sample(soup, 20_000).filter((text) => {
      const { script, diagnostics } = parse(source(text), { declarations: false })
      return diagnostics.length === 0 && script.body.statements.length > 0 && !/\n\s*\|/.test(text)
    })
    expect(accepted.length).toBeGreaterThan(100)
    for (const text of accepted.slice(0, 200))
      expect({ text, ...bash(text, { args: ['-n'] }) }).toMatchObject({ text, stderr: '', status: 0 })
  })
})

describe('a word is to bash what it is to us', () => {
  const words: readonly string[] = [
    "'a b'",
    '"a b"',
    'a\'b\'"c"\\d',
    '"\\$ \\` \\" \\\\ \\a"',
    "$'a\\tb\\n\\x41\\101\\u00e9\\U1F600\\'\\\\\\e\\cA'",
    "$'\\xc3\\xa9'",
    "''",
    '"a\\\nb"',
    'a\\\nb',
    "'a\\\nb'",
    '$',
    '"a$"',
    'a$%',
    '"$\'b\'"',
    '{}',
    '{},{}',
    'a{b}c',
    '{a,b',
    'a,b}',
    '{1..',
    '[a-c]*?',
    "[a'*'b]",
    '[!\\]a]',
    '[',
    'a=b',
    'a#b',
    '~',
    '~/a',
    'a~',
    "'~'/a",
    '~\\a',
    '$v"$v"${v}x',
    '${u:-a}',
    '"${u:-a b}"',
    '"${u:-"a  b"}"',
    '"${u:-a\\}b\\a\\$}"',
    "${u-'a}b'}",
    '${u:-~/a}',
    '"${u:-~}"',
    '${e-x}y',
    '${e:-x}',
    '${v:+x}',
    '"${u+x}"',
    '${#v}',
    '$1$12',
    '${1}',
  ]
  test.each(words)('%s', (word) => {
    const command = `echo ${word}`
    expect(inBash([command])).toEqual([ours(command)])
  })

  test('random words', () => {
    const commands = fc
      .sample(wordSoup, 20_000)
      .map((word) => `echo ${word}`)
      .filter((command) => ours(command) !== undefined)
    expect(commands.length).toBeGreaterThan(1000)
    const outputs = inBash(commands)
    expect(commands.map((command, i) => [command, outputs[i]])).toEqual(
      commands.map((command) => [command, ours(command)]),
    )
  })

  const wordSoup = fc
    .array(
      fc.constantFrom(
        ...[
          'a',
          'b',
          '0',
          '1',
          'x=',
          ' ',
          '"',
          '"',
          "'",
          "'",
          '\\',
          '\\\n',
          '*',
          '?',
          '[',
          ']',
          '[a]',
          '!',
          '^',
          '-',
        ],
        ...[
          '~',
          '{',
          '}',
          ',',
          '..',
          '{1..3}',
          '{a,b}',
          ':',
          '=',
          '#',
          '$',
          "$'",
          '\\n',
          '\\x41',
          '\\u00e9',
          '\\101',
        ],
        ...[
          'é',
          '😀',
          '\\"',
          "\\'",
          '@',
          '%',
          '+',
          '$v',
          '${v}',
          '${u:-',
          '${v:+',
          '${#v}',
          '"$v"',
          '$1',
          '${e-',
          '\n',
        ],
        ...['[[:alpha:]]', '[!', '$#', '}'],
      ),
      { minLength: 1, maxLength: 9 },
    )
    .map((pieces) => pieces.join(''))
})

const variables: Readonly<Record<string, string>> = { v: 'val', e: '', 1: 'one', 2: 'two', '#': '2' }
const home = '/home/me'

/** What bash prints for the arguments of each command. */
function inBash(commands: readonly string[]): string[] {
  const setup = `echo() { printf '<%s>' "$@"; printf '\\0'; }; v=val e=; unset u; set -- one two; HOME=${home}\n`
  return bash(setup + commands.join('\n'), { cwd: emptyFolder })
    .stdout.split('\0')
    .slice(0, -1)
}

/** The same by our tree; undefined where it is not one command of words whose values cannot be split. */
function ours(command: string): string | undefined {
  const { script, diagnostics } = parse(source(command), { declarations: false })
  const [statement, ...others] = script.body.statements
  const [stage, ...stages] = statement?.first.stages ?? []
  if (diagnostics.length > 0 || others.length + stages.length > 0 || stage?.kind !== 'command')
    return undefined
  if (statement?.rest.length !== 0 || stage.redirections.length > 0 || script.comments.length > 0)
    return undefined
  let isSplit = false
  const values = wordsOf(script)
    .slice(1)
    .map(({ parts }) => {
      const value = valueOf(parts)
      const isExpanded = parts.some(({ kind }) => kind === 'parameter' || kind === 'condition')
      isSplit ||= value === undefined || (isExpanded && /^$|\s/.test(value))
      return value ?? ''
    })
  if (isSplit) return undefined
  return values.length === 0 ? '<>' : values.map((value) => `<${value}>`).join('')
}

function valueOf(parts: readonly WordPart[]): string | undefined {
  const values = parts.map(valueOfPart)
  return values.includes(undefined) ? undefined : values.join('')
}

function valueOfPart(part: WordPart): string | undefined {
  switch (part.kind) {
    case 'literal':
    case 'escape':
    case 'glob':
      return part.text
    case 'quoted':
      return valueOf(part.parts)
    case 'tilde':
      return part.user === undefined ? home : `~${part.user}`
    case 'parameter':
      return '*@0'.includes(part.name) ? undefined : (variables[part.name] ?? '')
    case 'length':
      return String((variables[part.name] ?? '').length)
    case 'condition': {
      const value = variables[part.name]
      const isSet = value !== undefined && (value !== '' || !part.operator.startsWith(':'))
      if (part.operator.endsWith('+')) return isSet ? valueOf(part.word.parts) : ''
      return isSet ? value : valueOf(part.word.parts)
    }
    case 'command-substitution':
    case 'process-substitution':
      return undefined
  }
}
