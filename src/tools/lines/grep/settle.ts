import { SystemError, ToolError, UsageError } from '../../../base/error.js'
import type { Arguments } from '../../../base/option.js'
import type { SettleContext } from '../../../base/tool.js'
import { syntaxes, type RegexOptions } from '../../../kernel/regex/index.js'
import { choose } from '../../choice.js'
import { type Exclusion, globsIn, type NamePattern } from './exclusion.js'
import type { grepOptions } from './options.js'
import { gatherPatterns } from './patterns.js'
import type { Selection, Settings, Style } from './settings.js'

type Given = Arguments<typeof grepOptions>

const newline = 0x0a

/** Resolves the arguments of `grep`. */
export function settleGrep(args: Given, context: SettleContext): Settings {
  const terminator = args.has('nullData') ? 0 : newline
  const regex = regexOptions(args, terminator)
  const given = args.options.filter(({ key }) => key === 'regexp' || key === 'file')
  if (given.length === 0 && args.operands.length === 0) {
    throw new UsageError('no patterns given', {
      help: 'give PATTERNS as the first operand, with -e or with -f',
    })
  }
  const operands = given.length === 0 ? args.operands.slice(1) : args.operands
  const maxCount = parseMaxCount(args)
  const style = styleOf(args)
  const selection = selectionOf(args, operands, context)
  const found = gatherPatterns(given, given.length === 0 ? args.operands[0] : undefined, regex, context)
  return {
    search: { patterns: found.patterns, regex, invert: args.has('invert') },
    style,
    selection,
    binaryFiles: binaryFilesOf(args),
    terminator,
    maxCount,
    noMessages: args.has('noMessages'),
    warnings: [
      ...(args.has('unixByteOffsets') ? ['warning: --unix-byte-offsets (-u) is obsolete'] : []),
      ...found.warnings,
    ],
  }
}

function regexOptions(args: Given, terminator: number): RegexOptions {
  const matchers = new Set(
    args.options
      .filter(({ key }) => ['extended', 'fixed', 'basic', 'perl'].includes(key))
      .map(({ key }) => key),
  )
  if (matchers.size > 1) throw new UsageError('conflicting matchers specified', { hint: false })
  if (matchers.has('perl')) {
    throw new UsageError('-P: Perl regular expressions are not supported', {
      hint: false,
      help: 'use -E, or run the real grep with: command grep -P',
    })
  }
  const caseOption = args.last('ignoreCase', 'noIgnoreCase')
  return {
    syntax: matchers.has('fixed')
      ? 'fixed'
      : matchers.has('extended')
        ? syntaxes.grepExtended
        : syntaxes.grepBasic,
    ignoreCase: caseOption?.key === 'ignoreCase',
    terminator,
    ...(args.has('line') ? { whole: 'line' } : args.has('word') ? { whole: 'word' } : {}),
  }
}

function styleOf(args: Given): Style {
  const both = contextBoth(args)
  const separator = args.last('groupSeparator', 'noGroupSeparator')
  return {
    report: reportOf(args),
    onlyMatching: args.has('onlyMatching'),
    lineNumber: args.has('lineNumber'),
    byteOffset: args.has('byteOffset'),
    alignTabs: args.has('initialTab'),
    nullName: args.has('nullName'),
    before: contextLength(args, 'beforeContext') ?? both,
    after: contextLength(args, 'afterContext') ?? both,
    separator: separator === undefined ? '--' : separator.value,
    color: colorOf(args),
  }
}

/** -q wins over -l and -L, which win over -c. */
function reportOf(args: Given): Style['report'] {
  if (args.has('quiet')) return 'nothing'
  const listing = args.last('filesWithMatches', 'filesWithoutMatch')
  if (listing !== undefined) {
    return listing.key === 'filesWithMatches' ? 'files-with-match' : 'files-without-match'
  }
  return args.has('count') ? 'count' : 'lines'
}

/** The number of the last -C or -NUM; digits of one argument that stand together are one number. */
function contextBoth(args: Given): number | undefined {
  let both: string | undefined
  let previous: { argument: number; key: string } | undefined
  for (const { key, value, argument, spelling } of args.options) {
    if (key === 'context') both = String(checkContext(value ?? ''))
    if (key === 'contextDigits') {
      const goesOn = previous?.key === 'contextDigits' && previous.argument === argument
      both = (goesOn ? (both ?? '') : '') + spelling.slice(1)
    }
    previous = { argument, key }
  }
  return both === undefined ? undefined : checkContext(both)
}

function contextLength(args: Given, key: 'beforeContext' | 'afterContext'): number | undefined {
  const lengths = args.all(key).map(({ value = '' }) => checkContext(value))
  return lengths.at(-1)
}

function checkContext(text: string): number {
  const length = parseInteger(text)
  if (length === undefined || length < 0) {
    throw new UsageError(`${text}: invalid context length argument`, { hint: false })
  }
  return length
}

function parseMaxCount(args: Given): number {
  let maxCount = Infinity
  for (const { value = '' } of args.all('maxCount')) {
    const count = parseInteger(value)
    if (count === undefined) throw new UsageError('invalid max count', { hint: false })
    maxCount = count < 0 ? Infinity : count
  }
  return maxCount
}

/** An integer as the C library reads it; what is too large is cut to what a number can hold. */
function parseInteger(text: string): number | undefined {
  if (!/^[ \t\n\v\f\r]*[-+]?\d+$/.test(text)) return undefined
  return Math.max(Math.min(Number(text), Number.MAX_SAFE_INTEGER), -Number.MAX_SAFE_INTEGER)
}

function binaryFilesOf(args: Given): Settings['binaryFiles'] {
  let type: Settings['binaryFiles'] = 'binary'
  for (const { key, value } of args.options) {
    if (key === 'text') type = 'text'
    if (key === 'withoutMatch') type = 'without-match'
    if (key !== 'binaryFiles') continue
    if (value !== 'binary' && value !== 'text' && value !== 'without-match') {
      throw new UsageError('unknown binary-files type', { hint: false })
    }
    type = value
  }
  return type
}

function colorOf(args: Given): Style['color'] {
  const color = args.last('color')
  const when = color === undefined ? 'never' : (color.value ?? 'auto')
  if (['always', 'yes', 'force'].includes(when)) return 'always'
  if (['never', 'no', 'none'].includes(when)) return 'never'
  if (['auto', 'tty', 'if-tty'].includes(when)) return 'auto'
  throw new UsageError(`invalid argument '${when}' for '--color'`, {
    help: "WHEN is 'always', 'never' or 'auto'",
  })
}

function selectionOf(args: Given, operands: readonly string[], context: SettleContext): Selection {
  const names = args.last('withFilename', 'noFilename')
  const directories = directoriesOf(args)
  const showNames = names === undefined ? undefined : names.key === 'withFilename'
  const recursion = args.last('recursive', 'dereferenceRecursive')
  return {
    operands: operands.length > 0 ? operands : [directories === 'recurse' ? '.' : '-'],
    isFolderImplied: operands.length === 0 && directories === 'recurse',
    directories,
    followLinks: recursion?.key === 'dereferenceRecursive',
    devices: devicesOf(args),
    exclusion: exclusionOf(args, context),
    showNames: showNames ?? (operands.length > 1 ? true : directories === 'recurse' ? undefined : false),
    label: args.value('label'),
  }
}

function directoriesOf(args: Given): Selection['directories'] {
  let directories: Selection['directories'] = 'read'
  for (const { key, value = '', argument } of args.options) {
    if (key === 'recursive' || key === 'dereferenceRecursive') directories = 'recurse'
    if (key === 'directories') {
      directories = chooseAction(value, argument)
    }
  }
  return directories
}

/** A wrong ACTION is the one mistake that ends grep with 1. */
function chooseAction(value: string, argument: number): Selection['directories'] {
  try {
    return choose('--directories', value, ['read', 'recurse', 'skip'], argument)
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(error.message, { argument, exit: 1 })
    throw error
  }
}

function devicesOf(args: Given): Selection['devices'] {
  const value = args.all('devices').map((option) => option.value)
  if (value.some((action) => action !== 'read' && action !== 'skip')) {
    throw new UsageError('unknown devices method', { hint: false })
  }
  const last = value.at(-1)
  return last === 'read' || last === 'skip' ? last : 'read-operands'
}

function exclusionOf(args: Given, context: SettleContext): Exclusion {
  const files: NamePattern[] = []
  const directories: NamePattern[] = []
  for (const { key, value = '' } of args.options) {
    if (key === 'include' || key === 'exclude') files.push({ glob: value, isInclude: key === 'include' })
    if (key === 'excludeFrom') {
      files.push(...readGlobs(value, context).map((glob) => ({ glob, isInclude: false })))
    }
    if (key === 'excludeDirectory') {
      directories.push({ glob: value.replace(/(?!^)\/+$/, ''), isInclude: false })
    }
  }
  return { files, directories }
}

function readGlobs(path: string, context: SettleContext): string[] {
  try {
    return globsIn(context.readFile(path))
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ToolError(`${path}: ${error.reason}`)
  }
}
