import {
  COST,
  FIRST_INDENT,
  firstWord,
  GOAL,
  HAS_PERIOD,
  IS_FINAL,
  IS_PUNCTUATED,
  LAST_LENGTH,
  LENGTH,
  LINE_LENGTH,
  MARKS,
  NEXT,
  OPENS,
  OTHER_INDENT,
  SPACE,
  WIDTH,
  WORD_SIZE,
  wordLimit,
} from './fmt-state'

// Where the lines of a paragraph end. Costs are squares of distances; the distances are GNU fmt's, in tenths of a
// column.

const SHORT: i64 = 10 * 10 // for each column from the goal, squared
const RAGGED: i64 = SHORT / 2 // for each column between two lines, squared
const LINE: i64 = 70 * 70
const SENTENCE_BONUS: i64 = 50 * 50
const INSIDE_SENTENCE: i64 = 600 * 600
const PUNCTUATION_BONUS: i64 = 40 * 40
const BRACKET_BONUS: i64 = 40 * 40
const WIDOW: i64 = 200 * 200
const ORPHAN: i64 = 150 * 150
const LINE_CREDIT: i64 = 3 * 3 // makes a break better the further on it is

/**
 * Chooses for each word the line that begins with it, so that the lines from there to the paragraph's end cost
 * least (Knuth and Plass, "Breaking Paragraphs into Lines").
 */
export function chooseBreaks(plan: usize): void {
  const first = firstWord(plan)
  const limit = wordLimit(plan)
  const goal = load<i32>(plan, GOAL)
  const width = load<i32>(plan, WIDTH)
  const lastLength = load<i32>(plan, LAST_LENGTH)
  store<i64>(limit, 0, COST)
  for (let word = limit - WORD_SIZE; word >= first; word -= WORD_SIZE) {
    const isFirst = word == first
    let length = (isFirst ? load<i32>(plan, FIRST_INDENT) : load<i32>(plan, OTHER_INDENT)) + load<i32>(word, LENGTH)
    let best: i64 = i64.MAX_VALUE
    let bestNext = limit
    let bestLength = 0
    for (let next = word + WORD_SIZE; ; next += WORD_SIZE) {
      let cost = next == limit ? 0 : lineCost(next, limit, length, goal)
      if (isFirst && lastLength > 0) cost += squared(length - lastLength) * RAGGED
      const isBetter = cost < best
      best = select(cost, best, isBetter)
      bestNext = select(next, bestNext, isBetter)
      bestLength = select(length, bestLength, isBetter)
      if (next == limit) break
      length += load<i32>(next - WORD_SIZE, SPACE) + load<i32>(next, LENGTH)
      if (length >= width) break
    }
    store<u32>(word, <u32>bestNext, NEXT)
    store<i32>(word, bestLength, LINE_LENGTH)
    store<i64>(word, best + startCost(word, first), COST)
  }
}

/** The cost of a line of `length` columns and of the lines that begin with the word `next`. */
@inline function lineCost(next: usize, limit: usize, length: i32, goal: i32): i64 {
  const cost = load<i64>(next, COST) + squared(goal - length) * SHORT
  if (<usize>load<u32>(next, NEXT) == limit) return cost
  return cost + squared(length - load<i32>(next, LINE_LENGTH)) * RAGGED
}

@inline function squared(columns: i32): i64 {
  return <i64>columns * <i64>columns
}

/** The cost of a line's beginning with a word, by what stands before it. */
@inline function startCost(word: usize, first: usize): i64 {
  let cost = LINE
  if (word > first) {
    const before = word - WORD_SIZE
    const marks = load<u32>(before, MARKS)
    if (marks & HAS_PERIOD) cost += marks & IS_FINAL ? -SENTENCE_BONUS : INSIDE_SENTENCE
    else if (marks & IS_PUNCTUATED) cost -= PUNCTUATION_BONUS
    else if (before > first && load<u32>(before - WORD_SIZE, MARKS) & IS_FINAL)
      cost += WIDOW / (load<i32>(before, LENGTH) + 2)
  }
  const marks = load<u32>(word, MARKS)
  if (marks & OPENS) cost -= BRACKET_BONUS
  else if (marks & IS_FINAL) cost += ORPHAN / (load<i32>(word, LENGTH) + 2)
  return cost
}

/** Where a paragraph that is too long to hold is best cut: the word that begins the rest. */
export function cheapestBreak(plan: usize): usize {
  const limit = wordLimit(plan)
  let split = limit
  let best: i64 = i64.MAX_VALUE
  for (let word = nextOf(firstWord(plan)); word != limit; word = nextOf(word)) {
    const cost = load<i64>(word, COST) - load<i64>(nextOf(word), COST)
    if (cost < best) {
      split = word
      best = cost
    }
    if (best <= i64.MAX_VALUE - LINE_CREDIT) best += LINE_CREDIT
  }
  return split
}

@inline function nextOf(word: usize): usize {
  return <usize>load<u32>(word, NEXT)
}
