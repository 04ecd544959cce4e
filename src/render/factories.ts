import type { OptionDeclaration } from '../base/option.js'
import type { Tool } from '../base/tool.js'
import { type StreamType, typeName } from '../base/type.js'
import { settle, settleContext } from '../plan/settle.js'
import { parse, wordText } from '../syntax/index.js'
import { walk } from '../syntax/walk.js'

/** src/api/tools.ts: a typed function for every tool. */
export function renderFactories(tools: readonly Tool[]): string {
  return [
    '// Rendered from the tools by `npm run render`; a test holds it to them.',
    "import { type OptionValue, toolFunction, type ToolFunction } from './tool-function.js'",
    '',
    ...tools.flatMap(renderFactory),
  ].join('\n')
}

function renderFactory(tool: Tool): string[] {
  const options = Object.entries(tool.options).filter(([, { hidden }]) => hidden !== true)
  const { input, output } = flowOf(tool)
  const title = tool.name.charAt(0).toUpperCase() + tool.name.slice(1)
  const optionsType = options.length === 0 ? 'object' : `${title}Options`
  const fields = options.flatMap(([key, option]) => [
    `  /** ${sentence(option.help)} */`,
    `  readonly ${key}?: ${valueType(option)}`,
  ])
  return [
    ...(options.length === 0
      ? []
      : [`/** Options of \`${tool.name}\`. */`, `export interface ${title}Options {`, ...fields, '}', '']),
    `/** ${sentence(tool.summary)} */`,
    `export const ${identifier(tool.name)}: ToolFunction<${optionsType}, '${input}', '${output}'> = toolFunction('${tool.name}')`,
    '',
  ]
}

function valueType({ value, optionalValue }: OptionDeclaration): string {
  if (value === undefined) return 'boolean'
  return optionalValue === true ? 'OptionValue | boolean' : 'OptionValue'
}

/** `true` and `false` are words of the language. */
function identifier(name: string): string {
  return name === 'true' || name === 'false' ? `${name}_` : name
}

/** What the tool reads and writes in its usual form, which its first example shows. */
function flowOf(tool: Tool): { input: string; output: string } {
  const [usual = []] = tool.examples.flatMap(({ spec }) => argumentsIn(spec, tool.name))
  const { input, output } = typesFor(tool, usual)
  return { input: typeName(input), output: typeName(output) }
}

function typesFor(tool: Tool, argv: readonly string[]): { input: StreamType; output: StreamType } {
  const settled = settle(tool, argv, settleContext({ env: {}, cwd: '/' }))
  if (settled.kind !== 'run') throw new Error(`an example of ${tool.name} asks for ${settled.kind}`)
  return tool.types(settled.settings)
}

/** The arguments of every use of a tool in a spec. */
function argumentsIn(spec: string, name: string): string[][] {
  const uses: string[][] = []
  walk(parse({ name, text: spec }, { declarations: false }).script, (node) => {
    if (node.kind !== 'command') return
    const words = node.words.map((word) => wordText(word)?.text)
    // Words that only a run knows are file names here.
    if (words[0] === name) uses.push(words.slice(1).map((word) => word ?? '/dev/fd/63'))
  })
  return uses
}

function sentence(phrase: string): string {
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}.`.replaceAll('*/', '*\\/')
}
