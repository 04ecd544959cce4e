import type { Output } from '../../../base/io.js'
import { allocate, release, wordsAt } from '../../../kernel/index.js'
import type { Regex, Text } from '../../../kernel/regex/index.js'
import { begin, type Colors, end } from './colors.js'
import type { Settings } from './settings.js'

/** Where a line stands in its file. */
export interface Place {
  readonly lineNumber: number
  readonly byteOffset: number
}

/** Writes one line at a time, with what stands before it and with colours. */
export interface Painter {
  /** Begins a file; its name is undefined when it is not to be shown, its size when it is not known. */
  begin(name: Buffer | undefined, size: number | undefined): void
  /** `text` is the line without its terminator; `place` tells where a piece of it is, by offset in the batch. */
  line(text: Text, isSelected: boolean, place: (at: number) => Place): void
  separator(text: string): void
  free(): void
}

const matchesAtATime = 64
/** Digits of the largest file there may be. */
const unknownWidth = 19

export function createPainter(
  { style, search, terminator }: Settings,
  regex: Regex,
  colors: Colors | undefined,
  stdout: Output,
): Painter {
  const spans = wordsAt(allocate(matchesAtATime * 8), matchesAtATime * 2)
  let name: Buffer | undefined
  let numberWidth = 0
  return { begin: beginFile, line, separator, free: () => release(spans.byteOffset) }

  /** With -T numbers are as wide as the file's largest would be. */
  function beginFile(fileName: Buffer | undefined, size: number | undefined): void {
    name = fileName
    const largest = size === undefined ? unknownWidth : String(size + (style.lineNumber ? 1 : 0)).length
    numberWidth = style.alignTabs ? largest : 0
  }

  function line(text: Text, isSelected: boolean, place: (at: number) => Place): void {
    const { batch, from, to } = text
    const hasMatches = isSelected !== search.invert
    const head = (at: number, length: number): void => writeHead(place(at), length, isSelected)
    if (style.onlyMatching) {
      if (hasMatches) writeMatches(text, isSelected, head)
      return
    }
    head(from, to - from)
    const at = colors === undefined ? from : writeColored(text, isSelected, hasMatches, colors)
    stdout.append(batch.subarray(at, to))
    stdout.byte(terminator)
  }

  function padded(number: number): string {
    return String(number).padStart(numberWidth)
  }

  function writeHead(place: Place, length: number, isSelected: boolean): void {
    const mark = isSelected ? ':' : '-'
    if (name !== undefined) {
      stdout.append(name)
      if (style.nullName) stdout.byte(0)
      else paint(mark, colors?.separator)
    }
    if (style.lineNumber) {
      paint(padded(place.lineNumber), colors?.lineNumber)
      paint(mark, colors?.separator)
    }
    if (style.byteOffset) {
      paint(padded(place.byteOffset), colors?.byteOffset)
      paint(mark, colors?.separator)
    }
    const hasHead = name !== undefined || style.lineNumber || style.byteOffset
    if (style.alignTabs && hasHead && length > 0) stdout.text('\t')
  }

  /** Writes what matches in a line, a line each. */
  function writeMatches(text: Text, isSelected: boolean, head: (at: number, length: number) => void): void {
    for (const [start, stop] of matchesIn(text)) {
      head(start, stop - start)
      writeMatch(text.batch.subarray(start, stop), isSelected)
      stdout.byte(terminator)
    }
  }

  /** Writes a line as far as colours change in it; returns where the rest begins. */
  function writeColored(text: Text, isSelected: boolean, hasMatches: boolean, shades: Colors): number {
    const { batch, from, to } = text
    const isSelectedColor = isSelected !== (search.invert && shades.reverse)
    const lineColor = isSelectedColor ? shades.selectedLine : shades.contextLine
    let at = from
    if (hasMatches && matchColor(isSelected) !== '') {
      for (const [start, stop] of matchesIn(text)) {
        stdout.text(begin(lineColor, shades))
        stdout.append(batch.subarray(at, start))
        writeMatch(batch.subarray(start, stop), isSelected)
        at = stop
      }
    }
    // A carriage return stays outside, so that it does not undo what clears the line.
    const tail = to > at && batch[to - 1] === carriageReturn ? to - 1 : to
    if (lineColor === '' || tail === at) return at
    stdout.text(begin(lineColor, shades))
    stdout.append(batch.subarray(at, tail))
    stdout.text(end(lineColor, shades))
    return tail
  }

  function* matchesIn(text: Text): Generator<readonly [number, number]> {
    const walk = regex.matches(text, { isOneLine: true, skipEmpty: true })
    for (let count = walk(spans); count > 0; count = walk(spans)) {
      const found = spans.slice(0, count * 2)
      for (let index = 0; index < found.length; index += 2) yield [found[index] ?? 0, found[index + 1] ?? 0]
    }
  }

  function matchColor(isSelected: boolean): string {
    return (isSelected ? colors?.selectedMatch : colors?.contextMatch) ?? ''
  }

  function writeMatch(match: Buffer, isSelected: boolean): void {
    const color = matchColor(isSelected)
    if (colors !== undefined) stdout.text(begin(color, colors))
    stdout.append(match)
    if (colors !== undefined) stdout.text(end(color, colors))
  }

  function separator(text: string): void {
    paint(text, colors?.separator)
    stdout.text('\n')
  }

  function paint(text: string, color = ''): void {
    stdout.text(colors === undefined ? text : begin(color, colors) + text + end(color, colors))
  }
}

const carriageReturn = 0x0d
