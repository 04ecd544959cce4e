import { describe, expect, test } from 'vitest'
import { childrenOf, commandNames, parse, walk, wordText, type Node } from '../../src/syntax/index.js'
import { findings, parseFine, source, wordsOf } from './support.js'

describe('a .pipe file', () => {
  const text = `#!/usr/bin/env sluice
# The clients that hit the most errors.            <- first comment: the summary in --help
param log: path = access.log     # the log to read  <- becomes --log PATH, type-checked, completed, in --help
param top: int  = 10             # how many to print

errors() { grep -E '" (4|5)[0-9]{2} ' ; }          # a function: POSIX syntax, takes $1 … $@

cat "$log" | errors | cut -d' ' -f1 | sort | uniq -c | sort -rn | head -n "$top"

example {                                          # run by \`sluice test FILE\`
  --log data/access.log --top 1
  => "   1234 66.249.73.135"
}
service api listen http :5000 'route …'            # started by \`sluice up FILE\` (section 7)
`
  const script = parseFine(text)

  test('has its first comment as summary', () => {
    expect(script.summary).toMatch(/^The clients that hit the most errors\. /)
  })

  test('declares parameters with type, default and help', () => {
    const [log, top] = script.parameters
    expect(log).toMatchObject({ name: 'log', type: { name: 'path' } })
    expect(log?.help).toMatch(/^the log to read /)
    expect(top).toMatchObject({ name: 'top', type: { name: 'int' }, help: 'how many to print' })
    expect(top?.default && wordText(top.default)?.text).toBe('10')
  })

  test('defines functions', () => {
    expect(script.functions.map(({ name, body }) => [name, body.kind])).toEqual([['errors', 'group']])
  })

  test('runs its pipeline', () => {
    const stages = script.body.statements[0]?.first.stages ?? []
    expect(stages.map(({ span }) => text.slice(span.start, span.end))).toEqual([
      'cat "$log"',
      'errors',
      "cut -d' ' -f1",
      'sort',
      'uniq -c',
      'sort -rn',
      'head -n "$top"',
    ])
  })

  test('has examples and services', () => {
    const [example] = script.examples
    expect(example?.arguments.map((word) => wordText(word)?.text)).toEqual([
      '--log',
      'data/access.log',
      '--top',
      '1',
    ])
    expect(example?.expected).toMatchObject([{ kind: 'expected-line' }])
    expect(script.services.map(({ name, words }) => [name, words.length])).toEqual([['api', 4]])
  })
})

describe('declarations', () => {
  test('a parameter without default is required; enum lists its values', () => {
    const script = parseFine('param x: enum(a, b)\nparam y:string')
    expect(script.parameters).toMatchObject([
      { name: 'x', type: { name: 'enum', choices: ['a', 'b'] }, default: undefined, help: undefined },
      { name: 'y', type: { name: 'string', choices: [] } },
    ])
  })

  test('an example takes input, several lines and an exit code', () => {
    const [example] = parseFine(
      "example {\n # why\n -n 1\n\n -v <<< 'a\nb'\n => 'x'\n => \"\"\n => exit 3\n}",
    ).examples
    expect(example?.arguments).toHaveLength(3)
    expect(example?.stdin).toMatchObject({ operator: '<<<', descriptor: 0 })
    expect(
      example?.expected.map((line) =>
        line.kind === 'expected-exit' ? line.code : wordText(line.line)?.text,
      ),
    ).toEqual(['x', '', 3])
  })

  test('a module is named by its path', () => {
    expect(parseFine('use ./foo.ts').uses.map(({ path }) => wordText(path)?.text)).toEqual(['./foo.ts'])
  })

  const summaries: readonly (readonly [text: string, summary: string | undefined])[] = [
    ['# a\n#b\n\n# c\nx', 'a\nb'],
    ['#!/bin/x\n\n# a\nx', 'a'],
    ['x\n# a', undefined],
    ['x # a', undefined],
    ['#!/bin/x\nx', undefined],
  ]
  test.each(summaries)('the summary of %j is %j', (text, summary) => {
    expect(parseFine(text).summary).toBe(summary)
  })
})

describe('a pipeline over several lines', () => {
  const forms: readonly string[] = [
    'a |\nb |\nc',
    'a | # one\n\n  # two\nb |\n# three\nc',
    'a\n| b\n  | c',
    'a # one\n| b # two\n\t# three\n  | c',
    'a |\\\nb \\\n| c',
    'a\n|\nb\n|\n\nc',
  ]
  test.each(forms)('%j has three stages', (text) => {
    const { body } = parseFine(text)
    expect(body.statements.map(({ first }) => first.stages.length)).toEqual([3])
  })

  test('goes on after && and ||', () => {
    const { body } = parseFine('a &&\n# one\nb ||\n\nc; d\ne')
    expect(body.statements.map(({ rest }) => rest.map(({ operator }) => operator))).toEqual([
      ['&&', '||'],
      [],
      [],
    ])
  })

  test('is not continued over a blank line', () => {
    expect(findings('a\n\n| b')).toHaveLength(1)
  })

  test('keeps the comments that were looked at in search of a pipe', () => {
    expect(parseFine('a\n# one\n# two\nb').comments.map(({ text }) => text)).toEqual(['# one', '# two'])
  })
})

describe('redirections', () => {
  const rows: readonly (readonly [text: string, descriptor: number, operator: string])[] = [
    ['a <f', 0, '<'],
    ['a > f', 1, '>'],
    ['a 2>>f', 2, '>>'],
    ['a 12>|f', 12, '>|'],
    ['a <>f', 0, '<>'],
    ['a 2>&1', 2, '>&'],
    ['a <&-', 0, '<&'],
    ['a <<<f', 0, '<<<'],
    ['a < <(f)', 0, '<'],
    ['<f a', 0, '<'],
    ['{ a; } >f', 1, '>'],
    ['(a) 2>f', 2, '>'],
  ]
  test.each(rows)('%j', (text, descriptor, operator) => {
    const [stage] = parseFine(text).body.statements[0]?.first.stages ?? []
    expect(stage?.redirections).toMatchObject([{ descriptor, operator }])
  })

  test('a number belongs to the operator only right in front of it', () => {
    expect(wordsOf(parseFine('a 2 >f'))).toHaveLength(2)
    expect(wordsOf(parseFine("a '2'>f"))).toHaveLength(2)
  })
})

describe('words', () => {
  const rows: readonly (readonly [word: string, ...kinds: string[]])[] = [
    ['a', 'literal'],
    ['a#b', 'literal'],
    ['"$@"', 'quoted'],
    ['a$1b', 'literal', 'parameter', 'literal'],
    ['$10', 'parameter', 'literal'],
    ['${10}', 'parameter'],
    ['$', 'literal'],
    ['${#}', 'parameter'],
    ['${#x}', 'length'],
    ['${x:-a b}', 'condition'],
    ['$(a)', 'command-substitution'],
    ['--x=<(a)', 'literal', 'process-substitution'],
    ['~', 'tilde'],
    ['~me/x', 'tilde', 'literal'],
    ['a~', 'literal'],
    ["~'a'", 'literal', 'quoted'],
    ['*.[ch]', 'glob', 'literal', 'glob'],
    ['[a', 'literal'],
    ['[a/b]', 'literal'],
    ['{}', 'literal'],
    ['a{b}c', 'literal'],
    ["'*'", 'quoted'],
    ['\\*', 'escape'],
  ]
  test.each(rows)('%s', (word, ...kinds) => {
    expect(wordsOf(parseFine(`x ${word}`))[1]?.parts.map(({ kind }) => kind)).toEqual(kinds)
  })

  test('patterns match nothing in assignments and here-strings', () => {
    const kinds: string[] = []
    walk(parseFine('X=*{a,b} a <<< *{a,b}'), ({ kind }) => kinds.push(kind))
    expect(kinds).not.toContain('glob')
  })

  test('what is quoted in brackets has a backslash in the pattern only', () => {
    expect(wordsOf(parseFine('x [!"a-"\\]b]'))[1]?.parts).toMatchObject([
      { kind: 'glob', pattern: '[!\\a\\-\\]b]', text: '[!a-]b]' },
    ])
  })
})

describe('commands', () => {
  test('the names that are known before the run', () => {
    const script = parseFine('f() { g; }; a | "b" $(c "$(d)") <(e); $x; a')
    expect(commandNames(script).sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'g'])
  })

  test('reserved words are words where no command begins', () => {
    expect(wordsOf(parseFine('echo if then { } ! done [[ time'))).toHaveLength(9)
  })

  test('a pipe for both streams', () => {
    const [statement] = parseFine('! a |& b | c').body.statements
    expect(statement?.first).toMatchObject({
      negated: true,
      pipes: [{ withStderr: true }, { withStderr: false }],
    })
  })

  test('a statement with a finding is left out of the tree, the others are not', () => {
    const { script } = parse(source('a; b | | c; d'), { declarations: true })
    expect(commandNames(script)).toEqual(['a', 'd'])
  })
})

describe('spans', () => {
  test('every node lies within its parent, after its elder siblings, and covers its text', () => {
    const text = [
      'param p: enum(a,b) = "x"',
      'f() { a <x 2>&1; } # c',
      'X=1 Y= a\\\nb "q $x ${y:-z} \\$" $\'\\n\' ~/x *.c >f \\',
      '  | (b) && ! c <(d; e) || { g; }',
      'service s exec x',
      'use ./x',
      'example {\n  a <f\n  => "x"\n  => exit 1\n}',
    ].join('\n')
    let count = 0
    walk(parseFine(text), (node, parent) => {
      count++
      if (parent) {
        expect(node.span.start).toBeGreaterThanOrEqual(parent.span.start)
        expect(node.span.end).toBeLessThanOrEqual(parent.span.end)
      }
      const ends = node.kind === 'script' ? [] : childrenOf(node).map(({ span }) => span.end)
      expect(ends).toEqual([...ends].sort((a, b) => a - b))
      const shape = shapes[node.kind]
      if (shape) expect(text.slice(node.span.start, node.span.end)).toMatch(shape)
    })
    expect(count).toBeGreaterThan(80)
  })

  const shapes: Partial<Record<Node['kind'], RegExp>> = {
    param: /^param .*"$/,
    type: /^enum\(a,b\)$/,
    function: /^f\(\) \{.*\}$/,
    group: /^\{.*\}$/,
    subshell: /^\(.*\)$/,
    pipe: /^\|$/,
    link: /^(?:&&|\|\|)/,
    redirection: /^[2<>]/,
    assignment: /^[XY]=1?$/,
    quoted: /^(?:"[^]*"|\$'[^]*')$/,
    escape: /^\\.$/,
    parameter: /^\$x$/,
    condition: /^\$\{y:-z\}$/,
    'process-substitution': /^<\(.*\)$/,
    tilde: /^~$/,
    glob: /^\*$/,
    comment: /^# c$/,
    service: /^service s exec x$/,
    use: /^use \.\/x$/,
    example: /^example \{[^]*\}$/,
    'expected-line': /^=> "x"$/,
    'expected-exit': /^=> exit 1$/,
  }

  test('a spec in a word of another one reports places in the outer text', () => {
    const text = `listen "a \\"\\$x\\" \\\n| b >"' | | c'$'\\x20> ;' d`
    const word = wordsOf(parseFine(text))[1]
    const inner = word && wordText(word)
    expect(inner?.text).toBe('a "$x" | b > | | c > ;')
    const { diagnostics } = parse(inner ?? source(''), { declarations: false })
    expect(diagnostics.map(({ span }) => text.slice(span.start, span.end))).toEqual([`>"'`, '|', '>'])
    expect(diagnostics.map(({ span }) => span.start)).toEqual([24, 28, 40])
  })

  test('a word with an expansion has no static text', () => {
    const words = ['$x', '"a$x"', '$(a)', '*', '~'].map((word) => wordsOf(parseFine(`x ${word}`))[1])
    expect(words.map((word) => word && wordText(word))).toEqual(words.map(() => undefined))
  })
})
