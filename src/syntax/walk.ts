import { wordText } from './static-text.js'
import type { Command, Node, Script } from './tree.js'

/** Calls `visit` for the node and everything in it, a node before its children. */
export function walk(node: Node, visit: (node: Node, parent: Node | undefined) => void, parent?: Node): void {
  visit(node, parent)
  for (const child of childrenOf(node)) walk(child, visit, node)
}

/** The nodes right below, in the order of the text. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'script':
      return inOrder([
        ...node.parameters,
        ...node.functions,
        ...node.examples,
        ...node.services,
        ...node.uses,
        node.body,
        ...node.comments,
      ])
    case 'param':
      return present(node.type, node.default)
    case 'function':
      return [node.body]
    case 'example':
      return inOrder([...node.arguments, ...present(node.stdin), ...node.expected])
    case 'expected-line':
      return [node.line]
    case 'service':
      return node.words
    case 'use':
      return [node.path]
    case 'list':
      return node.statements
    case 'and-or':
      return [node.first, ...node.rest]
    case 'link':
      return [node.pipeline]
    case 'pipeline':
      return inOrder([...node.stages, ...node.pipes])
    case 'command':
      return inOrder([...node.assignments, ...node.words, ...node.redirections])
    case 'group':
    case 'subshell':
      return [node.list, ...node.redirections]
    case 'assignment':
      return [node.value]
    case 'redirection':
      return [node.target]
    case 'word':
    case 'quoted':
      return node.parts
    case 'condition':
      return [node.word]
    case 'command-substitution':
    case 'process-substitution':
      return [node.list]
    case 'type':
    case 'expected-exit':
    case 'pipe':
    case 'literal':
    case 'escape':
    case 'parameter':
    case 'length':
    case 'tilde':
    case 'glob':
    case 'comment':
      return []
  }
}

/** Every command name of a script that is known before it runs, once each. */
export function commandNames(script: Script): string[] {
  const names = new Set<string>()
  walk(script, (node) => {
    const name = node.kind === 'command' ? nameOf(node) : undefined
    if (name !== undefined) names.add(name)
  })
  return [...names]
}

function nameOf(command: Command): string | undefined {
  const word = command.kind === 'command' ? command.words[0] : undefined
  return word && wordText(word)?.text
}

function inOrder(nodes: readonly Node[]): Node[] {
  return [...nodes].sort((a, b) => a.span.start - b.span.start)
}

function present(...nodes: readonly (Node | undefined)[]): Node[] {
  return nodes.filter((node) => node !== undefined)
}
