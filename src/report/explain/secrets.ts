import type { Source, Span } from '../../base/span.js'
import { parse, walk, wordText } from '../../syntax/index.js'
import type { Assignment, Script, SimpleCommand, Word } from '../../syntax/tree.js'

/** What is shown in the place of a secret. */
const hidden = '•••'

const secretName =
  /pass(?:word|wd|phrase)?$|secret|token|api[-_]?key|private[-_]?key|access[-_]?key|credential|auth(?!or(?!i[sz]))|cookie|session/i
/** An option of that name takes not the secret itself, but where it is. */
const placeName = /[-_](?:env|file)$/i

/** A word that gives a name a value: an option, a header, an item of a request. */
const named = /^(["']?-{0,2})([\w-]+)(\s*(?::=|==|=|:)\s*)([^]+?)(["']?)$/
const option = /^--?([\w-]+)$/
/** `curl -u USER:PASSWORD` and its like. */
const userOption = /^(?:-u|--user|--proxy-user)$/

interface Edit extends Span {
  readonly text: string
}

/** Gives the source of a span, on one line, without what looks like a secret in it. */
export function sourceWithoutSecrets(source: Source, script: Script): (span: Span) => string {
  const edits = editsIn(script, source.text).sort((a, b) => a.start - b.start || b.end - a.end)
  return (span) => {
    let [text, at] = ['', span.start]
    for (const edit of edits) {
      if (edit.start < at || edit.end > span.end) continue
      text += source.text.slice(at, edit.start) + edit.text
      at = edit.end
    }
    return (text + source.text.slice(at, span.end)).replace(/\s+/g, ' ').trim()
  }
}

function editsIn(script: Script, source: string): Edit[] {
  const edits: Edit[] = []
  walk(script, (node) => {
    if (node.kind === 'assignment') edits.push(...editsInAssignment(node))
    if (node.kind === 'command') edits.push(...editsInCommand(node, source))
    if (node.kind === 'word') edits.push(...editsInNested(node, source))
  })
  return edits
}

function editsInAssignment({ name, value }: Assignment): Edit[] {
  return isSecret(name) && value.parts.length > 0 ? [{ ...value.span, text: hidden }] : []
}

function editsInCommand({ words }: SimpleCommand, source: string): Edit[] {
  let before = ''
  return words.flatMap(({ span }) => {
    const word = source.slice(span.start, span.end)
    const text = withoutSecret(word, before)
    before = word
    return text === word ? [] : [{ ...span, text }]
  })
}

/** A word of several words may be a spec for a tool. */
function editsInNested(word: Word, source: string): Edit[] {
  const text = wordText(word)
  if (text === undefined || !/\s/.test(text.text)) return []
  return editsIn(parse(text, { declarations: false }).script, source)
}

/** A word without what is secret in it by its own name, or by the option before it. */
function withoutSecret(word: string, before: string): string {
  const [, own] = option.exec(before) ?? []
  if (own !== undefined && isSecret(own)) return hidden
  const address = word.replace(/(:\/\/[^\s/@:]*):[^\s/@]*@/g, `$1:${hidden}@`)
  if (userOption.test(before)) return address.replace(/:.*$/, `:${hidden}`)
  const [, dashes = '', name, equals = '', , quote = ''] = named.exec(address) ?? []
  return name !== undefined && isSecret(name) ? `${dashes}${name}${equals}${hidden}${quote}` : address
}

function isSecret(name: string): boolean {
  return secretName.test(name) && !placeName.test(name)
}
