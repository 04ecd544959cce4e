import { bytesOf } from '../../../base/bytes.js'
import { ToolError } from '../../../base/error.js'
import type { Settings } from './settings.js'

/** The command being put together, and its size. */
export class CommandLine {
  /** How many items it has. */
  items = 0
  readonly #initialSize: number
  #arguments: string[]
  #size: number

  /** Throws `ToolError` when the command is too large without any item. */
  constructor(private readonly settings: Settings) {
    const { command, placeholder, size } = settings
    this.#arguments = [...command]
    // With a placeholder, the size is that of the finished command alone.
    this.#initialSize = placeholder === undefined ? sizeOf(command) : 0
    this.#size = this.#initialSize
    if (sizeOf(placeholder === undefined ? command : command.slice(0, 1)) > size) throw cannotFit()
  }

  /** The most bytes an item may have. */
  get room(): number {
    return Math.max(this.settings.size - this.#initialSize - 1, 0)
  }

  /** Whether the item still fits. Throws `ToolError` when it must fit and does not. */
  fits(item: string): boolean {
    const { size, exitsAtSize, lines, items } = this.settings
    if (this.#size + sizeOf([item]) <= size) return true
    if (this.items === 0) throw cannotFit()
    if (exitsAtSize && (lines !== undefined || items !== undefined)) throw tooLong()
    return false
  }

  add(item: string): void {
    this.#arguments.push(item)
    this.#size += sizeOf([item])
    this.items++
  }

  /** The command, and a new one begins. */
  take(): readonly string[] {
    const complete = this.#arguments
    this.#arguments = [...this.settings.command]
    this.#size = this.#initialSize
    this.items = 0
    return complete
  }

  /** The command with the item in place of every placeholder, but not in its name. */
  replaced(placeholder: string, item: string): readonly string[] {
    const { command, size } = this.settings
    const [name = '', ...rest] = command
    const complete = [name]
    for (const argument of rest) {
      if (placeholder === '') throw new ToolError('command too long')
      const filled = argument.replaceAll(placeholder, () => item)
      if (bytesOf(filled).length >= size) throw new ToolError('command too long')
      complete.push(asArgument(filled))
      if (sizeOf(complete) > size) throw tooLong()
    }
    return complete
  }
}

/** An argument ends before its first NUL. */
export function asArgument(text: string): string {
  const end = text.indexOf('\0')
  return end < 0 ? text : text.slice(0, end)
}

/** Each argument has a byte behind it. */
function sizeOf(argv: readonly string[]): number {
  return argv.reduce((sum, argument) => sum + bytesOf(argument).length + 1, 0)
}

function cannotFit(): ToolError {
  return new ToolError('cannot fit single argument within argument list size limit')
}

function tooLong(): ToolError {
  return new ToolError('argument list too long')
}
