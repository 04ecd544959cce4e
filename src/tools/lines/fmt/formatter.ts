import type { Output } from '../../../base/io.js'
import { type Cursor, isAtEnd, type Line, readPrefix } from './line.js'
import { startPage } from './page.js'
import { startParagraphs, type Style } from './paragraph.js'

/** Formats one file, line by line. */
export interface Formatter {
  /** Takes a line without its newline; `isTerminated` says whether it had one. */
  line(bytes: Buffer, isTerminated: boolean): void
  end(): void
}

export function startFormatter(output: Output, style: Style): Formatter {
  const { mode, prefix } = style
  const page = startPage(output)
  const paragraphs = startParagraphs(page, style)
  let lineCount = 0
  let prefixIndent = 0

  return {
    line(bytes, isTerminated) {
      const line = readPrefix(bytes, isTerminated, prefix)
      page.usesTabs ||= line.cursor.hasTab
      if (lineCount > 0 && !continueParagraph(line)) {
        paragraphs.finish()
        lineCount = 0
      }
      if (lineCount === 0 && !isText(line)) copyLine(line)
      else addLine(line)
    },
    end() {
      if (lineCount === 1) paragraphs.indentOthers(false, 0)
      if (lineCount > 0) paragraphs.finish()
    },
  }

  /** Whether the line belongs to the paragraph that has begun. Its second line settles the indent of the others. */
  function continueParagraph({ cursor, indent }: Line): boolean {
    const isLike = indent === prefixIndent && isText({ cursor, indent })
    if (lineCount === 1) {
      paragraphs.indentOthers(isLike, cursor.column)
      if (mode === 'split') return false
      if (mode === 'crown') return isLike
      if (mode === 'tagged') return isLike && cursor.column !== paragraphs.firstIndent
    }
    return isLike && cursor.column === paragraphs.otherIndent
  }

  function addLine({ cursor, indent }: Line): void {
    if (lineCount === 0) {
      prefixIndent = indent
      paragraphs.begin(indent, cursor.column)
    }
    lineCount++
    paragraphs.add(cursor)
  }

  /** Whether a line has the prefix and something behind it. */
  function isText({ cursor, indent }: Line): boolean {
    return !isAtEnd(cursor) && indent >= prefix.indent && cursor.column >= indent + prefix.fullLength
  }

  /** Copies a line that is not formatted; of one with nothing behind blanks, only what it has of the prefix. */
  function copyLine({ cursor, indent }: Line): void {
    page.column = 0
    if (cursor.column > indent || !isAtEnd(cursor)) {
      page.spaces(indent)
      page.bytes(prefix.text.subarray(0, cursor.column - indent))
      if (!isAtEnd(cursor)) page.spaces(cursor.column - page.column)
    }
    page.bytes(cursor.bytes.subarray(cursor.at))
    if (cursor.isTerminated || isPrefixAlone(cursor, indent)) page.endLine()
  }

  function isPrefixAlone(cursor: Cursor, indent: number): boolean {
    return isAtEnd(cursor) && cursor.column > indent && cursor.column >= indent + prefix.text.length
  }
}
