import { topLevel, type Layout } from './layout.js'
import { printWord } from './print-list.js'
import type { ParameterDeclaration, ParameterType, Script } from './tree.js'

/** The columns of a declaration: `param NAME:`, `TYPE`, `= default` or nothing, and whether a comment follows. */
type Row = readonly [name: string, type: string, value: string, hasComment: boolean]

/** The text of each `param` line; those on lines right below each other have their columns aligned. */
export function alignParameters(layout: Layout, script: Script): Map<ParameterDeclaration, string> {
  const printed = new Map<ParameterDeclaration, string>()
  for (const block of blocksOf(layout, script.parameters)) {
    const rows = block.map((parameter) => rowOf(layout, parameter))
    const nameWidth = widest(rows.map(([name]) => name))
    const typeWidth = widest(rows.map(([, type, value]) => (value === '' ? '' : type)))
    const lines = rows.map(([name, type, value]) => {
      const named = name.padEnd(nameWidth)
      return value === '' ? `${named} ${type}` : `${named} ${type.padEnd(typeWidth)} ${value}`
    })
    const commented = lines.filter((_, i) => rows[i]?.[3])
    const width = widest(commented)
    for (const [i, parameter] of block.entries()) {
      const line = lines[i] ?? ''
      printed.set(parameter, rows[i]?.[3] ? line.padEnd(width) : line)
    }
  }
  return printed
}

/** Declarations that have nothing but the end of a line between them. */
function blocksOf(layout: Layout, parameters: readonly ParameterDeclaration[]): ParameterDeclaration[][] {
  const blocks: ParameterDeclaration[][] = []
  let end = 0
  for (const parameter of parameters) {
    const block = blocks.at(-1)
    if (block && layout.isNextLine(end, parameter.span.start)) block.push(parameter)
    else blocks.push([parameter])
    end = parameter.span.end
  }
  return blocks
}

function rowOf(layout: Layout, parameter: ParameterDeclaration): Row {
  const { name, type, default: value, help } = parameter
  const written = value === undefined ? '' : `= ${printWord(layout, value, topLevel)}`
  return [`param ${name}:`, printType(type), written, help !== undefined]
}

function printType({ name, choices }: ParameterType): string {
  return name === 'enum' ? `enum(${choices.join(',')})` : name
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(({ length }) => length))
}
