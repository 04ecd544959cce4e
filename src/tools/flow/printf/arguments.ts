import { quote } from '../../../base/quote.js'
import { asText } from './bytes.js'
import { type IntegerKind, parseInteger } from './integer.js'
import type { Parsed } from './parsed.js'
import { type Extended, nearest, parseReal } from './real.js'

/** The arguments that conversions take, one by one, and whether all those that should be numbers were. */
export class ArgumentList {
  taken = 0
  failed = false
  readonly #words: readonly string[]
  readonly #warn: (message: string) => void
  readonly #warnsOfConstants: boolean

  constructor(words: readonly string[], warn: (message: string) => void, warnsOfConstants: boolean) {
    this.#words = words
    this.#warn = warn
    this.#warnsOfConstants = warnsOfConstants
  }

  /** The next argument, which is not taken by that. */
  get first(): string | undefined {
    return this.#words[this.taken]
  }

  /** Takes the next argument; the empty text when there is none left. */
  text(): string {
    const word = this.first
    if (word === undefined) return ''
    this.taken++
    return word
  }

  integer(kind: IntegerKind): bigint {
    return this.#number((word) => parseInteger(word, kind), BigInt)
  }

  real(): Extended {
    return this.#number(parseReal, (code) => nearest(BigInt(code), 1n, false).value)
  }

  /** A number as C reads it, or a character constant: the value of the byte behind a quote. */
  #number<Value>(parse: (word: string) => Parsed<Value>, constant: (code: number) => Value): Value {
    const word = this.text()
    if (/^["']./s.test(word)) {
      const rest = word.slice(2)
      if (rest !== '' && this.#warnsOfConstants)
        this.#warn(`warning: ${asText(rest)}: character(s) following character constant have been ignored`)
      return constant(word.charCodeAt(1))
    }
    const { value, length, isOutOfRange } = parse(word)
    if (isOutOfRange) this.#fail(word, 'Numerical result out of range')
    else if (length === 0 && word !== '') this.#fail(word, 'expected a numeric value')
    else if (length < word.length) this.#fail(word, 'value not completely converted')
    return value
  }

  #fail(word: string, problem: string): void {
    this.#warn(`${quote(asText(word))}: ${problem}`)
    this.failed = true
  }
}
