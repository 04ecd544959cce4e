import { ToolError, UsageError } from '../../base/error.js'
import { batchSize, type Output } from '../../base/io.js'
import { quote, quoteForShell } from '../../base/quote.js'
import type { Task } from '../../base/task.js'
import { defineTool } from '../../base/tool.js'
import { lines, nothing } from '../../base/type.js'
import { ArgumentList } from './printf/arguments.js'
import { asBytes, asText } from './printf/bytes.js'
import { convert } from './printf/convert.js'
import { unescape } from './printf/escape.js'
import { addField } from './printf/field.js'
import { parseFormat } from './printf/format.js'
import type { Piece } from './printf/piece.js'

interface Settings {
  readonly pieces: readonly Piece[]
  /** What the conversions take, a character a byte. */
  readonly words: readonly string[]
  /** Whether characters behind a character constant are worth a warning. */
  readonly warnsOfConstants: boolean
}

export const printf = defineTool({
  name: 'printf',
  group: 'flow',
  summary: 'format and print arguments',
  usage: ['FORMAT [ARGUMENT]...'],
  options: {},
  syntax: { raw: true },
  status: { trouble: 1, meaning: { 0: 'all was printed', 1: 'an argument or the format is wrong' } },
  settle({ operands }, { env }): Settings {
    const [format, ...words] = operands[0] === '--' ? operands.slice(1) : operands
    if (format === undefined) throw new UsageError('missing operand')
    return {
      pieces: parseFormat(asBytes(format)),
      words: words.map(asBytes),
      warnsOfConstants: env['POSIXLY_CORRECT'] === undefined,
    }
  },
  types: () => ({ input: nothing, output: lines }),
  traits: () => ({ memory: 'stream', pure: true }),
  details: [
    'FORMAT is text with escapes and conversions. It is used again as long as there are arguments left; a conversion without an argument takes the empty string, or 0.',
    'Escapes: `\\" \\\\ \\a \\b \\e \\f \\n \\r \\t \\v`; `\\NNN` in octal and `\\xHH` in hexadecimal for a byte; `\\uHHHH` and `\\UHHHHHHHH` for a character, which is written so where it is not ASCII; `\\c` ends the output.',
    'Conversions, as in C, with flags, width and precision: `%d %i %o %u %x %X` for integers of 64 bits, `%a %A %e %E %f %F %g %G` for numbers of the 80-bit extended format, `%c` for a first byte, `%s` for bytes; and `%%`, `%b` for bytes with escapes, in which octal ones are `\\0NNN`, and `%q` for a word as a shell reads it.',
    'A number may be decimal, octal (`0NNN`) or hexadecimal (`0xHH`); behind a quote (`"A`) it is the value of the byte.',
  ],
  examples: [
    { about: 'A line', spec: "printf '%s is %d\\n' answer 42", stdout: 'answer is 42\n' },
    { about: 'A line for each argument', spec: "printf '%5.2f|\\n' 1 2.345", stdout: ' 1.00|\n 2.35|\n' },
    { about: 'Bytes', spec: "printf 'a\\0b\\n' | tr '\\0' x", stdout: 'axb\n' },
  ],
  *run({ pieces, words, warnsOfConstants }, { stdout, warn }) {
    const printing: Printing = {
      values: new ArgumentList(words, warn, warnsOfConstants),
      stdout,
      warn,
      isTooLong: false,
    }
    let isWrong: boolean
    try {
      const isCut = yield* print(pieces, printing)
      isWrong = printing.values.failed && !isCut
    } catch (error) {
      if (!(error instanceof ToolError)) throw error
      warn(error.message)
      isWrong = true
    }
    if (printing.isTooLong) warn('write error')
    yield* stdout.flush()
    return isWrong || printing.isTooLong ? 1 : 0
  },
})

interface Printing {
  readonly values: ArgumentList
  readonly stdout: Output
  readonly warn: (message: string) => void
  /** Whether a field was left out because C's printf would refuse it. */
  isTooLong: boolean
}

/** Uses the format until the arguments are used up; returns whether `\c` cut the output short. */
function* print(pieces: readonly Piece[], printing: Printing): Task<boolean> {
  const { values, stdout, warn } = printing
  let taken: number
  do {
    taken = values.taken
    for (const piece of pieces) {
      const isCut = yield* printPiece(piece, printing)
      if (isCut) return true
      if (stdout.pending >= batchSize) yield* stdout.flush()
    }
  } while (values.taken > taken && values.first !== undefined)
  if (values.first !== undefined)
    warn(`warning: ignoring excess arguments, starting with ${quote(asText(values.first))}`)
  return false
}

/** Returns whether the output ends there. Throws `ToolError` where the format is wrong. */
function* printPiece(piece: Piece, printing: Printing): Task<boolean> {
  const { values, stdout } = printing
  switch (piece.kind) {
    case 'text':
      stdout.append(Buffer.from(piece.text, 'latin1'))
      return false
    case 'cut':
      return true
    case 'mistake':
      throw new ToolError(piece.message)
    case 'escaped': {
      for (const part of unescape(values.text())) if (yield* printPiece(part, printing)) return true
      return false
    }
    case 'quoted':
      stdout.text(values.first === undefined ? '' : quoteForShell(asText(values.text())))
      return false
    case 'conversion': {
      const fits = yield* addField(stdout, convert(piece, values))
      printing.isTooLong ||= !fits
      return false
    }
  }
}
