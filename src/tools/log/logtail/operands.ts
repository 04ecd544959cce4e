import { lstatSync, realpathSync, statSync } from 'node:fs'
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
    names() {
      const found = patterns.flatMap((pattern) => matchPaths(pattern, cwd))
      const others = withoutLinks(withoutRotated([...new Set([...files, ...found])]), cwd)
      return [...files, ...others.filter((name) => !files.includes(name))]
    },
    folders: patterns.map((pattern) => resolve(cwd, dirname(pattern))),
    hasPatterns: patterns.length > 0,
  }
}

/** The rotated files of a log that is among the names are not logs of their own. */
function withoutRotated(names: readonly string[]): string[] {
  return names.filter(
    (name) =>
      !names.some((log) => dirname(log) === dirname(name) && isRotatedName(basename(log), basename(name))),
  )
}

/** Nor are links to a log that is among them. */
function withoutLinks(names: readonly string[], cwd: string): string[] {
  const targets = new Map(
    names
      .filter((name) => lstatSync(resolve(cwd, name), { throwIfNoEntry: false })?.isSymbolicLink())
      .map((name) => [name, targetOf(resolve(cwd, name))]),
  )
  if (targets.size === 0) return [...names]
  const places = new Set(
    names.filter((name) => !targets.has(name)).map((name) => targetOf(resolve(cwd, name))),
  )
  return names.filter((name) => !targets.has(name) || !places.has(targets.get(name)))
}

/** Where a path leads; undefined when that is not there. */
function targetOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}
