/** One element of a pattern: any run of characters, or one character that passes a test. */
type Element = 'any run' | ((character: string) => boolean)

/**
 * A test of names against a shell pattern (POSIX.1-2017 XCU 2.13.1), in time linear in the name for each `*`.
 * A backslash takes the meaning from the character after it.
 */
export function patternMatcher(pattern: string): (name: string) => boolean {
  const elements = parsePattern([...pattern])
  return (name) => matches(elements, [...name])
}

/** Whether the pattern stands for more than one name. */
export function hasWildcard(pattern: string): boolean {
  return /[*?[]/.test(pattern.replace(/\\./gs, ''))
}

/** The one name that a pattern without wildcards stands for. */
export function literalName(pattern: string): string {
  return pattern.replace(/\\(.)/gs, '$1')
}

/** A pattern that stands for the text itself. */
export function escapePattern(text: string): string {
  return text.replace(/[*?[\]\\]/g, '\\$&')
}

/** On a mismatch the last `*` takes one character more; earlier ones never need to. */
function matches(elements: readonly Element[], name: readonly string[]): boolean {
  let element = 0
  let at = 0
  let star = -1
  let resume = 0
  while (at < name.length) {
    const current = elements[element]
    if (current === 'any run') {
      star = element++
      resume = at
    } else if (current?.(name[at] ?? '') === true) {
      element++
      at++
    } else if (star >= 0) {
      element = star + 1
      at = ++resume
    } else return false
  }
  while (elements[element] === 'any run') element++
  return element === elements.length
}

function parsePattern(characters: readonly string[]): Element[] {
  const elements: Element[] = []
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? ''
    if (character === '*') elements.push('any run')
    else if (character === '?') elements.push(() => true)
    else if (character === '[') {
      const bracket = parseBracket(characters, at)
      elements.push(bracket?.test ?? is('['))
      at = bracket?.end ?? at
    } else if (character === '\\') elements.push(is(characters[++at] ?? '\\'))
    else elements.push(is(character))
  }
  return elements
}

function is(wanted: string): (character: string) => boolean {
  return (character) => character === wanted
}

/** The bracket that opens at `open`, or undefined where it never closes: then `[` is an ordinary character. */
function parseBracket(
  characters: readonly string[],
  open: number,
): { test: (character: string) => boolean; end: number } | undefined {
  const tests: ((character: string) => boolean)[] = []
  let at = open + 1
  const negated = characters[at] === '!' || characters[at] === '^'
  if (negated) at++
  const first = at
  for (; at < characters.length; at++) {
    if (characters[at] === ']' && at > first)
      return { test: (character) => tests.some((test) => test(character)) !== negated, end: at }
    const classEnd =
      characters[at] === '[' && characters[at + 1] === ':' ? characters.indexOf(':', at + 2) : -1
    if (classEnd > 0 && characters[classEnd + 1] === ']') {
      const expression = classes[characters.slice(at + 2, classEnd).join('')]
      tests.push((character) => expression?.test(character) === true)
      at = classEnd + 1
      continue
    }
    if (characters[at] === '\\') at++
    const low = characters[at] ?? ''
    if (characters[at + 1] === '-' && characters[at + 2] !== ']' && at + 2 < characters.length) {
      at += characters[at + 2] === '\\' ? 3 : 2
      const high = characters[at] ?? ''
      tests.push((character) => low <= character && character <= high)
    } else tests.push(is(low))
  }
  return undefined
}

const classes: Readonly<Record<string, RegExp>> = {
  alnum: /[A-Za-z0-9]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  cntrl: /[\0-\x1f\x7f]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[ \t-\r]/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
}
