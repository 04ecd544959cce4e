import { accessSync, constants, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Environment } from '../base/tool.js'

/** Where a command of the system is, or why there is none (POSIX.1-2017 XCU 2.9.1.1). */
export type Program = { readonly path: string } | { readonly missing: 'not found' | 'not executable' }

/** Looks a command up on PATH; a name with a slash is a path. */
export function findProgram(name: string, env: Environment, cwd: string): Program {
  const folders = name.includes('/') ? [''] : (env['PATH'] ?? '').split(':')
  let missing: 'not found' | 'not executable' = 'not found'
  for (const folder of folders) {
    const path = resolve(cwd, folder, name)
    const access = accessOf(path)
    if (access === 'executable') return { path }
    if (access === 'file') missing = 'not executable'
  }
  return { missing }
}

function accessOf(path: string): 'executable' | 'file' | 'none' {
  try {
    if (!statSync(path).isFile()) return 'none'
  } catch {
    return 'none'
  }
  try {
    accessSync(path, constants.X_OK)
    return 'executable'
  } catch {
    return 'file'
  }
}
