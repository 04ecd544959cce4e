import { allocate, bytesAt, release, wordsAt } from '../memory.js'
import type { ByteSet } from './byteset.js'
import { bytesOf, single } from './byteset.js'
import { mostOf, mostWidthOf } from './shape.js'
import type { Tree } from './tree.js'

/** A fast search for places that every match must contain; assembly/prefilter.ts runs it. */
export interface Prefilter {
  readonly address: number
  /** The most bytes between the beginning of a match and its first candidate. */
  readonly reach: number
  /** The length of a match, when a candidate is one. */
  readonly exactLength: number | undefined
  free(): void
}

/** A run of byte sets that stands somewhere in a match. */
type Run = readonly ByteSet[]

/** Every match contains one of the runs, at most `reach` bytes behind its beginning; `isWhole` when that is all of it. */
interface Factor {
  readonly runs: readonly Run[]
  readonly reach: number
  readonly isWhole: boolean
}

const bucketCount = 8
const places = 3
/** More alternatives than this let too much through. */
const runLimit = 64
const runLengthLimit = 64
/** A factor that is found in more than one of this many bytes is no help. */
const rarity = 24

/** The prefilter for a pattern's matches, undefined when none promises to help. */
export function createPrefilter(tree: Tree): Prefilter | undefined {
  const factor = factorOf(tree)
  if (factor === undefined || frequencyOf(factor) > 1 / rarity) return undefined
  const [run, ...others] = factor.runs
  const string = run === undefined || others.length > 0 ? undefined : stringIn(run)
  if (string !== undefined)
    return writeString(string.bytes, {
      reach: factor.reach + string.from,
      isWhole: factor.isWhole && string.bytes.length === run?.length,
    })
  const windows = factor.runs.map(rarestWindow)
  return writeSets(
    windows.map((window) => window.run),
    factor.reach + mostOf(windows.map(({ offset }) => offset)),
  )
}

function factorOf(tree: Tree): Factor | undefined {
  switch (tree.kind) {
    case 'set':
      return { runs: [[tree.set]], reach: 0, isWhole: true }
    case 'group':
      return factorOf(tree.part)
    case 'strings':
      return factorOfStrings(tree.strings, tree.ignoreCase)
    case 'sequence':
      return factorOfSequence(tree.parts)
    case 'choice':
      return factorOfChoice(tree.parts)
    case 'repeat':
      return factorOfRepeat(tree.part, tree.least, tree.most)
    default:
      return undefined
  }
}

function factorOfStrings(strings: readonly Uint8Array[], ignoreCase: boolean): Factor | undefined {
  if (strings.length > runLimit || strings.some((string) => string.length === 0)) return undefined
  return {
    runs: strings.map((string) => Array.from(string, (byte) => single(byte, ignoreCase))),
    reach: 0,
    isWhole: true,
  }
}

function factorOfRepeat(part: Tree, least: number, most: number): Factor | undefined {
  if (least === 0) return undefined
  const factor = factorOf(part)
  const run = factor?.runs.length === 1 ? factor.runs[0] : undefined
  if (factor === undefined || run === undefined || !factor.isWhole) {
    return factor === undefined ? undefined : { ...factor, isWhole: false }
  }
  const repeats = Math.min(least, Math.ceil(runLengthLimit / run.length))
  return {
    reach: 0,
    runs: [Array.from({ length: repeats }, () => run).flat()],
    isWhole: repeats === least && least === most,
  }
}

function factorOfChoice(parts: readonly Tree[]): Factor | undefined {
  const factors = parts.map(factorOf)
  const runs: Run[] = []
  for (const factor of factors) {
    if (factor === undefined) return undefined
    runs.push(...factor.runs)
  }
  if (runs.length > runLimit) return undefined
  const isWhole = factors.every((factor) => factor?.isWhole === true)
  // Alternatives of one byte are one set.
  if (isWhole && runs.every((run) => run.length === 1)) {
    const union = new Uint8Array(256)
    for (const [set] of runs) set?.forEach((flag, byte) => (union[byte] = (union[byte] ?? 0) | flag))
    return { runs: [[union]], reach: 0, isWhole }
  }
  return { runs, reach: mostOf(factors.map((factor) => factor?.reach ?? 0)), isWhole }
}

/** Joins neighbours that are whole into longer runs and takes the rarest factor of all. */
function factorOfSequence(parts: readonly Tree[]): Factor | undefined {
  const candidates: Factor[] = []
  let joined: Run = []
  /** The most bytes before what is joined. */
  let before = 0
  let isWhole = true
  const endRun = () => {
    if (joined.length > 0) candidates.push({ runs: [joined], reach: before, isWhole: false })
    joined = []
  }
  for (const part of parts) {
    const factor = factorOf(part)
    const run = factor?.runs.length === 1 ? factor.runs[0] : undefined
    if (factor?.isWhole === true && run !== undefined && joined.length + run.length <= runLengthLimit) {
      joined = [...joined, ...run]
      continue
    }
    isWhole = false
    const behind = before + joined.length
    const repeated = isRunRepeat(part) ? run : undefined
    if (factor !== undefined) candidates.push({ ...factor, reach: factor.reach + behind, isWhole: false })
    if (repeated !== undefined) joined = [...joined, ...repeated]
    endRun()
    before = behind + mostWidthOf(part) - (repeated?.length ?? 0)
    if (repeated !== undefined) joined = repeated
  }
  if (isWhole) return joined.length > 0 ? { runs: [joined], reach: 0, isWhole } : undefined
  endRun()
  return candidates.reduce<Factor | undefined>(
    (best, factor) => (best === undefined || frequencyOf(factor) < frequencyOf(best) ? factor : best),
    undefined,
  )
}

/** A repetition of a fixed run begins with it and ends with it. */
function isRunRepeat(part: Tree): boolean {
  return part.kind === 'repeat' && part.least > 0 && factorOf(part.part)?.isWhole === true
}

/** About how often a byte stands in text and logs, in thousandths. */
const weights = new Uint8Array(256).fill(1)
for (const [weight, characters] of [
  [120, ' '],
  [50, 'etaoinsr'],
  [25, '01/.-:lhdcmupgf'],
  [15, 'bjkqvwxyz23456789"'],
  [10, '\t\n'],
  [6, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ,;=_()[]&%?+'],
] as const)
  for (const character of characters) weights[character.charCodeAt(0)] = weight

function frequencyOfSet(set: ByteSet): number {
  let sum = 0
  for (let byte = 0; byte < 256; byte++) if (set[byte] === 1) sum += weights[byte] ?? 0
  return Math.min(sum / 1000, 1)
}

function frequencyOfRun(run: Run): number {
  return run.reduce((product, set) => product * frequencyOfSet(set), 1)
}

function frequencyOf(factor: Factor): number {
  return factor.runs.reduce((sum, run) => sum + frequencyOfRun(rarestWindow(run).run), 0)
}

/** The part of a run that is looked for, and where in the run it begins. */
function rarestWindow(run: Run): { readonly run: Run; readonly offset: number } {
  let best = { run: run.slice(0, places), offset: 0 }
  for (let offset = 1; offset + places <= run.length; offset++) {
    const window = run.slice(offset, offset + places)
    if (frequencyOfRun(window) < frequencyOfRun(best.run)) best = { run: window, offset }
  }
  return best
}

/** A byte of a string: the bits set in `fold` do not count, and are set in `byte`. */
interface FoldedByte {
  readonly byte: number
  readonly fold: number
  readonly frequency: number
}

/** What stands in every match around the rarest of a run, as a string; undefined where that is short, and may vary. */
function stringIn(run: Run): { readonly from: number; readonly bytes: readonly FoldedByte[] } | undefined {
  const members = run.map(foldedByte)
  const { offset } = rarestWindow(run)
  let from = offset
  while (members[from - 1] !== undefined) from--
  let to = offset
  while (members[to] !== undefined) to++
  if (to - from < Math.min(places, run.length)) return undefined
  return { from, bytes: members.slice(from, to).filter((member) => member !== undefined) }
}

/** The only byte of a set, or the two that differ in one bit, as the cases of a letter. */
function foldedByte(set: ByteSet): FoldedByte | undefined {
  const [one = 0, other = one, ...more] = bytesOf(set)
  const fold = one ^ other
  if (more.length > 0 || set[one] !== 1 || (fold & (fold - 1)) !== 0) return undefined
  return { byte: one | fold, fold, frequency: frequencyOfSet(set) }
}

// The layouts below are those of assembly/prefilter.ts.
const headerBytes = 16
const stringKind = 1
const setsKind = 2
const noBound = 0xffffffff

function create(kind: number, size: number, facts: Pick<Prefilter, 'reach' | 'exactLength'>): Prefilter {
  const address = allocate(headerBytes + size)
  const reach = Math.min(facts.reach, noBound)
  wordsAt(address, 3).set([kind, facts.exactLength === undefined ? 0 : 1, reach])
  return { ...facts, address, free: () => release(address) }
}

function writeString(bytes: readonly FoldedByte[], { reach, isWhole }: Omit<Factor, 'runs'>): Prefilter {
  const { length } = bytes
  const prefilter = create(stringKind, 12 + 2 * length, { reach, exactLength: isWhole ? length : undefined })
  const order = bytes.map((_, place) => place)
  const [rare = 0, nextRare = rare] = order.sort(
    (a, b) => (bytes[a]?.frequency ?? 0) - (bytes[b]?.frequency ?? 0),
  )
  wordsAt(prefilter.address + headerBytes, 3).set([length, rare, nextRare])
  const string = bytesAt(prefilter.address + headerBytes + 12, 2 * length)
  string.set(bytes.map(({ byte }) => byte))
  string.set(
    bytes.map(({ fold }) => fold),
    length,
  )
  return prefilter
}

function writeSets(runs: readonly Run[], reach: number): Prefilter {
  const prefilter = create(setsKind, places * 32, { reach, exactLength: undefined })
  const tables = bytesAt(prefilter.address + headerBytes, places * 32).fill(0)
  // Runs that begin alike share a bucket.
  const sorted = [...runs].sort((a, b) => (a[0]?.indexOf(1) ?? 0) - (b[0]?.indexOf(1) ?? 0))
  sorted.forEach((run, index) => {
    const bucket = 1 << Math.floor((index * bucketCount) / sorted.length)
    for (let place = 0; place < places; place++) {
      const set = run[place]
      const table = place * 32
      const allow = (offset: number) => (tables[table + offset] = (tables[table + offset] ?? 0) | bucket)
      for (let byte = 0; byte < 256; byte++) {
        if (set !== undefined && set[byte] !== 1) continue
        allow(byte & 15)
        allow(16 + (byte >> 4))
      }
    }
  })
  return prefilter
}
