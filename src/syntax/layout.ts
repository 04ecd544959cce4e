import type { Comment, Node, Script } from './tree.js'
import { childrenOf } from './walk.js'

/** Lines should not be longer, in UTF-16 units. */
const lineLimit = 100

/** Where a node is printed. */
export interface Place {
  /** The blanks in front of its line. */
  readonly indent: string
  /** It has to stay on one line, to see whether it fits. */
  readonly isFlat: boolean
}

export const topLevel: Place = { indent: '', isFlat: false }

export function deeper({ indent }: Place, by = '  '): Place {
  return { indent: indent + by, isFlat: false }
}

/** What the source says about lines: where it breaks them, and the comments and blank lines between statements. */
export class Layout {
  private readonly broken = new WeakSet<Node>()
  private readonly comments: readonly Comment[]

  constructor(
    readonly text: string,
    script: Script,
  ) {
    this.comments = script.comments
    this.markBroken(script)
  }

  /** Whether a line ends between two offsets. */
  breaks(from: number, to: number): boolean {
    return this.text.slice(from, to).includes('\n')
  }

  /** Whether a line ends between the commands and words inside of the node, at any depth. */
  isBroken(node: Node): boolean {
    return this.broken.has(node)
  }

  /** `print` on one line when the source has it so and it fits, else undefined. */
  flat(node: Node, place: Place, print: (place: Place) => string): string | undefined {
    if (place.isFlat) return print(place)
    if (this.isBroken(node)) return undefined
    const printed = print({ ...place, isFlat: true })
    const longest = Math.max(...printed.split('\n').map(({ length }) => length))
    return place.indent.length + longest <= lineLimit ? printed : undefined
  }

  /**
   * What stands between the end of one thing and the beginning of the next, on a new line: the comments, and of
   * blank lines one where `keepsBlank`.
   */
  between(from: number, to: number, place: Place, keepsBlank = true): string {
    const { printed, end } = this.commentsBetween(from, to, place, keepsBlank)
    return printed + this.newLine(end, to, place, keepsBlank)
  }

  /** The same before a closing bracket, which stands less deep than the comments. */
  beforeClosing(from: number, to: number, inner: Place, { indent }: Place): string {
    return `${this.commentsBetween(from, to, inner, false).printed}\n${indent}`
  }

  private commentsBetween(from: number, to: number, place: Place, keepsBlank: boolean) {
    let printed = ''
    let end = from
    for (const { span, text } of this.commentsIn(from, to)) {
      const isTrailing = end > 0 && !this.breaks(end, span.start)
      printed += isTrailing ? `  ${text}` : this.newLine(end, span.start, place, keepsBlank) + text
      end = span.end
    }
    return { printed, end }
  }

  private newLine(from: number, to: number, { indent }: Place, keepsBlank: boolean): string {
    const isBlank = keepsBlank && /\n[ \t\r]*\n/.test(this.text.slice(from, to))
    return isBlank ? `\n\n${indent}` : `\n${indent}`
  }

  /** Whether the second offset is on the line after the first one's, with at most a comment before the line's end. */
  isNextLine(from: number, to: number): boolean {
    return /^[ \t\r]*(?:#[^\n]*)?\n[ \t]*$/.test(this.text.slice(from, to))
  }

  commentsIn(from: number, to: number): readonly Comment[] {
    return this.comments.slice(this.firstComment(from), this.firstComment(to))
  }

  /** Index of the first comment that begins at the offset or later. */
  private firstComment(offset: number): number {
    let low = 0
    let high = this.comments.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.comments[middle]?.span.start ?? offset) < offset) low = middle + 1
      else high = middle
    }
    return low
  }

  private markBroken(node: Node): boolean {
    const children = childrenOf(node)
    const hasLines = children.length > 0 && !isText.has(node.kind)
    let isBroken = false
    let at = node.span.start
    for (const child of children) {
      if (this.markBroken(child) || (hasLines && this.breaks(at, child.span.start))) isBroken = true
      at = child.span.end
    }
    if (hasLines && this.breaks(at, node.span.end)) isBroken = true
    if (isBroken) this.broken.add(node)
    return isBroken
  }
}

/** Newlines right inside of these belong to the text, or were removed from it. */
const isText: ReadonlySet<Node['kind']> = new Set([
  'word',
  'quoted',
  'condition',
  'assignment',
  'redirection',
])
