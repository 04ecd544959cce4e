import { allocate, copyIn, doublesAt, release, wordsAt } from '../../../kernel/index.js'
import { AddressKind, AddressWord, commandNumbers, CommandWord } from './layout.js'
import { ownPatterns, usesLast } from './last-pattern.js'
import { createListedMatches, type ListedMatches } from './listed-matches.js'
import type { Patterns } from './patterns.js'
import type { Address, Command, RangeEnd } from './program.js'
import { createRange, type RangeState } from './range.js'
import type { Settings } from './settings.js'

/** A script in kernel memory, as assembly/sed.ts runs it. */
export interface Script {
  readonly address: number
  readonly end: number
  /** The addresses of the patterns by their numbers, where some command asks for the one last used; else 0. */
  readonly patterns: number
  /** One for each command; undefined for a command that is for every line. */
  readonly ranges: readonly (RangeState | undefined)[]
  /** The index of the command at an address. */
  indexOf(address: number): number
  /** The address of the command behind another. */
  addressOf(index: number): number
  /** Of the `s` at an index. */
  matchesOf(index: number): ListedMatches | undefined
  /** The source has another batch. */
  beginBatch(batch: Buffer): void
  free(): void
}

const commandBytes = CommandWord.words * 4

/** Larger than any line's number, and exact. */
const largest = Number.MAX_SAFE_INTEGER

export function encodeScript(settings: Settings, patterns: Patterns): Script {
  const { program, delimiter } = settings
  const { commands } = program
  const address = allocate(Math.max(commands.length, 1) * commandBytes)
  const texts: Buffer[] = []
  const matches: (ListedMatches | undefined)[] = []
  const ranges = commands.map(encode)
  const numbered = commands.some(usesLast) ? numberPatterns() : undefined
  return {
    address,
    patterns: numbered ?? 0,
    end: addressOf(commands.length),
    ranges,
    indexOf: (place) => (place - address) / commandBytes,
    addressOf,
    matchesOf: (index) => matches[index],
    beginBatch(batch) {
      for (const each of matches) each?.listed.keepFor(batch)
    },
    free() {
      release(address)
      if (numbered !== undefined) release(numbered)
      for (const text of texts) release(text.byteOffset)
      for (const each of matches) each?.free()
    },
  }

  function addressOf(index: number): number {
    return address + index * commandBytes
  }

  function numberPatterns(): number {
    const all = commands.flatMap(ownPatterns)
    const addresses = wordsAt(allocate((all.length + 1) * 4), all.length)
    for (const pattern of all) addresses[patterns.numberOf(pattern)] = patterns.addressOf(pattern)
    return addresses.byteOffset
  }

  function encode(command: Command, index: number): RangeState | undefined {
    const place = addressOf(index)
    const words = wordsAt(place, CommandWord.words).fill(0)
    const { selector, isNegated } = command
    words[CommandWord.name] = commandNumbers[command.name] ?? 0
    words[CommandWord.isNegated] = isNegated ? 1 : 0
    if ('target' in command) words[CommandWord.target] = addressOf(command.target)
    if (command.name === 's') encodeSubstitution(command, index, words)
    else encodeData(command, words)
    if (selector === undefined) return undefined
    encodeAddress(selector.from, place + CommandWord.first * 4)
    if (selector.to !== undefined) encodeAddress(selector.to, place + CommandWord.second * 4)
    return createRange(selector, words, doublesAt(place + CommandWord.rangeLast * 4, 1))
  }

  function encodeAddress(address: Address | RangeEnd, place: number): void {
    const words = wordsAt(place, 2)
    const [number, step] = numbersOf(address)
    words[AddressWord.kind] = AddressKind[address.kind]
    words[AddressWord.pattern] = address.kind === 'pattern' ? patterns.addressOf(address.pattern) : 0
    doublesAt(place + AddressWord.number * 4, 2).set([Math.min(number, largest), Math.min(step, largest)])
  }

  function encodeData(command: Command, words: Uint32Array): void {
    const text = command.name === 'y' ? command.table : textOf(command, delimiter)
    if (text === undefined) return
    const copy = copyIn(text)
    texts.push(copy)
    words[CommandWord.data] = copy.byteOffset
    words[CommandWord.length] = copy.length
  }

  function encodeSubstitution(
    { substitution }: Extract<Command, { name: 's' }>,
    index: number,
    words: Uint32Array,
  ): void {
    const made = createListedMatches(substitution, settings, patterns)
    matches[index] = made
    if (made === undefined) words[CommandWord.name] = 0
    else words[CommandWord.data] = made.listed.address
  }
}

function numbersOf(address: Address | RangeEnd): readonly [number: number, step: number] {
  switch (address.kind) {
    case 'line':
      return [address.number, 0]
    case 'step':
      return [address.first, address.step]
    case 'more':
      return [address.count, 0]
    case 'multiple':
      return [address.of, 0]
    case 'last':
    case 'pattern':
      return [0, 0]
  }
}

/** What a command writes, with the input's delimiter at the end. */
function textOf(command: Command, delimiter: number): Buffer | undefined {
  if (command.name !== 'i' && command.name !== 'c') return undefined
  const text = Buffer.from(command.text)
  if (text.length > 0) text[text.length - 1] = delimiter
  return text
}
