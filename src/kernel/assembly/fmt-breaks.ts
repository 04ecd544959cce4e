import {
  COST,
  END,
  FIRST_INDENT,
  firstWord,
  GOAL,
  HAS_PERIOD,
  IS_FINAL,
  IS_PUNCTUATED,
  LAST_LENGTH,
  LEAST,
  LENGTH,
  LINE_LENGTH,
  MARKS,
  NEXT,
  OPENS,
  OTHER_INDENT,
  SPACE,
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
  const width = load<i32>(plan, WIDTH)
  const goal = load<i32>(plan, GOAL)
  const indent = load<i32>(plan, OTHER_INDENT)
  layOut(first, limit)

  // The farthest word that a line may end before.
  let last = limit
  // The least cost of the words behind the one at hand: of those before `split`, and of those from there to each.
  let least: i64 = i64.MAX_VALUE
  let split = last + WORD_SIZE
  for (let word = limit - WORD_SIZE; word > first; word -= WORD_SIZE) {
    const begin = beginOf(word, indent)
    while (last > word + WORD_SIZE && load<i32>(last, END) - begin >= width) last -= WORD_SIZE
    if (last < split) {
      split = word + WORD_SIZE
      findLeast(split, last)
      least = i64.MAX_VALUE
    }
    chooseLine(word, last, begin, goal, min(least, load<i64>(last, LEAST)), limit)
    const cost = load<i64>(word, COST) + startCost(word, first)
    store<i64>(word, cost, COST)
    least = min(least, cost)
  }
  chooseFirstLine(plan, first, limit)
}

/** Finds the column where the words before each end if all stand on one line. */
function layOut(first: usize, limit: usize): void {
  let column = 0
  for (let word = first; word < limit; word += WORD_SIZE) {
    column += load<i32>(word, LENGTH)
    store<i32>(word, column, END + WORD_SIZE)
    column += load<i32>(word, SPACE)
  }
  store<i64>(limit, 0, COST)
}

/** Finds for each word up to the last the least cost of those up to it. */
@inline function findLeast(first: usize, last: usize): void {
  let least: i64 = i64.MAX_VALUE
  for (let word = first; word <= last; word += WORD_SIZE) {
    least = min(least, load<i64>(word, COST))
    store<i64>(word, least, LEAST)
  }
}

/** Chooses the line of a word among those that end before another, up to the last. No word there costs less than `least`. */
@inline function chooseLine(word: usize, last: usize, begin: i32, goal: i32, least: i64, limit: usize): void {
  // What is left for the last line costs nothing.
  if (last == limit) return setLine(word, limit, load<i32>(limit, END) - begin, 0)
  let best: i64 = i64.MAX_VALUE
  let bestNext = last
  for (let next = last; next > word; next -= WORD_SIZE) {
    const length = load<i32>(next, END) - begin
    // Shorter lines cost more, whatever follows.
    if (length < goal && squared(goal - length) * SHORT + least > best) break
    const cost = lineCost(next, limit, length, goal)
    const isBetter = cost <= best
    best = select(cost, best, isBetter)
    bestNext = select(next, bestNext, isBetter)
  }
  setLine(word, bestNext, load<i32>(bestNext, END) - begin, best)
}

@inline function setLine(word: usize, next: usize, length: i32, cost: i64): void {
  store<u32>(word, <u32>next, NEXT)
  store<i32>(word, length, LINE_LENGTH)
  store<i64>(word, cost, COST)
}

/** Chooses the first line, which should be as long as the one that was written before. */
function chooseFirstLine(plan: usize, word: usize, limit: usize): void {
  const begin = beginOf(word, load<i32>(plan, FIRST_INDENT))
  const width = load<i32>(plan, WIDTH)
  const goal = load<i32>(plan, GOAL)
  const lastLength = load<i32>(plan, LAST_LENGTH)
  let best: i64 = i64.MAX_VALUE
  for (let next = word + WORD_SIZE; next <= limit; next += WORD_SIZE) {
    const length = load<i32>(next, END) - begin
    if (length >= width && next > word + WORD_SIZE) break
    let cost = next == limit ? 0 : lineCost(next, limit, length, goal)
    if (lastLength > 0) cost += squared(length - lastLength) * RAGGED
    if (cost >= best) continue
    best = cost
    setLine(word, next, length, cost)
  }
  store<i64>(word, best + startCost(word, word), COST)
}

/** Where the line of a word begins, in columns of the paragraph as one line. */
@inline function beginOf(word: usize, indent: i32): i32 {
  return load<i32>(word, END + WORD_SIZE) - load<i32>(word, LENGTH) - indent
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
