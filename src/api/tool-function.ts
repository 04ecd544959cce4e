import { names } from '../base/getopt.js'
import type { OptionTable } from '../base/option.js'
import { toolStage } from './stages.js'
import type { Flow, Stage } from './flow.js'

/** An option's argument; a list gives the option once for each. */
export type OptionValue = string | number | readonly (string | number)[]

/** A tool as a function: options, if any, then operands. Values are values: `-x` as an operand is no option. */
export interface ToolFunction<Options, Read extends Flow, Written extends Flow> {
  (options: Options, ...operands: readonly (string | number)[]): Stage<Read, Written>
  (...operands: readonly (string | number)[]): Stage<Read, Written>
}

type Given = Readonly<Record<string, OptionValue | boolean | undefined>>

/** The function of the tool of that name. */
export function toolFunction<Options, Read extends Flow, Written extends Flow>(
  name: string,
): ToolFunction<Options, Read, Written> {
  return (...given: readonly (Options | string | number)[]) => {
    const [first, ...rest] = given
    const hasOptions = typeof first === 'object' && first !== null
    const operands = (hasOptions ? rest : given).map(String)
    // The generic type cannot say it, but every tool's options are such a record: tools.ts is rendered so.
    const options = hasOptions ? (first as Given) : {}
    return toolStage<Read, Written>(name, (tool) =>
      tool.syntax?.raw === true ? operands : [...argumentsOf(options, tool.options), '--', ...operands],
    )
  }
}

function argumentsOf(options: Given, table: OptionTable): string[] {
  return Object.entries(options).flatMap(([key, value]) => {
    const declaration = table[key]
    if (declaration === undefined || value === undefined || value === false) return []
    const [long] = names(declaration.long)
    const [short = ''] = names(declaration.short)
    if (value === true) return [long === undefined ? `-${short}` : `--${long}`]
    const values: readonly (string | number)[] = typeof value === 'object' ? value : [value]
    return values.map((each) => (long === undefined ? `-${short}${each}` : `--${long}=${each}`))
  })
}
