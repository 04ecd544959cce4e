import type { Word, WordPart } from './tree.js'

/**
 * A text that was taken out of a source, and where its characters come from: `text[i]` begins at
 * `offsets[i]` of the outermost text, and the last offset is where the last character ends.
 */
export interface StaticText {
  readonly text: string
  readonly offsets: readonly number[]
}

/** The text of a word that has no expansions; undefined for the others. Parsing it reports places in the outer text. */
export function wordText(word: Word): StaticText | undefined {
  let text = ''
  let end = word.span.start
  const offsets: number[] = []
  const append = (parts: readonly WordPart[]): boolean =>
    parts.every((part) => {
      if (part.kind === 'quoted') return append(part.parts)
      if (part.kind !== 'literal' && part.kind !== 'escape') return false
      for (let i = 0; i < part.text.length; i++)
        offsets.push(part.kind === 'literal' ? part.span.start + i : part.span.start)
      text += part.text
      end = part.span.end
      return true
    })
  return append(word.parts) ? { text, offsets: [...offsets, end] } : undefined
}
