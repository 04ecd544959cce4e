import { exported } from './memory.js'

/** The kernels, typed. Addresses and lengths are in bytes; ranges are half open. */
interface Kernels {
  countByte(from: number, to: number, byte: number): number
  findByte(from: number, to: number, byte: number): number
  findLastByte(from: number, to: number, byte: number): number
  skipRecords(from: number, to: number, byte: number, count: number): number
  skipRecordsBack(from: number, to: number, byte: number, count: number): number
  turnRecords(
    from: number,
    last: number,
    end: number,
    separator: number,
    length: number,
    before: boolean,
    out: number,
  ): number
  reverseLines(from: number, to: number): void
  numberLines(from: number, to: number, out: number, how: number): number
  copyBytes(from: number, to: number, out: number): void
  replaceMatches(
    batch: number,
    from: number,
    to: number,
    matches: number,
    count: number,
    stride: number,
    parts: number,
    partCount: number,
    out: number,
  ): number
  copySpans(batch: number, spans: number, count: number, terminator: number, out: number): number
  writePrefixed(control: number, out: number): number
  translateInPlace(from: number, to: number, table: number): void
  removeBytes(from: number, to: number, set: number): number
  squeezeBytes(from: number, to: number, set: number, previous: number): number
  replaceRuns(from: number, to: number, set: number, byte: number, previous: number): number
  countWords(from: number, to: number, inWord: number): number
  measureLines(from: number, to: number, state: number): void
  cutFields(from: number, to: number, out: number, plan: number): number
  cutRanges(from: number, to: number, out: number, plan: number): number
  cutBytes(from: number, to: number, out: number, plan: number): number
  showLines(from: number, to: number, out: number, outEnd: number, plan: number): number
  groupLines(from: number, to: number, out: number, outEnd: number, plan: number): number
  finishGroups(out: number, plan: number): number
  writeColumns(out: number, outEnd: number, plan: number): number
  copyText(from: number, length: number, to: number, delimiter: number): number
  tableLines(from: number, to: number, delimiter: number, table: number): void
  dropEntries(order: number, table: number, end: number, limit: number, above: boolean): number
  sortTable(order: number, table: number, end: number): void
  uniqueLines(order: number, table: number, end: number): number
  fitEntries(table: number, end: number, size: number): number
  measureEntries(table: number, end: number): number
  writeEntries(table: number, end: number, delimiter: number, out: number): void
  mergeLines(merge: number, out: number, outEnd: number): number
  findDisorder(order: number, from: number, to: number, last: number, strictly: boolean): number
  listPieces(from: number, to: number, lineEnd: number, list: number, full: number): number
  keepFields(list: number, listEnd: number, plan: number): number
  keepBytes(list: number, listEnd: number, plan: number): number
  copyPieces(list: number, listEnd: number, lineEnd: number, out: number): number
  countLines(table: number, from: number, to: number): number
  countPieces(table: number, list: number, listEnd: number): number
  moveRecords(table: number, old: number, oldEnd: number): void
  measureBuckets(from: number, to: number, sizes: number): void
  scatterRecords(from: number, to: number, places: number): void
  countRecords(from: number, to: number): number
  copyBucket(table: number, bucket: number, out: number): number
  joinRecords(from: number, to: number, slots: number, mask: number): number
  listRecords(from: number, to: number, entries: number): number
  writeRecords(
    entries: number,
    end: number,
    delimiter: number,
    how: number,
    out: number,
    outEnd: number,
  ): number
  writeBlock(from: number, to: number, delimiter: number, how: number, out: number, outEnd: number): number
  writeTailed(from: number, to: number, delimiter: number, how: number, out: number, outEnd: number): number
  writtenEnd(): number
  writeCounts(entries: number, end: number, delimiter: number, out: number): number
  sumCounts(from: number, to: number): bigint
  prepare(order: number, entry: number, level: number): void
  locateKeyStart(order: number, key: number, line: number, end: number): number
  locatedEnd(): number
  chooseNumber(chance: number, most: bigint): boolean
  shuffleEntries(chance: number, table: number, at: number, count: number, size: number): number
  pickEntries(chance: number, table: number, size: number, picks: number, at: number, count: number): number
  sampleLines(
    chance: number,
    from: number,
    to: number,
    delimiter: number,
    table: number,
    size: number,
  ): number
  listLines(from: number, to: number, delimiter: number, table: number): void
  listNumbers(low: bigint, count: number, table: number): void
  gatherNumbers(
    chance: number,
    table: number,
    at: number,
    count: number,
    delimiter: number,
    out: number,
    outEnd: number,
  ): number
  gatherLines(
    chance: number,
    table: number,
    at: number,
    count: number,
    delimiter: number,
    out: number,
    outEnd: number,
  ): number
  writeSequence(
    start: number,
    end: number,
    lineEnd: number,
    step: number,
    stepEnd: number,
    count: number,
    out: number,
  ): number
  sequenceStart(): number
  joinLines(out: number, outEnd: number, plan: number): number
  pasteRows(out: number, outEnd: number, plan: number): number
  pasteSerial(from: number, to: number, out: number, plan: number): number
  formatLines(from: number, to: number, plan: number): number
  finishFormat(plan: number): void
  foldLines(from: number, to: number, out: number, wordLength: number, state: number): number
  expandTabs(from: number, to: number, out: number, outEnd: number, plan: number): number
  unexpandBlanks(from: number, to: number, out: number, outEnd: number, plan: number): number
  writeSpaces(out: number, plan: number): number
  createInflate(): number
  resetInflate(state: number): void
  inflate(
    state: number,
    from: number,
    to: number,
    isEnd: boolean,
    window: number,
    out: number,
    outEnd: number,
  ): number
  encodeBase64(from: number, to: number, out: number): number
  decodeBase64(from: number, to: number, out: number): number
  decodeStop(): number
  runSed(run: number): number
  wrapText(from: number, to: number, out: number, width: number, room: number): number
}

// The boundary to WebAssembly: the build makes both sides from src/kernel/assembly.
export const kernel = exported as unknown as Kernels
