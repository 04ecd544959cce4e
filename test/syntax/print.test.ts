import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse, print } from '../../src/syntax/index.js'
import { parseFine, source, withoutSpans } from './support.js'
import { soup } from './soup.js'

type Row = readonly [title: string, text: string, printed?: string]

/** A text and its canonical form; a row with one text is canonical already. */
const rows: readonly Row[] = [
  ['nothing', '', ''],
  ['blanks between words', ' a \t b;', 'a b\n'],
  ['one statement a line', 'a; b;c', 'a\nb\nc\n'],
  ['one blank line at most', '\n\na\n\n\n  \nb\n\n', 'a\n\nb\n'],
  ['operators', 'a&&b||c|d|&e;! f', 'a && b || c | d |& e\n! f\n'],
  [
    'redirections',
    'a 2>>f <g >|h <>i 2>& 1 <&- <<<j 1>k 0<l',
    'a 2>> f < g >| h <> i 2>&1 <&- <<< j > k < l\n',
  ],
  ['words as they are quoted', `a 'b'"c"\\d$'\\t'e"\\$f \${g}" \${h:-"i"} $j ~k *l [m]\n`],
  ['groups on one line', '{ a;b; }>f;(a;b)', '{ a; b; } > f\n(a; b)\n'],
  ['groups on several', '{ a\n b; }\n(a;\n\nb # c\n\n)', '{\n  a\n  b\n}\n(\n  a\n\n  b  # c\n)\n'],
  ['a subshell first in another', '( (a) )\n$( (a))', '( (a))\n$( (a))\n'],
  ['substitutions', 'a $(b;c) "$(\nd)" <( e ) >(\nf\n)', 'a $(b; c) "$(\n  d\n)" <(e) >(\n  f\n)\n'],
  ['a pipeline on several lines', 'a |\nb\n\t|& c', 'a\n  | b\n  |& c\n'],
  ['a negated pipeline on several lines', '! a |\nb', '! a\n  | b\n'],
  ['a pipeline after a group on several lines', '{\na\n} | b', '{\n  a\n} | b\n'],
  ['a long pipeline', `${'cat a | '.repeat(13)}b`, `cat a\n${'  | cat a\n'.repeat(12)}  | b\n`],
  ['a pipeline that just fits', `${'cat | '.repeat(16)}echo\n`],
  ['a list on several lines', 'a&&\nb||c', 'a &&\n  b || c\n'],
  [
    'a long list',
    `${'a'.repeat(60)} && ${'b'.repeat(60)} | c`,
    `${'a'.repeat(60)} &&\n  ${'b'.repeat(60)} | c\n`,
  ],
  ['a function', 'f ( )\n\n{ a; }', 'f() { a; }\n'],
  ['a function in a subshell', 'f()(a)>x', 'f() (a) > x\n'],
  ['continued lines', 'a\\\nb c \\\n  d', 'ab c \\\n    d\n'],
  ['comments behind statements', 'a# b # c\na   #d  \n#e', 'a# b  # c\na  #d\n#e\n'],
  ['comments in a pipeline', 'a | # b\n\n # c\n d', 'a  # b\n  # c\n  | d\n'],
  ['comments in a list', 'a && # b\n# c\nd', 'a &&  # b\n  # c\n  d\n'],
  ['comments in a group', '{ # a\n# b\nc # d\n\n# e\n}', '{  # a\n  # b\n  c  # d\n  # e\n}\n'],
  ['comments before a function body', 'f() # a\n# b\n{ c; }', 'f() {  # a\n  # b\n  c\n}\n'],
  ['comments in a substitution', 'a $(b # c\n)', 'a $(\n  b  # c\n)\n'],
  ['comments without statements', '\n#!/bin/x\n\n\n# a\n', '#!/bin/x\n\n# a\n'],
  [
    'parameters in columns',
    'param a:int=1 # x\nparam long:  string\nparam c: enum(a, b) = a # y\n\nparam d: bool # z',
    'param a:    int       = 1  # x\nparam long: string\nparam c:    enum(a,b) = a  # y\n\nparam d: bool  # z\n',
  ],
  ['a default that ends in a blank', 'param a: string = b\\ \n'],
  [
    'an example',
    'example {\n\n-n  1 <f\n # a\n\n =>"b"\n=>   exit   2 # c\n\n}',
    'example {\n  -n 1 < f\n  # a\n\n  => "b"\n  => exit 2  # c\n}\n',
  ],
  [
    'a service and a module',
    "service  a  listen   :80 'b | c'\nuse   ./d.ts",
    "service a listen :80 'b | c'\nuse ./d.ts\n",
  ],
]

const table = rows.map(([title, text, printed = text]) => [title, text, printed] as const)

describe('the canonical form of', () => {
  test.each(table)('%s', (_title, text, printed) => {
    expect(format(text)).toBe(printed)
  })

  test.each(table)('%s is stable and means the same', (_title, text) => {
    const printed = format(text)
    expect(withoutSpans(parseFine(printed))).toEqual(withoutSpans(parseFine(text)))
    expect(format(printed)).toBe(printed)
  })

  test('anything that parses is stable, means the same, and has all comments', () => {
    fc.assert(
      fc.property(soup, fc.boolean(), (text, declarations) => {
        const before = parse(source(text), { declarations })
        fc.pre(before.diagnostics.length === 0)
        const printed = print(before.script, source(text))
        const after = parse(source(printed), { declarations })
        expect(after.diagnostics).toEqual([])
        expect(withoutSpans(after.script)).toEqual(withoutSpans(before.script))
        expect(print(after.script, source(printed))).toBe(printed)
      }),
      { numRuns: 2000, maxSkipsPerRun: 100 },
    )
  })
})

function format(text: string): string {
  return print(parseFine(text), source(text))
}
