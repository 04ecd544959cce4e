import { isNumeric, type Key, type KeyOptions, lettersOf, noOptions, type Ordering } from './ordering.js'

/** What --debug has to say about questionable usage (coreutils manual, "sort invocation", --debug). */
export function* warnings(ordering: Ordering): Generator<string> {
  const { keys, isGlobalOnly, tab } = ordering
  yield 'text ordering performed using simple byte comparison'
  let spans = false
  let generalSpans = false
  for (const [index, key] of keys.entries()) {
    const name = `key ${index + 1}`
    const isZeroWidth = key.start !== undefined && key.end !== undefined && key.end.field < key.start.field
    if (key.obsolete) yield obsoleteKey(key)
    if (isZeroWidth) yield `${name} has zero width and will be ignored`
    if (isGlobalOnly) continue
    if (!isZeroWidth && tab === undefined && hasSignificantBlanks(key))
      yield `leading blanks are significant in ${name}; consider also specifying 'b'`
    if (isNumeric(key) && (key.end === undefined || (key.start?.field ?? 0) < key.end.field)) {
      yield `${name} is numeric and spans multiple fields`
      spans = true
      generalSpans ||= key.general
    }
  }
  const separator = tab === undefined ? '' : String.fromCharCode(tab)
  const meaning = { '.': 'decimal point', '-': 'minus sign', '+': 'plus sign' }[separator]
  const isMisread = spans && meaning !== undefined && (separator !== '+' || generalSpans)
  if (isMisread) yield `field separator '${separator}' is treated as a ${meaning} in numbers`
  if (keys.some(isNumeric) && !(isMisread && separator === '.'))
    yield `${separator === '.' ? '' : 'note '}numbers use '.' as a decimal point in this locale`
  yield* unusedOptions(ordering)
}

function obsoleteKey({ start, end }: Key): string {
  const field = start?.field ?? 0
  const [oldEnd, newEnd] = end === undefined ? ['', ''] : [` -${end.field + 1}`, `,${end.field + 1}`]
  return `obsolescent key '+${field}${oldEnd}' used; consider '-k ${field + 1}${newEnd}' instead`
}

function hasSignificantBlanks(key: Key): boolean {
  const { start, end, skipStartBlanks, skipEndBlanks } = key
  if (end?.field === 0 && end.byte !== 0) return false
  const skipsBlanks = skipStartBlanks || isNumeric(key) || key.month
  const startByte = start?.byte ?? 0
  return !skipsBlanks || (!skipStartBlanks && startByte > 0) || (!skipEndBlanks && (end?.byte ?? 0) > 0)
}

/** Global options that no key took or has of its own. */
function* unusedOptions({ keys, global, stable, unique }: Ordering): Generator<string> {
  const used = Object.keys(noOptions) as (keyof KeyOptions)[]
  const unused = { ...global }
  for (const option of used) if (keys.some((key) => key[option])) unused[option] = false
  const reverses = unused.reverse && keys.length > 0
  const counts = stable || unique
  const letters = lettersOf({ ...unused, reverse: reverses && counts })
  if (letters !== '')
    yield `option${letters.length > 1 ? 's' : ''} '-${letters}' ${letters.length > 1 ? 'are' : 'is'} ignored`
  if (reverses && !counts) yield "option '-r' only applies to last-resort comparison"
}
