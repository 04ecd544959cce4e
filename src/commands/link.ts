import { lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { toolNames } from '../tools/index.js'
import { writeOut } from './write-out.js'

/** Makes a link for every tool in a folder, by its short name: `DIR/grep`, as busybox does. */
export function link(folder: string, shim: string): number {
  mkdirSync(folder, { recursive: true })
  const blocked = toolNames.filter((name) => !linkTool(join(folder, name), shim))
  for (const name of blocked) {
    process.stderr.write(`sluice: link: ${join(folder, name)} is there already and is no link of ours\n`)
  }
  writeOut(`${toolNames.length - blocked.length} tools in ${resolve(folder)}\n`)
  return blocked.length === 0 ? 0 : 1
}

/** Whether the link is there now. A link to another sluice is replaced; something else by that name is left as it is. */
function linkTool(path: string, shim: string): boolean {
  const there = lstatSync(path, { throwIfNoEntry: false })
  if (there !== undefined) {
    if (!there.isSymbolicLink() || basename(readlinkSync(path)) !== basename(shim)) return false
    rmSync(path)
  }
  symlinkSync(shim, path)
  return true
}
