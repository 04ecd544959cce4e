import { describe, expect, test } from 'vitest'
import { parseArguments } from '../../src/base/getopt.js'
import type { ArgumentSyntax } from '../../src/base/tool.js'

const table = {
  all: { short: 'a', long: 'all', help: '' },
  alert: { long: 'alert', help: '' },
  lines: { short: 'n', long: 'lines', value: 'N', help: '' },
  color: { long: ['color', 'colour'], value: 'WHEN', optionalValue: true, help: '' },
  inPlace: { short: 'i', long: 'in-place', value: 'SUFFIX', optionalValue: true, help: '' },
  recursive: { short: ['r', 'R'], help: '' },
} as const

/** The options and operands as one line: `all lines=5 | file`. */
function parsed(argv: readonly string[], syntax?: ArgumentSyntax, env?: Record<string, string>): string {
  const { options, operands } = parseArguments(table, argv, syntax, env)
  const given = options.map(({ key, value }) => (value === undefined ? key : `${key}=${value}`))
  return `${given.join(' ')} | ${operands.join(' ')}`
}

describe('arguments are parsed as getopt_long does', () => {
  const rows: readonly (readonly [title: string, argv: readonly string[], result: string])[] = [
    ['a short option', ['-a'], 'all | '],
    ['an argument attached', ['-n5'], 'lines=5 | '],
    ['an argument that follows', ['-n', '5'], 'lines=5 | '],
    ['an argument that looks like an option', ['-n', '-a'], 'lines=-a | '],
    ['a cluster', ['-arn5'], 'all recursive lines=5 | '],
    ['either of two letters', ['-R'], 'recursive | '],
    ['a long option with =', ['--lines=5'], 'lines=5 | '],
    ['a long option and its argument', ['--lines', '5'], 'lines=5 | '],
    ['an empty argument', ['--lines='], 'lines= | '],
    ['a long option cut short', ['--li', '5'], 'lines=5 | '],
    ['an exact name that begins another', ['--all'], 'all | '],
    ['two names of one option cut short', ['--col'], 'color | '],
    ['an optional argument left out', ['--color', 'always'], 'color | always'],
    ['an optional argument given', ['--color=always'], 'color=always | '],
    ['an optional argument attached to a letter', ['-i.bak', '-i', 'x'], 'inPlace=.bak inPlace | x'],
    ['options after operands', ['f', '-a', 'g'], 'all | f g'],
    ['-- ends the options', ['-a', '--', '-n', '5'], 'all | -n 5'],
    ['- is an operand', ['-', '-a'], 'all | -'],
  ]
  test.each(rows)('%s', (_title, argv, result) => {
    expect(parsed(argv)).toBe(result)
  })

  test('the first operand ends the options where the tool or POSIXLY_CORRECT says so', () => {
    expect(parsed(['-a', 'f', '-a'], { operandsLast: true })).toBe('all | f -a')
    expect(parsed(['-a', 'f', '-a'], {}, { POSIXLY_CORRECT: '' })).toBe('all | f -a')
  })

  test('a tool without options takes everything as operands', () => {
    expect(parsed(['-n', '--', '--help'], { raw: true })).toBe(' | -n -- --help')
  })
})

describe('mistakes are called what getopt_long calls them', () => {
  const rows: readonly (readonly [argv: readonly string[], message: string, argument: number])[] = [
    [['-x'], "invalid option -- 'x'", 0],
    [['-a', '-ax'], "invalid option -- 'x'", 1],
    [['--nope=1'], "unrecognized option '--nope=1'", 0],
    [['--al'], "option '--al' is ambiguous; possibilities: '--all' '--alert'", 0],
    [['-n'], "option requires an argument -- 'n'", 0],
    [['f', '--lines'], "option '--lines' requires an argument", 1],
    [['--all=x'], "option '--all' doesn't allow an argument", 0],
  ]
  test.each(rows)('%j', (argv, message, argument) => {
    expect(() => parsed(argv)).toThrow(expect.objectContaining({ message, argument }))
  })

  test.each([
    [['-ax'], 'x'],
    [['--nope=1'], 'nope'],
  ])('%j, with what is written here instead', (argv, name) => {
    const help = 'it is --all'
    expect(() => parsed(argv, { elsewhere: { [name]: help } })).toThrow(expect.objectContaining({ help }))
  })
})
