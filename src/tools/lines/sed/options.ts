import { SystemError, ToolError, UsageError } from '../../../base/error.js'
import type { Arguments, OptionTable } from '../../../base/option.js'
import type { SettleContext } from '../../../base/tool.js'
import type { Dialect } from './dialect.js'
import { parseScript } from './parse.js'
import type { Program } from './program.js'
import { type ScriptPiece, toByteString } from './script.js'
import type { Settings } from './settings.js'

export const sedOptions = {
  quiet: { short: 'n', long: ['quiet', 'silent'], help: 'do not print the pattern space by itself' },
  debug: { long: 'debug', help: '(annotated runs: refused)' },
  expression: { short: 'e', long: 'expression', value: 'SCRIPT', help: 'add SCRIPT to the commands' },
  file: { short: 'f', long: 'file', value: 'FILE', help: 'add the contents of FILE to the commands' },
  followSymlinks: { long: 'follow-symlinks', help: 'with -i, edit what symbolic links point to' },
  inPlace: {
    short: 'i',
    long: 'in-place',
    value: 'SUFFIX',
    optionalValue: true,
    help: 'edit files in place, with a backup if SUFFIX is given',
  },
  lineLength: { short: 'l', long: 'line-length', value: 'N', help: 'where l wraps lines; 0 for nowhere' },
  posix: { long: 'posix', help: 'do without GNU extensions' },
  extended: {
    short: ['E', 'r'],
    long: 'regexp-extended',
    help: 'regular expressions are extended ones',
  },
  separate: { short: 's', long: 'separate', help: 'files are separate, not one long stream' },
  sandbox: { long: 'sandbox', help: 'refuse the commands e, r and w' },
  unbuffered: { short: 'u', long: 'unbuffered', help: '(output is never held back)' },
  nullData: { short: 'z', long: ['null-data', 'zero-terminated'], help: 'a line ends in a NUL byte' },
  binary: { short: 'b', long: 'binary', help: '(files are always read as they are)' },
} as const satisfies OptionTable

const newline = 0x0a
const defaultLineWidth = 70

/** Resolves the arguments of `sed`. */
export function settleSed(args: Arguments<typeof sedOptions>, context: SettleContext): Settings {
  if (args.has('debug')) {
    throw new UsageError('--debug is not supported', {
      hint: false,
      help: 'run the real sed with: command sed',
    })
  }
  const given = args.options.filter(({ key }) => key === 'expression' || key === 'file')
  const [first, ...rest] = args.operands
  if (given.length === 0 && first === undefined) {
    throw new UsageError('no script given', {
      help: 'give a SCRIPT as the first operand, with -e or with -f',
    })
  }
  const pieces: ScriptPiece[] = given.map(({ key, value = '' }) =>
    key === 'file' ? readScript(value, context) : { text: toByteString(value), file: undefined },
  )
  if (given.length === 0) pieces.push({ text: toByteString(first ?? ''), file: undefined })
  const inPlace = args.last('inPlace')
  const operands = given.length === 0 ? rest : args.operands
  // What is edited in place is a file in any case.
  const files = inPlace === undefined ? operands : operands.map((name) => (name === '-' ? './-' : name))
  if (inPlace !== undefined && files.length === 0) throw new ToolError('no input files', 4)
  const posix = args.has('posix')
  const dialect: Dialect = {
    extended: args.has('extended'),
    posix,
    conforms: posix || context.env['POSIXLY_CORRECT'] !== undefined,
    sandbox: args.has('sandbox'),
  }
  const program = parseScript(pieces, dialect)
  return {
    program,
    files: files.length === 0 ? ['-'] : files,
    isQuiet: args.has('quiet') || program.isQuiet,
    dialect,
    isSeparate: args.has('separate') || inPlace !== undefined,
    inPlace: inPlace === undefined ? undefined : (inPlace.value ?? ''),
    followsLinks: args.has('followSymlinks'),
    delimiter: args.has('nullData') ? 0 : newline,
    lineWidth: lineWidth(args.value('lineLength'), context.env['COLS']),
  }
}

/** The files that a program writes. */
export function writtenFiles({ commands }: Program): string[] {
  return commands.flatMap((command) => {
    if (command.name === 'w' || command.name === 'W') return [command.path]
    return command.name === 's' && command.substitution.path !== undefined ? [command.substitution.path] : []
  })
}

function readScript(path: string, context: SettleContext): ScriptPiece {
  try {
    return { text: context.readFile(path).toString('latin1'), file: path }
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ToolError(`couldn't open file ${path}: ${error.reason}`, 4)
  }
}

/** The option's value; else one less than the terminal's columns, where they are known. */
function lineWidth(option: string | undefined, columns: string | undefined): number {
  if (option !== undefined) return toNumber(option)
  const width = toNumber(columns ?? '')
  return width > 1 ? width - 1 : defaultLineWidth
}

/** A number as the C library's atoi reads it. */
function toNumber(text: string): number {
  return Number(/^\s*\+?(\d+)/.exec(text)?.[1] ?? 0)
}
