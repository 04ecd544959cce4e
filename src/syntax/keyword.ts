import { skipBlanks, skipLines } from './blank.js'
import type { Context } from './context.js'
import { refusedKeywords, strayKeyword } from './expected.js'
import { readRedirections } from './redirection.js'
import { skipParentheses } from './skip.js'
import { endsWord, readWord } from './word.js'

/**
 * Reserved words of the shells that we refuse: each is reported once, and what belongs to it is skipped.
 */

/** Whether this word stands here, by itself. */
export function isReserved({ cursor }: Context, word: '{' | '}' | '!'): boolean {
  if (!cursor.startsWith(word)) return false
  const next = cursor.peek(word.length)
  return next === '' || ' \t\r\n;&|()<>'.includes(next)
}

/** The refused keyword that stands here. */
export function keywordAt({ cursor }: Context): string | undefined {
  return cursor.match(keyword)?.[0]
}

const keyword =
  /(?:if|then|elif|else|fi|for|while|until|select|do|done|case|esac|function|time|coproc|\[\[|\]\])(?=[\s;&|()<>]|$)/y

/**
 * Reports the keyword and skips its construct. Returns whether a command may follow in its place, as after `time`.
 */
export function refuseKeyword(context: Context, word: string): boolean {
  const { cursor } = context
  const start = cursor.position
  const finding = refusedKeywords[word] ?? strayKeyword(word)
  if (word === '[[') {
    skipTest(context)
    context.report(finding, cursor.span(start))
    return false
  }
  context.report(finding, cursor.span(start, start + word.length))
  if (word in closers) context.silently(() => skipConstruct(context))
  else cursor.advance(word.length)
  if (word in closers) readRedirections(context)
  skipBlanks(context)
  return word === 'time' || word === 'coproc' || !(word in refusedKeywords)
}

const closers: Readonly<Record<string, string>> = {
  if: 'fi',
  for: 'done',
  while: 'done',
  until: 'done',
  select: 'done',
  case: 'esac',
}

/** Moves past the construct that begins here, and those within it; not past a `)` around it. */
function skipConstruct(context: Context): void {
  const { cursor } = context
  const open: string[] = []
  let parentheses = 0
  let atCommand = true
  for (;;) {
    skipBlanks(context)
    if (cursor.atEnd) return
    if (endsWord(context, 'argument')) {
      const character = cursor.peek()
      if (character === '(') parentheses++
      if (character === ')' && parentheses === 0 && open.at(-1) !== 'esac') return
      if (character === ')' && parentheses > 0) parentheses--
      if (character === '\n') skipLines(context)
      else cursor.advance()
      atCommand = true
      continue
    }
    const word: string | undefined = atCommand ? keywordAt(context) : undefined
    readWord(context, 'argument')
    if (word === undefined) atCommand = false
    else if (closers[word] !== undefined) {
      open.push(closers[word])
      atCommand = word !== 'for' && word !== 'select' && word !== 'case'
    } else if (word === open.at(-1)) {
      open.pop()
      if (open.length === 0) return
    }
  }
}

/** Moves past `[[ … ]]`, at most to the end of the line. */
function skipTest(context: Context): void {
  const { cursor } = context
  context.silently(() => {
    for (let isClosed = false; !isClosed && !cursor.atEnd && cursor.peek() !== '\n';) {
      isClosed = cursor.match(testEnd) !== undefined
      if (!endsWord(context, 'argument')) readWord(context, 'argument')
      else if (cursor.peek() === '(') skipParentheses(context)
      else cursor.advance()
    }
  })
}

const testEnd = /\]\](?=[\s;&|()<>]|$)/y

/** Skips what cannot be made sense of, up to the end of the command at this nesting. */
export function recover(context: Context): void {
  const { cursor } = context
  context.silently(() => {
    for (let depth = 0; !cursor.atEnd;) {
      skipBlanks(context)
      const character = cursor.peek()
      if (depth === 0 && '\n;)'.includes(character)) return
      if (character === '(') depth++
      if (character === ')') depth--
      if (endsWord(context, 'argument')) cursor.advance()
      else readWord(context, 'argument')
    }
  })
}
