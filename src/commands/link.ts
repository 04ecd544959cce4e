import { existsSync, lstatSync, mkdirSync, readlinkSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { toolNames } from '../tools/index.js'

/** Makes a link for every tool in a folder, by its short name: `DIR/grep`, as busybox does. */
export function link(folder: string, shim: string): number {
  mkdirSync(folder, { recursive: true })
  const blocked = toolNames.filter((name) => !linkTool(join(folder, name), shim))
  for (const name of blocked) {
    process.stderr.write(`sluice: link: ${join(folder, name)} is there already and is no link of ours\n`)
  }
  process.stdout.write(`${toolNames.length - blocked.length} tools in ${resolve(folder)}\n`)
  return blocked.length === 0 ? 0 : 1
}

/** Whether the link is there now; something else by that name is left as it is. */
function linkTool(path: string, shim: string): boolean {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
  if (isLink) return readlinkSync(path) === shim
  if (existsSync(path)) return false
  symlinkSync(shim, path)
  return true
}
