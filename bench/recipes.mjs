// What the inputs are made of: each recipe is a size and a generator of pieces. Nothing is downloaded, and the seeds are
// fixed, so every machine makes the same bytes.
import { readFileSync } from 'node:fs'

const example = (name) => readFileSync(new URL(`../examples/${name}`, import.meta.url))

/** `pieces(bytes)` gives a file of about that size, one piece after another. */
export const recipes = {
  /** A: 4 million short lines of 2,000 clients. */
  A: {
    bytes: 466e6,
    pieces: (bytes) => lines(1, bytes, (random) => request(random, address(skewed(random)))),
  },
  /** B: 2 million real log lines, of 200,000 clients. */
  B: { bytes: 474e6, pieces: (bytes) => lines(3, bytes, realLine) },
  /** C: 4 million lines, every client different. */
  C: {
    bytes: 466e6,
    pieces: (bytes) => lines(4, bytes, (random, at) => request(random, address(scattered(at)))),
  },
  /** The real log, over and over. */
  log: { bytes: 466e6, pieces: (bytes) => repeated('access.log', bytes) },
  'log-300': { bytes: 300e6, pieces: (bytes) => repeated('access.log', bytes) },
  /** Plays, over and over. */
  text: { bytes: 100e6, pieces: (bytes) => repeated('shakespeare.txt', bytes) },
  'text-3': { bytes: 3e6, pieces: (bytes) => repeated('shakespeare.txt', bytes) },
  'text-300': { bytes: 300e6, pieces: (bytes) => repeated('shakespeare.txt', bytes) },
  /** Lines in no order; half of the lines of `unsorted-other` are also in `unsorted-half`. */
  unsorted: { bytes: 1e9, pieces: (bytes) => lines(2, bytes, unsortedLine) },
  'unsorted-half': { bytes: 500e6, pieces: (bytes) => lines(2, bytes, unsortedLine) },
  'unsorted-other': { bytes: 500e6, pieces: otherUnsorted },
  'sorted-300': { bytes: 300e6, pieces: (bytes) => lines(5, bytes, sortedLine) },
  /** Positions of buses: time, line, vehicle, stop, speed. */
  'transit-300': { bytes: 300e6, pieces: (bytes) => lines(6, bytes, position) },
  /** People: name, year, town, field. */
  'people-300': { bytes: 300e6, pieces: (bytes) => lines(7, bytes, person) },
  /** Chess games, a move a line. */
  'chess-300': { bytes: 300e6, pieces: (bytes) => lines(8, bytes, move) },
  /** The words that a speller knows: all but each seventh of the plays' words. */
  dictionary: { bytes: Infinity, pieces: dictionary },
  small: {
    bytes: 1000,
    pieces: (bytes) => lines(1, bytes, (random) => request(random, address(skewed(random)))),
  },
  empty: { bytes: 0, pieces: () => [] },
}

/** Lines from one generator of numbers, until there are enough bytes. */
function* lines(seed, bytes, line) {
  const random = generator(seed)
  for (let at = 0, made = 0; made < bytes;) {
    let text = ''
    while (text.length < 1e6 && made + text.length < bytes) text += `${line(random, at++)}\n`
    made += text.length
    yield Buffer.from(text)
  }
}

function* repeated(name, bytes) {
  const text = example(name)
  for (let made = 0; made < bytes; made += text.length) {
    const piece = text.subarray(0, bytes - made)
    yield piece.subarray(0, piece.lastIndexOf(10) + 1)
  }
}

function* otherUnsorted(bytes) {
  const seeds = [lines(2, bytes / 2, unsortedLine), lines(9, bytes / 2, unsortedLine)]
  for (const pieces of seeds) yield* pieces
}

function* dictionary() {
  const words = new Set(
    String(example('shakespeare.txt'))
      .toLowerCase()
      .match(/[a-z]+/g),
  )
  const known = [...words].sort().filter((_, at) => at % 7 !== 0)
  yield Buffer.from(`${known.join('\n')}\n`)
}

function request(random, client) {
  const status = pick(random, [200, 200, 200, 304, 404, 500])
  return `${client} - - [17/May/2015:10:05:03 +0000] "GET /page/${below(random, 5000)}/index.html HTTP/1.1" ${status} ${below(random, 100_000)} "-" "agent/1.0"`
}

const realLines = String(example('access.log')).trimEnd().split('\n')

function realLine(random, at) {
  const line = realLines[at % realLines.length]
  return `${address(scattered(below(random, 200_000)))}${line.slice(line.indexOf(' '))}`
}

function unsortedLine(random) {
  return `${Math.floor(random() * 1e15).toString(36)} ${below(random, 1e9)} some more text to carry along`
}

function sortedLine(random, at) {
  return `${String(at * 2 + below(random, 2)).padStart(12, '0')} entry ${below(random, 1000)}`
}

function position(random, at) {
  const time = new Date(1.6e12 + at * 900).toISOString().slice(0, 19)
  const line = below(random, 180)
  return `${time},${line},${line * 20 + below(random, 20)},stop ${below(random, 3000)},${below(random, 80)},${pick(random, ['on time', 'late', 'early'])}`
}

const givenNames = [
  'Ada',
  'Alan',
  'Barbara',
  'Brian',
  'Dennis',
  'Donald',
  'Edsger',
  'Grace',
  'Ken',
  'Niklaus',
]
const familyNames = [
  'Baker',
  'Cole',
  'Davies',
  'Evans',
  'Fisher',
  'Green',
  'Hughes',
  'Mason',
  'Turner',
  'Ward',
]
const towns = ['Amsterdam', 'Bath', 'Cambridge', 'Dover', 'Exeter', 'Geneva', 'Oslo', 'York']
const fields = ['algebra', 'compilers', 'geometry', 'languages', 'logic', 'networks', 'systems']

function person(random) {
  const name = `${pick(random, givenNames)} ${pick(random, familyNames)}`
  return `${name} (${1900 + below(random, 100)}), ${pick(random, towns)}: ${pick(random, fields)}, ${below(random, 50)} papers`
}

function move(random, at) {
  const square = () => `${pick(random, 'abcdefgh')}${1 + below(random, 8)}`
  const half = () =>
    `${pick(random, ['', 'N', 'B', 'R', 'Q', 'K'])}${pick(random, ['', '', 'x'])}${square()}${pick(random, ['', '', '', '+'])}`
  return `${1 + (at % 60)}. ${half()} ${half()}`
}

/** An address for each of 2^32 numbers. */
function address(number) {
  return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`
}

/** Some of 2,000 clients come much more often than others. */
function skewed(random) {
  return 0x0a000000 + Math.floor(random() ** 2 * 2000)
}

/** A different number for each number, far from its neighbours': multiplication by an odd number is one-to-one. */
function scattered(number) {
  return Math.imul(number, 0x9e3779b1) >>> 0
}

function below(random, limit) {
  return Math.floor(random() * limit)
}

function pick(random, choices) {
  return choices[below(random, choices.length)]
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function generator(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
