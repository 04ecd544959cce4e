import { UsageError } from '../../../base/error.js'
import { quote } from '../../../base/quote.js'
import { maximumUnsigned } from '../../size.js'

/** Where tab stops are, in columns counted from 0. */
export interface TabStops {
  readonly list: readonly bigint[]
  /** The distance of the stops behind the list, counted from column 0; 0 for none. */
  readonly repeated: bigint
  /** The same, counted from the last stop of the list. */
  readonly step: bigint
}

/** One LIST of tab stops, and the argument it stands in. */
export interface TabList {
  readonly text: string
  readonly argument: number
}

/**
 * The tab stops of all lists together (coreutils manual, "expand invocation"); messages of more than one line begin
 * with `tool`. Throws `UsageError`.
 */
export function parseTabStops(lists: readonly TabList[], tool: string): TabStops {
  let stops: TabStops = { list: [], repeated: 0n, step: 0n }
  for (const list of lists) stops = parseList(list, stops, tool)
  let previous = 0n
  for (const stop of stops.list) {
    if (stop === 0n) throw problem('tab size cannot be 0')
    if (stop <= previous) throw problem('tab sizes must be ascending')
    previous = stop
  }
  if (stops.repeated > 0n && stops.step > 0n) throw problem("'/' specifier is mutually exclusive with '+'")
  return stops
}

/** A list is numbers, parted by commas or blanks; a `/` or `+` marks the numbers behind it. */
function parseList({ text, argument }: TabList, before: TabStops, tool: string): TabStops {
  const problems: string[] = []
  const list = [...before.list]
  let { repeated, step } = before
  let mark = ''
  let digits = ''

  /** Whether the number read last may stand where it does. */
  const finishNumber = (): boolean => {
    if (digits === '') return true
    const number = BigInt(digits)
    digits = ''
    if (mark === '') list.push(number)
    else if ((mark === '/' ? repeated : step) > 0n) {
      problems.push(`'${mark}' specifier only allowed with the last value`)
      return false
    } else if (mark === '/') repeated = number
    else step = number
    return true
  }

  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === ',' || character === ' ' || character === '\t') {
      if (!finishNumber()) break
    } else if (character === '/' || character === '+') {
      if (digits !== '')
        problems.push(`'${character}' specifier not at start of number: ${quote(text.slice(at))}`)
      mark = character
    } else if (character >= '0' && character <= '9') {
      digits = /^\d+/.exec(text.slice(at))?.[0] ?? ''
      at += digits.length - 1
      if (BigInt(digits) > maximumUnsigned) problems.push(`tab stop is too large ${quote(digits)}`)
    } else {
      problems.push(`tab size contains invalid character(s): ${quote(text.slice(at))}`)
      break
    }
  }
  if (problems.length === 0) finishNumber()
  if (problems.length > 0) throw problem(problems.join(`\n${tool}: `), argument)
  return { list, repeated, step }
}

function problem(message: string, argument?: number): UsageError {
  return new UsageError(message, { hint: false, ...(argument === undefined ? {} : { argument }) })
}
