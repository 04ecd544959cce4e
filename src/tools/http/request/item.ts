/** What an item is, by its separator. */
export const itemKinds = {
  ':': 'header',
  ';': 'empty header',
  '==': 'query',
  '=': 'text',
  ':=': 'json',
  '@': 'file',
  ':@': 'header from file',
  '==@': 'query from file',
  '=@': 'text from file',
  ':=@': 'json from file',
} as const

type Separator = keyof typeof itemKinds

export interface Item {
  readonly kind: (typeof itemKinds)[Separator]
  readonly name: string
  /** The value, or the file that it stands in. */
  readonly value: string
}

/**
 * Parts an item at its first separator, the longest that stands there; a backslash before a character of a separator
 * makes it an ordinary one (HTTPie manual, "Request items"). Undefined when there is none.
 */
export function parseItem(text: string): Item | undefined {
  let name = ''
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '\\') {
      name += unescape(text.slice(at, at + 2))
      at++
      continue
    }
    const separator = separators.find((each) => text.startsWith(each, at))
    if (separator !== undefined) {
      const value = text.slice(at + separator.length).replace(/\\./gs, unescape)
      return { kind: itemKinds[separator], name, value }
    }
    name += character
  }
  return undefined
}

// The longest first. The cast states what the table above holds.
const separators = (Object.keys(itemKinds) as Separator[]).sort((a, b) => b.length - a.length)

/** A backslash with the character behind it; before what is in no separator it stands for itself. */
function unescape(pair: string): string {
  return /^\\[:;=@]/.test(pair) ? pair.slice(1) : pair
}
