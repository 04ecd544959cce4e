import { accessSync, constants, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { systemPath } from '../base/bytes.js'
import type { Environment } from '../base/tool.js'

/** Where a command of the system is, or why there is none (POSIX.1-2017 XCU 2.9.1.1). */
export type Program = { readonly path: string } | { readonly missing: 'not found' | 'not executable' }

/** Looks a command up on PATH; a name with a slash is a path. */
export function findProgram(name: string, env: Environment, cwd: string): Program {
  const isNamed = name.includes('/')
  const folders = isNamed ? [''] : (env['PATH'] ?? '').split(':')
  let missing: 'not found' | 'not executable' = 'not found'
  for (const folder of folders) {
    const path = resolve(cwd, folder, name)
    const access = accessOf(path, isNamed)
    if (access === 'executable') return { path }
    if (access === 'no program') missing = 'not executable'
  }
  return { missing }
}

/** A folder is no program where its path was named; on PATH it is nothing. */
function accessOf(path: string, isNamed: boolean): 'executable' | 'no program' | 'none' {
  try {
    const status = statSync(systemPath(path))
    if (status.isDirectory()) return isNamed ? 'no program' : 'none'
    if (!status.isFile()) return 'none'
  } catch {
    return 'none'
  }
  try {
    accessSync(systemPath(path), constants.X_OK)
    return 'executable'
  } catch {
    return 'no program'
  }
}
