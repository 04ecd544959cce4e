import type { Tool } from '../base/tool.js'
import { commandNames, parse, walk, wordText } from '../syntax/index.js'
import type { Script, Word } from '../syntax/tree.js'
import type { PlanList } from './plan.js'
import type { WordContext } from './words.js'

/**
 * Plans a spec that is an argument of a tool; places are those of the text around it. It must be written out: a value
 * never becomes syntax. Its own variables are filled in as values, and which files there are is for its runs to say.
 */
export function planNested(word: Word, tool: Tool, { context, scope, planList }: WordContext): PlanList {
  const text = wordText(word)
  if (text === undefined) {
    const message = `the spec of \`${tool.name}\` must be written out`
    const help = 'put it in single quotes: the variables in it are then filled in as values'
    context.report({ code: 'unsupported', message, span: word.span, help })
    return { items: [] }
  }
  const { script, diagnostics } = parse(text, { declarations: false })
  for (const diagnostic of diagnostics) context.report(diagnostic)
  const late = new Set([...scope.late, ...(tool.nested?.variables ?? [])])
  return planList(script.body, { ...scope, late, untouched: false })
}

/** The command names in the specs that a script may hand to its tools: in every argument of those that take one. */
export function nestedNames(script: Script, tools: ReadonlyMap<string, Tool>): string[] {
  const names = new Set<string>()
  walk(script, (node) => {
    if (node.kind !== 'command') return
    const [first, ...rest] = node.words
    const tool = tools.get((first && wordText(first)?.text) ?? '')
    if (tool?.nested === undefined) return
    for (const word of rest) {
      const text = wordText(word)
      if (text === undefined) continue
      const { script: inner } = parse(text, { declarations: false })
      for (const name of [...commandNames(inner), ...nestedNames(inner, tools)]) names.add(name)
    }
  })
  return [...names]
}
