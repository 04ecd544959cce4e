import type { Span } from '../base/span.js'
import type { Script } from '../syntax/tree.js'
import { wordText } from '../syntax/index.js'
import { parameterTypes } from './parameter-types.js'
import type { PlanContext } from './scope.js'

/** Reports what is wrong with a file's declarations, apart from what runs. */
export function checkDeclarations(script: Script, { report }: PlanContext): void {
  const { parameters, functions, services, uses } = script
  reportDuplicates('parameter', parameters, report)
  reportDuplicates('service', services, report)
  for (const { name, type, default: word } of parameters) {
    const text = word && wordText(word)?.text
    const refusal = text === undefined ? undefined : parameterTypes[type.name](text, type.choices)
    if (word === undefined || refusal === undefined) continue
    report({
      code: 'type',
      message: `the default of \`${name}\` is no ${type.name}: ${refusal}`,
      span: word.span,
    })
  }
  for (const { name, nameSpan } of functions) {
    if (name !== 'command') continue
    report({
      code: 'unsupported',
      message: '`command` cannot be a function',
      span: nameSpan,
      help: 'choose another name',
    })
  }
  for (const { span } of services) {
    report({
      code: 'unsupported',
      message: 'services cannot be started yet',
      span,
      help: 'put the command into a pipeline of its own',
    })
  }
  for (const { span } of uses) {
    report({
      code: 'unsupported',
      message: 'modules cannot be loaded yet',
      span,
      help: 'a program `sluice-NAME` on PATH can be used as a command',
    })
  }
}

function reportDuplicates(
  what: string,
  declarations: readonly { readonly name: string; readonly nameSpan: Span }[],
  report: PlanContext['report'],
): void {
  const seen = new Set<string>()
  for (const { name, nameSpan } of declarations) {
    if (seen.has(name))
      report({
        code: 'duplicate',
        message: `there are two ${what}s \`${name}\``,
        span: nameSpan,
        help: 'rename one',
      })
    seen.add(name)
  }
}
