import { basename } from 'node:path'
import { runToolCommand } from './commands/tool.js'

/**
 * The command line. Called by a tool's name (`sluice-grep`, or a link made by `sluice link`) it is that tool;
 * called as `sluice`, the first argument says what to do.
 */
export async function main(invokedAs: string, argv: readonly string[]): Promise<void> {
  const name = basename(invokedAs).replace(/\.cjs$/, '')
  const code = await runToolCommand(name.replace(/^sluice-/, ''), argv)
  if (code === undefined) process.stderr.write(`sluice: no tool ${name}\n`)
  process.exitCode = code ?? 2
}
