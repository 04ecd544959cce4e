import { UsageError } from '../../../base/error.js'
import { quote } from '../../../base/quote.js'
import { copyIn, release } from '../../../kernel/index.js'
import { compileRegex, type Regex, RegexError, syntaxes } from '../../../kernel/regex/index.js'
import { parseDuration } from '../../duration.js'
import { fieldText, parsePath } from './field.js'
import { fieldValue, type Head } from './head.js'

/** What is known of a message once it was read. */
export interface Facts {
  readonly head: Head
  /** Empty where no check needs it. */
  readonly body: Buffer
  /** Bytes of the body. */
  readonly size: number
  readonly milliseconds: number
}

export interface Check {
  readonly text: string
  readonly needsBody: boolean
  /** Undefined when it holds; otherwise what is the case instead. */
  failure(facts: Facts): string | undefined
}

/** Reads `[not] SUBJECT OPERATOR VALUE`. Throws `UsageError`. */
export function parseCheck(text: string, argument?: number): Check {
  const fail = (reason: string): never => {
    throw new UsageError(`invalid check ${quote(text)}: ${reason}`, {
      ...(argument === undefined ? {} : { argument }),
      help: "a check is [not] SUBJECT OPERATOR VALUE, such as 'status == 200' or 'header etag exists'",
    })
  }
  const [, not, word = '', name = '', sign = '', rest = ''] = form.exec(text) ?? fail('it has no operator')
  const subject = subjects[word] ?? fail(`nothing is called '${word}'`)
  if (subject.named !== (name !== ''))
    return fail(subject.named ? `write ${word} NAME` : `'${word}' has no name`)
  if ((sign === 'exists') !== (rest === '')) return fail(`'${sign}' takes ${rest === '' ? 'a' : 'no'} value`)
  const value = unquoted(rest)
  const holds =
    subject.parse === undefined ? textTest(sign, value, fail) : numberTest(sign, subject.parse(value), fail)
  const read = subject.prepare(name, fail)

  return {
    text,
    needsBody: subject.needsBody,
    failure(facts) {
      const actual = read(facts)
      if (holds(actual) !== (not !== undefined)) return undefined
      return actual === undefined ? 'it is not there' : subject.describe(actual)
    },
  }
}

const form =
  /^\s*(not\s+)?([a-z]+)(?:\s+(?!contains\b|exists\b)([^\s=!<>]\S*))?\s*(==|!=|<=|>=|=~|!~|<|>|\bcontains\b|\bexists\b)\s*(.*?)\s*$/s

type Actual = Buffer | number | undefined
type Fail = (reason: string) => never

interface Subject {
  /** Whether a name follows: `header NAME`. */
  readonly named: boolean
  readonly needsBody: boolean
  /** Reads the number that it is compared with; absent for texts. */
  readonly parse?: (text: string) => number | undefined
  /** What reads it from a message. */
  prepare(name: string, fail: Fail): (facts: Facts) => Actual
  describe(actual: Buffer | number): string
}

const plain = { named: false, needsBody: false }
const parseNumber = (text: string): number | undefined =>
  /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined

const subjects: Readonly<Record<string, Subject | undefined>> = {
  status: {
    ...plain,
    parse: parseNumber,
    prepare:
      () =>
      ({ head }) =>
        head.status,
    describe: (actual) => `it is ${actual.toString()}`,
  },
  time: {
    ...plain,
    parse: parseDuration,
    prepare:
      () =>
      ({ milliseconds }) =>
        milliseconds,
    describe: (actual) => `it took ${Math.round(Number(actual))} ms`,
  },
  size: {
    ...plain,
    parse: parseNumber,
    prepare:
      () =>
      ({ size }) =>
        size,
    describe: (actual) => `it is ${actual.toString()}`,
  },
  header: {
    named: true,
    needsBody: false,
    prepare:
      (name) =>
      ({ head }) =>
        asBytes(fieldValue(head, name), 'latin1'),
    describe: describeText,
  },
  body: {
    ...plain,
    needsBody: true,
    prepare:
      () =>
      ({ body }) =>
        body,
    describe: describeText,
  },
  field: {
    named: true,
    needsBody: true,
    prepare(name) {
      const path = parsePath(name)
      return ({ body }) => {
        try {
          return asBytes(fieldText(body, path), 'utf8')
        } catch (error) {
          if (error instanceof SyntaxError) return undefined
          throw error
        }
      }
    },
    describe: describeText,
  },
}

function asBytes(text: string | undefined, encoding: 'latin1' | 'utf8'): Buffer | undefined {
  return text === undefined ? undefined : Buffer.from(text, encoding)
}

const shownBytes = 60

function describeText(actual: Buffer | number): string {
  const text = actual.toString()
  if (text === '') return 'it is empty'
  return text.length <= shownBytes
    ? `it is ${quote(text)}`
    : `it begins with ${quote(text.slice(0, shownBytes))}`
}

const comparisons: Readonly<Record<string, ((one: number, other: number) => boolean) | undefined>> = {
  '==': (one, other) => one === other,
  '!=': (one, other) => one !== other,
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
}

function numberTest(sign: string, wanted: number | undefined, fail: Fail): (actual: Actual) => boolean {
  const compare = comparisons[sign] ?? fail(`'${sign}' is for texts`)
  const limit = wanted ?? fail('its value is no number, or no time')
  return (actual) => compare(Number(actual), limit)
}

function textTest(sign: string, value: string, fail: Fail): (actual: Actual) => boolean {
  const wanted = Buffer.from(value)
  const onText = (test: (text: Buffer) => boolean) => (actual: Actual) =>
    Buffer.isBuffer(actual) && test(actual)
  switch (sign) {
    case 'exists':
      return (actual) => actual !== undefined
    case 'contains':
      return onText((text) => text.includes(wanted))
    case '==':
      return onText((text) => text.equals(wanted))
    case '!=':
      return onText((text) => !text.equals(wanted))
    case '=~':
      return onText(expression(value, fail))
    case '!~': {
      const matches = expression(value, fail)
      return onText((text) => !matches(text))
    }
    default: {
      const compare = comparisons[sign]
      const limit = parseNumber(value) ?? fail(`${quote(value)} is no number`)
      return onText((text) => compare?.(Number(text.toString()), limit) === true)
    }
  }
}

/** Matches as grep -E does, line by line, in time that is linear in the text. */
function expression(pattern: string, fail: Fail): (text: Buffer) => boolean {
  const compile = (): Regex => compileRegex([pattern], { syntax: syntaxes.grepExtended, multiline: true })
  try {
    compile().free()
  } catch (error) {
    if (error instanceof RegexError) return fail(error.message)
    throw error
  }
  return (text) => {
    const regex = compile()
    const batch = copyIn(text)
    try {
      return regex.test({ batch, from: 0, to: batch.length })
    } finally {
      release(batch.byteOffset)
      regex.free()
    }
  }
}

function unquoted(text: string): string {
  return /^"(.*)"$/s.exec(text)?.[1] ?? /^'(.*)'$/s.exec(text)?.[1] ?? text
}
