import { basename } from 'node:path'
import { bytesOf } from './base/bytes.js'
import { ToolError, UsageError } from './base/error.js'
import { version } from './base/version.js'
import { exactArguments } from './commands/arguments.js'
import { commandForms } from './commands/forms.js'
import { run } from './commands/run.js'
import { runToolCommand } from './commands/tool.js'
import { writeOut } from './commands/write-out.js'
import { nearest } from './plan/suggest.js'
import { toolNames } from './tools/index.js'

export { serveThread } from './threads.js'

/**
 * The command line. Called by a tool's name (`sluice-grep`, or a link made by `sluice link`) it is that tool;
 * called as `sluice`, the first argument says what to do. `shim` is the file that called. Gives the exit code.
 */
export async function main(invokedAs: string, given: readonly string[], shim: string): Promise<number> {
  const argv = exactArguments(given)
  const name = basename(invokedAs).replace(/\.cjs$/, '')
  process.on('uncaughtException', (error) => process.exit(internalError(error)))
  // Without that, a run that waits for what nobody will do would end as a success.
  process.on('beforeExit', () => process.exit(internalError('nothing is left to wait for')))
  try {
    return await (name === 'sluice' ? sluice(argv, shim) : tool(name.replace(/^sluice-/, ''), argv))
  } catch (error) {
    if (!(error instanceof ToolError)) return internalError(error)
    const hint =
      error instanceof UsageError && error.hint ? "Try 'sluice --help' for more information.\n" : ''
    process.stderr.write(bytesOf(`sluice: ${error.message}\n${hint}`))
    return error.exit ?? 2
  }
}

/** A mistake of ours, in one line; the code is EX_SOFTWARE of sysexits(3). */
function internalError(error: unknown): number {
  process.stderr.write(`sluice: internal error: ${error instanceof Error ? error.message : String(error)}\n`)
  return 70
}

async function sluice(argv: readonly string[], shim: string): Promise<number> {
  const [first, ...rest] = argv
  if (first === '--version' && rest.length === 0) return sayVersion()
  if (first === undefined || first === '--help' || first === '--version') return await front()
  if (first === 'run') return await run(rest)
  if (first.startsWith('-') || first.includes('/') || first.endsWith('.pipe')) return await run(argv)
  // sluice's own `fmt` comes before the tool of that name, which is `sluice-fmt`.
  if (Object.hasOwn(commandForms, first)) return await own(first, rest, shim)
  return (await runToolCommand(first, rest)) ?? unknown(first)
}

async function tool(name: string, argv: readonly string[]): Promise<number> {
  const code = await runToolCommand(name, argv)
  if (code !== undefined) return code
  throw new UsageError(`there is no tool '${name}'`)
}

/** Scripts ask for it, and should not wait for the front door. */
function sayVersion(): number {
  writeOut(`${version}\n`)
  return 0
}

/** The front door is loaded only when it is needed: a tool starts without it. */
async function front(): Promise<number> {
  const { describeFront } = await import('./commands/front.js')
  return await describeFront()
}

async function own(name: string, argv: readonly string[], shim: string): Promise<number> {
  const { isOwnCommand, ownCommands } = await import('./commands/own.js')
  if (!isOwnCommand(name)) return unknown(name)
  const { runOwnCommand } = await import('./commands/front.js')
  return await runOwnCommand(name, ownCommands[name], argv, shim)
}

function unknown(name: string): never {
  const meant = nearest(name, [...Object.keys(commandForms), ...toolNames])
  const help = meant === undefined ? '' : `: did you mean '${meant}'?`
  throw new UsageError(`there is no command or tool '${name}'${help}`)
}
