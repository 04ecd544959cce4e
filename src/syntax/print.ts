import type { Source } from '../base/span.js'
import { deeper, Layout, topLevel } from './layout.js'
import { alignParameters } from './print-param.js'
import { printAndOr, printCompound, printRedirection, printWord } from './print-list.js'
import type { AndOr, Declaration, Example, Node, ParameterDeclaration, Script } from './tree.js'
import { childrenOf } from './walk.js'

/**
 * The canonical form of a script that was parsed from `source` without findings: one statement a line, one
 * blank line at most between them, quoting as written, comments kept. What the source has on several lines
 * stays so, a pipeline with one stage a line.
 */
export function print(script: Script, source: Source): string {
  const layout = new Layout(source.text, script)
  const parameters = alignParameters(layout, script)
  const { functions, examples, services, uses, body } = script
  const entries = [...script.parameters, ...functions, ...examples, ...services, ...uses, ...body.statements]
  entries.sort((a, b) => a.span.start - b.span.start)
  let printed = ''
  let end = 0
  for (const entry of entries) {
    printed += layout.between(end, entry.span.start, topLevel)
    printed += entry.kind === 'param' ? (parameters.get(entry) ?? '') : printEntry(layout, entry)
    end = entry.span.end
  }
  printed += layout.between(end, source.text.length, topLevel)
  const lines = printed.replace(/^\n+|\n+$/g, '')
  return lines === '' ? '' : `${lines}\n`
}

function printEntry(layout: Layout, entry: Exclude<Declaration, ParameterDeclaration> | AndOr): string {
  switch (entry.kind) {
    case 'and-or':
      return printAndOr(layout, entry, topLevel)
    case 'function':
      return `${entry.name}() ${printCompound(layout, entry.body, topLevel, entry.nameSpan.end)}`
    case 'example':
      return printExample(layout, entry)
    case 'service':
      return ['service', entry.name, ...entry.words.map((word) => printWord(layout, word, topLevel))].join(
        ' ',
      )
    case 'use':
      return `use ${printWord(layout, entry.path, topLevel)}`
  }
}

/** Lines stay as they are: an argument and its value belong together. */
function printExample(layout: Layout, example: Example): string {
  const inner = deeper(topLevel)
  let printed = 'example {'
  let end: number | undefined
  for (const piece of childrenOf(example)) {
    if (end === undefined) printed += layout.between(example.span.start + 1, piece.span.start, inner, false)
    else if (layout.breaks(end, piece.span.start)) printed += layout.between(end, piece.span.start, inner)
    else printed += ' '
    printed += printPiece(layout, piece)
    end = piece.span.end
  }
  return `${printed}${layout.beforeClosing(end ?? example.span.start, example.span.end, inner, topLevel)}}`
}

function printPiece(layout: Layout, piece: Node): string {
  switch (piece.kind) {
    case 'redirection':
      return printRedirection(layout, piece, topLevel)
    case 'expected-line':
      return `=> ${printWord(layout, piece.line, topLevel)}`
    case 'expected-exit':
      return `=> exit ${piece.code}`
    case 'word':
      return printWord(layout, piece, topLevel)
    default:
      return ''
  }
}
