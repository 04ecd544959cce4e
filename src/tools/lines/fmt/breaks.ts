/** A word of a paragraph, and the best line that begins with it. */
export interface Word {
  /** Where its bytes begin in the paragraph's text. */
  start: number
  readonly length: number
  /** The columns behind it, where no line ends. */
  readonly space: number
  /** It begins with a bracket or a quote. */
  readonly opens: boolean
  /** It ends with punctuation. */
  readonly isPunctuated: boolean
  /** It ends as a sentence does, but for closing brackets and quotes. */
  hasPeriod: boolean
  /** It ends a sentence. */
  isFinal: boolean
  /** The cost of the lines from this word on. */
  cost: number
  /** The index of the word that begins the line after. */
  next: number
  /** The columns of the line. */
  lineLength: number
}

/** The columns of a paragraph's lines. */
export interface Measure {
  readonly firstIndent: number
  readonly otherIndent: number
  readonly goal: number
  readonly width: number
  /** The length of the line written before these words, in the same paragraph; 0 when there is none. */
  readonly lastLength: number
}

/**
 * Chooses for each word the line that begins with it, so that the lines from there to the paragraph's end cost
 * least (Knuth and Plass, "Breaking Paragraphs into Lines"; the costs are GNU fmt's).
 */
export function chooseBreaks(words: readonly Word[], measure: Measure): void {
  const { firstIndent, otherIndent, width, lastLength } = measure
  for (let index = words.length - 1; index >= 0; index--) {
    const word = words[index]
    if (word === undefined) return
    let length = (index === 0 ? firstIndent : otherIndent) + word.length
    let best = Infinity
    let behind = word
    for (let next = index + 1; ; next++) {
      const following = words[next]
      let cost = lineCost(following, words.length, length, measure.goal)
      if (index === 0 && lastLength > 0) cost += raggedCost(length - lastLength)
      if (cost < best) {
        best = cost
        word.next = next
        word.lineLength = length
      }
      if (following === undefined) break
      length += behind.space + following.length
      behind = following
      if (length >= width) break
    }
    word.cost = best + startCost(words, index)
  }
}

/** The cost of a line of `length` columns and of the lines that begin with the word `next`. */
function lineCost(next: Word | undefined, count: number, length: number, goal: number): number {
  if (next === undefined) return 0
  const ragged = next.next === count ? 0 : raggedCost(length - next.lineLength)
  return shortCost(goal - length) + ragged + next.cost
}

/** The cost of a line that is short of the goal, or beyond it. Like all costs, the square of a distance. */
function shortCost(columns: number): number {
  return (columns * 10) ** 2
}

/** The cost of two lines that differ in length. */
function raggedCost(columns: number): number {
  return shortCost(columns) / 2
}

const perLine = 70 ** 2
const sentenceBonus = 50 ** 2
const insideSentence = 600 ** 2
const punctuationBonus = 40 ** 2
const bracketBonus = 40 ** 2
const widow = 200 ** 2
const orphan = 150 ** 2

/** The cost of a line's beginning with a word, by what stands before it. */
function startCost(words: readonly Word[], index: number): number {
  const word = words[index]
  const before = words[index - 1]
  let cost = perLine
  if (before?.hasPeriod === true) cost += before.isFinal ? -sentenceBonus : insideSentence
  else if (before?.isPunctuated === true) cost -= punctuationBonus
  else if (before !== undefined && words[index - 2]?.isFinal === true)
    cost += Math.trunc(widow / (before.length + 2))
  if (word?.opens === true) cost -= bracketBonus
  else if (word?.isFinal === true) cost += Math.trunc(orphan / (word.length + 2))
  return cost
}

/** What makes a break better the further on it is; see `cheapestBreak`. */
const lineCredit = 3 ** 2

/** Where a paragraph that is too long to hold is best cut: the index of the word that begins the rest. */
export function cheapestBreak(words: readonly Word[]): number {
  let split = words.length
  let best = Infinity
  for (let index = words[0]?.next ?? split; index < words.length; index = words[index]?.next ?? split) {
    const word = words[index]
    const cost = (word?.cost ?? 0) - (words[word?.next ?? split]?.cost ?? 0)
    if (cost < best) {
      split = index
      best = cost
    }
    best += lineCredit
  }
  return split
}
