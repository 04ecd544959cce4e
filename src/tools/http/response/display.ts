import { UsageError } from '../../../base/error.js'
import type { Arguments, OptionTable } from '../../../base/option.js'
import { parseNumber } from '../../size.js'
import { type Check, parseCheck } from './check.js'
import { parsePath, type Path } from './field.js'

/** What is made of responses, by `response` and by `request --send`. */
export interface Display {
  readonly showStatus: boolean
  readonly showHeaders: boolean
  readonly showBody: boolean
  readonly fields: readonly { readonly text: string; readonly path: Path }[]
  readonly checks: readonly Check[]
  /** What an answer of 400 or above is. */
  readonly errorAnswer: 'fine' | 'failure' | 'failure with body'
  readonly decode: boolean
  /** Bytes of a body that fields and checks look at, at most. */
  readonly bodyLimit: number
}

export const displayOptions = {
  status: { short: 's', long: 'status', help: 'print the status code, on a line' },
  headers: { short: 'h', long: 'headers', help: 'print the status line and the headers' },
  body: { short: 'b', long: 'body', help: 'print the body too, where another option leaves it out' },
  field: {
    long: 'field',
    value: 'PATH',
    help: 'print a value of a JSON body, such as a.b[0], on a line; may be repeated',
  },
  fail: { long: 'fail', help: 'an answer of 400 or above is a failure; its body is not printed' },
  failWithBody: {
    long: 'fail-with-body',
    help: 'an answer of 400 or above is a failure; its body is printed',
  },
  check: {
    long: 'check',
    value: 'CHECK',
    help: 'report whether this holds, such as status == 200; may be repeated',
  },
  encoded: { long: 'encoded', help: 'leave the body in its content coding (gzip, deflate, br, zstd)' },
  bodyLimit: {
    long: 'body-limit',
    value: 'SIZE',
    help: 'of how large a body fields and checks are read (64M)',
  },
} as const satisfies OptionTable

export const displayStatus = {
  1: 'there was no complete, well-formed response',
  2: 'wrong usage, or the output could not be written',
  3: 'a check failed, or a field is not there',
  22: 'the server answered with 400 or above, with --fail or --fail-with-body',
} as const

/** Throws `UsageError`. `more` are checks that stand among the operands. */
export function settleDisplay(args: DisplayArguments, more: readonly Check[] = []): Display {
  const checks = [
    ...args.all('check').map(({ value, argument }) => parseCheck(value ?? '', argument)),
    ...more,
  ]
  const fields = args
    .all('field')
    .map(({ value: text = '', argument }) => ({ text, path: parsePath(text, argument) }))
  const limit = args.all('bodyLimit').at(-1)
  const [showStatus, showHeaders] = [args.has('status'), args.has('headers')]
  const showsOther = showStatus || showHeaders || fields.length > 0 || checks.length > 0
  return {
    showStatus,
    showHeaders,
    showBody: args.has('body') || !showsOther,
    fields,
    checks,
    errorAnswer: args.has('failWithBody') ? 'failure with body' : args.has('fail') ? 'failure' : 'fine',
    decode: !args.has('encoded'),
    bodyLimit: limit === undefined ? defaultBodyLimit : sizeOf(limit.value ?? '', limit.argument),
  }
}

/** What the arguments of every tool with these options have. */
type DisplayArguments = Pick<Arguments<typeof displayOptions>, 'has' | 'all'>

const defaultBodyLimit = 64 * 1024 * 1024

/** A body must fit into one piece of memory. */
const largestBodyLimit = 2 ** 30

function sizeOf(text: string, argument: number): number {
  const size = parseNumber(text, { problem: 'invalid size', units: 'KMG0', argument })
  if (size > largestBodyLimit) throw new UsageError('a --body-limit is at most 1G', { argument })
  return Number(size)
}
