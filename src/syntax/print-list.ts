import { deeper, type Layout, type Place } from './layout.js'
import type {
  AndOr,
  Command,
  CommandSubstitution,
  Group,
  List,
  Pipe,
  Pipeline,
  ProcessSubstitution,
  Redirection,
  SimpleCommand,
  Subshell,
  Word,
  WordPart,
} from './tree.js'

/** Pipelines joined by `&&` and `||`; where lines break, the operators stand at their ends. */
export function printAndOr(layout: Layout, node: AndOr, place: Place): string {
  const flat = layout.flat(node, place, (onLine) =>
    [
      printPipeline(layout, node.first, onLine),
      ...node.rest.map(({ operator, pipeline }) => `${operator} ${printPipeline(layout, pipeline, onLine)}`),
    ].join(' '),
  )
  if (flat !== undefined) return flat
  const inner = deeper(place)
  const isTooLong = !layout.isBroken(node)
  let printed = printPipeline(layout, node.first, place)
  let end = node.first.span.end
  for (const { operator, pipeline } of node.rest) {
    const isNewLine = isTooLong || layout.breaks(end, pipeline.span.start)
    printed += ` ${operator}`
    printed += isNewLine ? layout.between(end, pipeline.span.start, inner, false) : ' '
    printed += printPipeline(layout, pipeline, isNewLine ? inner : place)
    end = pipeline.span.end
  }
  return printed
}

/** Stages joined by pipes; where lines break, each stage has its own, behind its pipe. */
function printPipeline(layout: Layout, node: Pipeline, place: Place): string {
  const { stages, pipes } = node
  const negation = node.negated ? '! ' : ''
  const onOneLine = (onLine: Place) =>
    negation +
    stages.map((stage, i) => pipeBefore(pipes[i - 1]) + printCommand(layout, stage, onLine)).join(' ')
  const flat = layout.flat(node, place, onOneLine)
  if (flat !== undefined) return flat
  const isBrokenBetween = stages.some((stage, i) =>
    layout.breaks(stages[i - 1]?.span.end ?? Infinity, stage.span.start),
  )
  if (layout.isBroken(node) && !isBrokenBetween) return onOneLine(place)
  const inner = deeper(place)
  let printed = negation
  let end: number | undefined
  for (const [i, stage] of stages.entries()) {
    if (end !== undefined) printed += layout.between(end, stage.span.start, inner, false)
    printed += pipeBefore(pipes[i - 1]) + printCommand(layout, stage, i === 0 ? place : inner)
    end = stage.span.end
  }
  return printed
}

function pipeBefore(pipe: Pipe | undefined): string {
  return pipe === undefined ? '' : pipe.withStderr ? '|& ' : '| '
}

function printCommand(layout: Layout, node: Command, place: Place): string {
  return node.kind === 'command' ? printSimple(layout, node, place) : printCompound(layout, node, place)
}

/** The pieces in the order of the text; lines that the source continues with a backslash stay so. */
function printSimple(layout: Layout, node: SimpleCommand, place: Place): string {
  const pieces = [...node.assignments, ...node.words, ...node.redirections]
  pieces.sort((a, b) => a.span.start - b.span.start)
  const { indent } = deeper(place, '    ')
  let printed = ''
  let end: number | undefined
  for (const piece of pieces) {
    if (end !== undefined) printed += layout.breaks(end, piece.span.start) ? ` \\\n${indent}` : ' '
    if (piece.kind === 'redirection') printed += printRedirection(layout, piece, place)
    else if (piece.kind === 'word') printed += printWord(layout, piece, place)
    else printed += `${piece.name}=${printWord(layout, piece.value, place)}`
    end = piece.span.end
  }
  return printed
}

/** `{ list }` or `( list )`; comments from `from` on, where a function's name ends, move behind the bracket. */
export function printCompound(layout: Layout, node: Group | Subshell, place: Place, from?: number): string {
  const inside = printBracketed(layout, node, place, from)
  const redirections = node.redirections.map(
    (redirection) => ` ${printRedirection(layout, redirection, place)}`,
  )
  return inside + redirections.join('')
}

export function printRedirection(layout: Layout, node: Redirection, place: Place): string {
  const { descriptor, operator, target } = node
  const standard = operator.startsWith('<') ? 0 : 1
  const isTight = operator === '<&' || operator === '>&'
  const number = descriptor === standard ? '' : descriptor
  return `${number}${operator}${isTight ? '' : ' '}${printWord(layout, target, place)}`
}

export function printWord(layout: Layout, node: Word, place: Place): string {
  return printParts(layout, node.parts, place)
}

function printParts(layout: Layout, parts: readonly WordPart[], place: Place): string {
  return parts.map((part) => printPart(layout, part, place)).join('')
}

/** As it is written, but for lists within and line continuations. */
function printPart(layout: Layout, part: WordPart, place: Place): string {
  const written = layout.text.slice(part.span.start, part.span.end)
  switch (part.kind) {
    case 'quoted':
      if (part.style === 'double') return `"${printParts(layout, part.parts, place)}"`
      return (part.style === 'dollar' ? '$' : '') + written.slice(written.indexOf("'"))
    case 'condition':
      return `\${${part.name}${part.operator}${printWord(layout, part.word, place)}}`
    case 'command-substitution':
    case 'process-substitution':
      return printBracketed(layout, part, place)
    case 'parameter':
    case 'length':
    case 'tilde':
    case 'glob':
      return written.replaceAll('\\\n', '')
    case 'literal':
    case 'escape':
      return written
  }
}

type Bracketed = Group | Subshell | CommandSubstitution | ProcessSubstitution

/** A list in its brackets, on one line or with a line for each statement. */
function printBracketed(layout: Layout, node: Bracketed, place: Place, from = node.span.start + 1): string {
  const { list } = node
  const opening = openingOf(node)
  const closing = node.kind === 'group' ? '}' : ')'
  const hasComment = layout.commentsIn(from, list.span.start).length > 0
  const onOneLine = (onLine: Place) => {
    const inside = list.statements.map((statement) => printAndOr(layout, statement, onLine)).join('; ')
    if (node.kind === 'group') return `{ ${inside}; }`
    return `${opening}${inside.startsWith('(') ? ' ' : ''}${inside})`
  }
  const flat = hasComment ? undefined : layout.flat(node, place, onOneLine)
  if (flat !== undefined) return flat
  const inner = deeper(place)
  const end = 'redirections' in node ? (node.redirections[0]?.span.start ?? node.span.end) : node.span.end
  const before = layout.between(from, list.span.start, inner, false)
  const after = layout.beforeClosing(list.span.end, end, inner, place)
  return `${opening}${before}${printStatements(layout, list, inner)}${after}${closing}`
}

function openingOf(node: Bracketed): string {
  if (node.kind === 'process-substitution') return `${node.direction}(`
  return node.kind === 'group' ? '{' : node.kind === 'subshell' ? '(' : '$('
}

function printStatements(layout: Layout, { statements }: List, place: Place): string {
  let printed = ''
  let end: number | undefined
  for (const statement of statements) {
    if (end !== undefined) printed += layout.between(end, statement.span.start, place)
    printed += printAndOr(layout, statement, place)
    end = statement.span.end
  }
  return printed
}
