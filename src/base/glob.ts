import { lstatSync, readdirSync, statSync } from 'node:fs'
import { bytesOf, placeOf, textOf } from './bytes.js'
import { hasWildcard, literalName, patternMatcher } from './pattern.js'

/**
 * The paths that match a pattern, sorted by byte; relative where the pattern is (POSIX.1-2017 XCU 2.13.3).
 * A wildcard never matches a slash, nor a dot at the beginning of a name.
 */
export function matchPaths(pattern: string, cwd: string): string[] {
  const [root, names] = pattern.startsWith('/') ? ['/', pattern.slice(1)] : ['', pattern]
  let paths = [root]
  const parts = names.split('/')
  for (const [index, part] of parts.entries()) {
    const slash = index < parts.length - 1 ? '/' : ''
    paths = paths.flatMap((path) => namesIn(path, part, cwd).map((name) => path + name + slash))
    if (slash !== '') paths = paths.filter((path) => isFolder(placeOf(cwd, path)))
  }
  return paths.sort((a, b) => Buffer.compare(bytesOf(a), bytesOf(b)))
}

function namesIn(folder: string, pattern: string, cwd: string): string[] {
  if (!hasWildcard(pattern)) {
    const name = literalName(pattern)
    return name === '' || exists(placeOf(cwd, folder + name)) ? [name] : []
  }
  const isMatch = patternMatcher(pattern)
  const hidden = pattern.startsWith('.')
  return list(placeOf(cwd, folder)).filter((name) => (hidden || !name.startsWith('.')) && isMatch(name))
}

function list(folder: string | Buffer): string[] {
  try {
    return readdirSync(folder, 'buffer').map(textOf)
  } catch {
    return []
  }
}

function isFolder(path: string | Buffer): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function exists(path: string | Buffer): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}
