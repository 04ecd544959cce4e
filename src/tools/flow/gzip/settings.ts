import { bytesOf } from '../../../base/bytes.js'
import { UsageError } from '../../../base/error.js'
import type { Arguments, OptionTable } from '../../../base/option.js'
import { bytes, lines, media, type StreamType } from '../../../base/type.js'

export interface Settings {
  readonly operands: readonly string[]
  readonly action: 'compress' | 'decompress' | 'test' | 'list'
  /** 1 to 9. */
  readonly level: number
  readonly toStdout: boolean
  readonly force: boolean
  readonly keep: boolean
  readonly recursive: boolean
  /** `-v` or `-q`, whichever came last. */
  readonly verbosity: 'quiet' | 'usual' | 'verbose'
  readonly suffix: string
  /** Whether name and time are saved, or restored; as usual for the action where undefined. */
  readonly names: { readonly name: boolean | undefined; readonly time: boolean | undefined }
}

const levelOptions = {
  level1: { short: '1', long: 'fast', help: 'compress faster' },
  level2: { short: '2', help: 'between -1 and -3' },
  level3: { short: '3', help: 'between -2 and -4' },
  level4: { short: '4', help: 'between -3 and -5' },
  level5: { short: '5', help: 'between -4 and -6' },
  level6: { short: '6', help: 'as without any of these' },
  level7: { short: '7', help: 'between -6 and -8' },
  level8: { short: '8', help: 'between -7 and -9' },
  level9: { short: '9', long: 'best', help: 'compress better' },
} as const satisfies OptionTable

export const options = {
  ascii: { short: 'a', long: 'ascii', help: '(has no meaning on this system)', hidden: true },
  stdout: {
    short: 'c',
    long: ['stdout', 'to-stdout'],
    help: 'write on standard output, keep FILEs unchanged',
  },
  decompress: { short: 'd', long: ['decompress', 'uncompress'], help: 'decompress' },
  force: { short: 'f', long: 'force', help: 'overwrite, follow links, copy what is not compressed with -dc' },
  keep: { short: 'k', long: 'keep', help: 'keep (do not delete) FILEs' },
  list: { short: 'l', long: 'list', help: 'list sizes and names of compressed files' },
  noName: { short: 'n', long: 'no-name', help: 'do not save or restore the original name and time' },
  name: { short: 'N', long: 'name', help: 'save or restore the original name and time' },
  noTime: { short: 'm', long: 'no-time', help: 'do not save or restore the time', hidden: true },
  time: { short: 'M', long: 'time', help: 'save or restore the time', hidden: true },
  quiet: { short: 'q', long: ['quiet', 'silent'], help: 'suppress all warnings' },
  recursive: { short: 'r', long: 'recursive', help: 'work on the files in directories' },
  suffix: { short: 'S', long: 'suffix', value: 'SUF', help: 'use suffix SUF on compressed files' },
  test: { short: 't', long: 'test', help: 'test the integrity of compressed files' },
  verbose: { short: 'v', long: 'verbose', help: 'name each file, with how much smaller it became' },
  ...levelOptions,
} as const satisfies OptionTable

export const status = {
  trouble: 1,
  meaning: { 0: 'all went well', 1: 'an error', 2: 'a warning' },
  usageHint: "Try `gzip --help' for more information.",
}

/** Settings of `gzip`; `preset` are those that another name brings with it. Throws `UsageError`. */
export function settle(
  args: Arguments<typeof options>,
  preset: { readonly decompress: boolean; readonly toStdout: boolean },
): Settings {
  const action = args.has('list')
    ? 'list'
    : args.has('test')
      ? 'test'
      : args.has('decompress') || preset.decompress
        ? 'decompress'
        : 'compress'
  const suffix = args.value('suffix') ?? '.gz'
  if (suffix === '' || bytesOf(suffix).length > longestSuffix)
    throw new UsageError(`invalid suffix '${suffix}'`, { hint: false })
  const naming = args.last('name', 'noName')?.key
  const timing = args.last('name', 'noName', 'time', 'noTime')?.key
  const level = args.options.findLast(({ key }) => key.startsWith('level'))?.key.slice(-1)
  return {
    operands: args.operands,
    action,
    level: Number(level ?? 6),
    toStdout: args.has('stdout') || preset.toStdout,
    force: args.has('force'),
    keep: args.has('keep'),
    recursive: args.has('recursive'),
    verbosity: args.has('quiet') ? 'quiet' : args.has('verbose') ? 'verbose' : 'usual',
    suffix,
    names: {
      name: naming && naming === 'name',
      time: timing && (timing === 'name' || timing === 'time'),
    },
  }
}

const longestSuffix = 30

/** Whether each operand becomes another file, in its place. */
export function replacesFiles({ toStdout, action }: Settings): boolean {
  return !toStdout && (action === 'compress' || action === 'decompress')
}

/** What flows, by what is done. */
export function types({ action, force, toStdout }: Settings): { input: StreamType; output: StreamType } {
  if (action === 'compress') return { input: bytes, output: media('gzip') }
  // With -f it takes anything, as cat does.
  const input = force && toStdout ? bytes : media('gzip')
  return { input, output: action === 'list' ? lines : bytes }
}
