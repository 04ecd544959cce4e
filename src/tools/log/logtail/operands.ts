import { statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { matchPaths } from '../../../base/glob.js'
import { hasWildcard } from '../../../base/pattern.js'
import { isRotatedName } from './rotated-name.js'

/** The names of logs that operands stand for. */
export interface Operands {
  /** The names there are now, as written; a file that is not there is one too, a pattern is not. */
  names(): string[]
  /** The folders in which new ones may appear. */
  readonly folders: readonly string[]
  readonly hasPatterns: boolean
}

export function logOperands(operands: readonly string[], cwd: string): Operands {
  const isPattern = (operand: string): boolean =>
    hasWildcard(operand) && statSync(resolve(cwd, operand), { throwIfNoEntry: false }) === undefined
  const patterns = operands.filter(isPattern)
  const files = operands.filter((operand) => !patterns.includes(operand))
  return {
    names: () =>
      withoutRotated([...files, ...patterns.flatMap((pattern) => matchPaths(pattern, cwd))], files),
    folders: patterns.map((pattern) => resolve(cwd, dirname(pattern))),
    hasPatterns: patterns.length > 0,
  }
}

/** The rotated files of a log that is among the names are not logs of their own, unless they were named. */
function withoutRotated(names: readonly string[], named: readonly string[]): string[] {
  return [...new Set(names)].filter(
    (name) =>
      named.includes(name) ||
      !names.some((log) => dirname(log) === dirname(name) && isRotatedName(basename(log), basename(name))),
  )
}
