import { SystemError } from '../../../base/error.js'
import { quoteFile, quoteFileAlways } from '../../../base/quote.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { type Count, count, type Counts, countOrder, noCounts } from './count.js'
import { openFileList } from './file-list.js'
import { columnWidth } from './width.js'

/** The files to count: operands, or the file that lists them. */
export type Files = { readonly operands: readonly string[] } | { readonly list: string }

/** Counts every file and prints its line, then the totals; returns the exit status. */
export function* report(files: Files, wanted: readonly Count[], io: StageIo): Task<number> {
  if ('list' in files) {
    const list = yield* openFileList(files.list, io)
    const printer = new Printer(wanted, columnWidth(list.all ?? [], wanted.length, io), io)
    const fine = yield* list.each((name) => printer.named(name, files.list))
    return yield* printer.finish(fine)
  }
  const { operands } = files
  const isOnStdin = operands.length === 0
  const printer = new Printer(wanted, columnWidth(isOnStdin ? ['-'] : operands, wanted.length, io), io)
  if (isOnStdin) yield* printer.file('-')
  for (const operand of operands) yield* printer.named(operand)
  return yield* printer.finish(true)
}

class Printer {
  readonly #total = noCounts()
  #named = 0
  #fine = true

  constructor(
    private readonly wanted: readonly Count[],
    private readonly width: number,
    private readonly io: StageIo,
  ) {}

  /** A file by its name, as it stands among the operands or in `list`. */
  *named(name: string, list?: string): Task<void> {
    this.#named++
    if (list === '-' && name === '-')
      this.#complain(`when reading file names from stdin, no file name of ${quoteFileAlways(name)} allowed`)
    else if (name === '') {
      const place = list === undefined ? '' : `${quoteFile(list)}:${this.#named}: `
      this.#complain(`${place}invalid zero-length file name`)
    } else yield* this.file(name, name)
  }

  /** A file that could be opened has its line, with what was counted before an error. */
  *file(path: string, label?: string): Task<void> {
    const counts = noCounts()
    try {
      const input = this.io.open(path)
      try {
        yield* count(input, this.wanted, counts)
      } catch (error) {
        this.#refused(error, label ?? 'standard input')
      }
      if (path !== '-') input.close()
    } catch (error) {
      this.#refused(error, path)
      return
    }
    this.#add(counts)
    yield* this.#line(counts, label)
  }

  *finish(fine: boolean): Task<number> {
    if (this.#named > 1) yield* this.#line(this.#total, 'total')
    return fine && this.#fine ? 0 : 1
  }

  #add(counts: Counts): void {
    for (const one of countOrder)
      this.#total[one] =
        one === 'width' ? Math.max(this.#total.width, counts.width) : this.#total[one] + counts[one]
  }

  #refused(error: unknown, name: string): void {
    if (!(error instanceof SystemError)) throw error
    this.#complain(`${quoteFile(name)}: ${error.reason}`)
  }

  #complain(message: string): void {
    this.io.warn(message)
    this.#fine = false
  }

  *#line(counts: Counts, label?: string): Task<void> {
    const columns = this.wanted.map((one) => String(counts[one]).padStart(this.width)).join(' ')
    const name = label?.includes('\n') === true ? quoteFile(label) : label
    this.io.stdout.text(name === undefined ? `${columns}\n` : `${columns} ${name}\n`)
    yield* this.io.stdout.flush()
  }
}
