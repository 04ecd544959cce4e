import { bytesOf } from '../../../base/bytes.js'

/** Which files and directories a search passes over. */
export interface Exclusion {
  readonly files: readonly NamePattern[]
  readonly directories: readonly NamePattern[]
}

/** A `--include` or `--exclude` glob. */
export interface NamePattern {
  readonly glob: string
  readonly isInclude: boolean
}

/**
 * Whether the patterns leave a name out: the last one that matches decides; when none does, a name is left out
 * if the first is an `--include`. An operand matches also from behind any of its slashes (grep manual, "File and
 * Directory Selection").
 */
export function isExcluded(patterns: readonly NamePattern[], name: string, isOperand: boolean): boolean {
  const [first] = patterns
  if (first === undefined) return false
  const decisive = patterns.findLast(({ glob }) => matches(glob, name, isOperand))
  return decisive === undefined ? first.isInclude : !decisive.isInclude
}

/** The globs in a file of `--exclude-from`, a line each. */
export function globsIn(content: Buffer): string[] {
  return content
    .toString()
    .split('\n')
    .map((line) => line.replace(/[ \t\v\f\r]+$/, ''))
    .filter((line) => line !== '')
}

function matches(glob: string, name: string, isOperand: boolean): boolean {
  const expression = expressionOf(glob)
  if (expression.test(bytewise(name))) return true
  if (!isOperand) return false
  for (let slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
    if (name[slash + 1] !== '/' && expression.test(bytewise(name.slice(slash + 1)))) return true
  }
  return false
}

const expressions = new Map<string, RegExp>()

/** A character a byte, as in the C locale. */
function bytewise(text: string): string {
  return bytesOf(text).toString('latin1')
}

/** A glob as a regular expression (POSIX.1-2017, section 2.13, where `*` matches slashes and dots too). */
function expressionOf(glob: string): RegExp {
  const known = expressions.get(glob)
  if (known !== undefined) return known
  const source = bytewise(glob).replace(
    /\\(.)|\[([!^]?)(\]?(?:\[:[a-z]+:\]|[^\]])*)\]|([*?])|([^])/gs,
    (whole, escaped?: string, negation?: string, set?: string, wildcard?: string) => {
      if (escaped !== undefined) return literal(escaped)
      if (wildcard !== undefined) return wildcard === '*' ? '[^]*' : '[^]'
      return set === undefined ? literal(whole) : `[${negation === '' ? '' : '^'}${setSource(set)}]`
    },
  )
  const expression = new RegExp(`^(?:${source})$`)
  expressions.set(glob, expression)
  return expression
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

const classes: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: ' \\t\\n\\v\\f\\r',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
}

function setSource(set: string): string {
  return set.replace(/\[:([a-z]+):\]|\\(.)|([\\\]^[])/gs, (whole, name?: string, escaped?: string) =>
    name !== undefined ? (classes[name] ?? '') : `\\${escaped ?? whole}`,
  )
}
