/** A number at the start of a text. */
export interface Parsed<Value> {
  readonly value: Value
  /** How many characters it takes; 0 when there is none. */
  readonly length: number
  readonly isOutOfRange: boolean
}
