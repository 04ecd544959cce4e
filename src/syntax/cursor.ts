import type { Span } from '../base/span.js'

/**
 * A place in a text. Outside of single quotes and comments it never stands on a line continuation, a
 * backslash before a newline, which the shell removes before anything else (POSIX 2.2.1).
 */
export class Cursor {
  /** The next character's offset in `text`. */
  position: number
  /** Where the last character taken ended: line continuations behind it are not part of what was read. */
  consumed = 0

  /** The first line continuation at or after the position that `match` looked at last. */
  private continuation = -1

  constructor(
    readonly text: string,
    private readonly offsets?: readonly number[],
  ) {
    this.position = this.pastContinuations(0)
  }

  get atEnd(): boolean {
    return this.position >= this.text.length
  }

  /** The next character, or the one `ahead` of it; empty at the end. */
  peek(ahead = 0): string {
    let at = this.position
    for (let i = 0; i < ahead; i++) at = this.pastContinuations(at + 1)
    return this.text.charAt(at)
  }

  startsWith(prefix: string): boolean {
    for (let i = 0; i < prefix.length; i++) if (this.peek(i) !== prefix[i]) return false
    return true
  }

  advance(count = 1): void {
    for (let i = 0; i < count && !this.atEnd; i++) this.moveTo(this.position + 1)
  }

  /** Takes everything before `position`, as it stands. */
  moveTo(position: number): void {
    this.consumed = position
    this.position = this.pastContinuations(position)
  }

  /** Goes back to a position that the cursor had, to read from there in another way. */
  returnTo(position: number): void {
    this.position = position
  }

  /** Whether only blanks stand before the next character on its line. */
  get atLineStart(): boolean {
    let at = this.position - 1
    while (this.text[at] === ' ' || this.text[at] === '\t') at--
    return at < 0 || this.text[at] === '\n'
  }

  take(expected: string): boolean {
    const found = this.startsWith(expected)
    if (found) this.advance(expected.length)
    return found
  }

  takeCharacter(): string {
    const character = this.peek()
    this.advance()
    return character
  }

  /** What a sticky pattern matches here, or further on; for a token of a few characters, which `advance` takes. */
  match(pattern: RegExp, position = this.position): RegExpExecArray | undefined {
    if (this.continuation < position) this.continuation = indexOrEnd(this.text, '\\\n', position)
    const isJoined = this.continuation - position < longestToken
    pattern.lastIndex = isJoined ? 0 : position
    return pattern.exec(isJoined ? this.window(position) : this.text) ?? undefined
  }

  /** How many characters a sticky pattern matches here, at most up to the next line continuation. */
  runLength(pattern: RegExp): number {
    pattern.lastIndex = this.position
    return pattern.exec(this.text)?.[0].length ?? 0
  }

  /** Takes what a sticky pattern matches, and what it matches again after each line continuation. */
  takeRun(pattern: RegExp): string {
    let run = ''
    for (let length = this.runLength(pattern); length > 0; length = this.runLength(pattern)) {
      run += this.text.slice(this.position, this.position + length)
      this.moveTo(this.position + length)
    }
    return run
  }

  /** The span in the outermost text of what lies between two positions; the end defaults to what was taken last. */
  span(start: number, end = Math.max(start, this.consumed)): Span {
    return { start: this.offset(start), end: this.offset(end) }
  }

  offset(position: number): number {
    return this.offsets === undefined ? position : (this.offsets[position] ?? this.offsets.at(-1) ?? 0)
  }

  /** The next characters without line continuations. */
  private window(position: number): string {
    let joined = ''
    let at = position
    while (joined.length < longestToken && at < this.text.length) {
      joined += this.text.charAt(at)
      at = this.pastContinuations(at + 1)
    }
    return joined
  }

  pastContinuations(position: number): number {
    let at = position
    while (this.text.charCodeAt(at) === backslash && this.text.charCodeAt(at + 1) === newline) at += 2
    return at
  }
}

const backslash = 0x5c
const newline = 0x0a
const longestToken = 256

function indexOrEnd(text: string, sought: string, from: number): number {
  const found = text.indexOf(sought, from)
  return found < 0 ? Infinity : found
}
