import { parse } from 'node:path'

/** Where a rotated file stands among those of its log: `older` grows with its age. */
interface Age {
  readonly kind: 'index' | 'date'
  readonly older: bigint
}

/**
 * The names among `entries` that rotation gives the older files of the log `name`, the newest first: `app.log.1`,
 * `app.log-20251123`, `app.1.log`, each also with `.gz` (logrotate(8): start, dateext, extension, compress).
 */
export function rotatedNames(name: string, entries: readonly string[]): string[] {
  const found = entries.flatMap((entry) => {
    const age = ageOf(name, entry)
    return age === undefined ? [] : [{ entry, age }]
  })
  // While a file is compressed, both are there, and the compressed one is not whole.
  const plain = new Set(entries)
  return found
    .filter(({ entry }) => !isCompressed(entry) || !plain.has(entry.slice(0, -compressedEnd.length)))
    .sort((a, b) => compareAges(a.age, b.age))
    .map(({ entry }) => entry)
}

/** Whether `entry` is an older file of the log `name`. */
export function isRotatedName(name: string, entry: string): boolean {
  return ageOf(name, entry) !== undefined
}

export function isCompressed(name: string): boolean {
  return name.endsWith(compressedEnd)
}

const compressedEnd = '.gz'

function ageOf(name: string, entry: string): Age | undefined {
  const plain = isCompressed(entry) ? entry.slice(0, -compressedEnd.length) : entry
  const { name: stem, ext: extension } = parse(name)
  if (plain.startsWith(name)) return parseAge(plain.slice(name.length))
  if (extension === '' || !plain.startsWith(stem) || !plain.endsWith(extension)) return undefined
  return plain.length < stem.length + extension.length
    ? undefined
    : parseAge(plain.slice(stem.length, -extension.length))
}

function parseAge(suffix: string): Age | undefined {
  const [, index, date] = /^[.-](?:(\d{1,5}|old)|(\d{4}-?\d\d-?\d\d[-_.T\d]*|\d{6,}))$/.exec(suffix) ?? []
  if (index !== undefined) return { kind: 'index', older: index === 'old' ? 1n : BigInt(index) }
  return date === undefined ? undefined : { kind: 'date', older: -BigInt(date.replace(/\D/g, '')) }
}

function compareAges(a: Age, b: Age): number {
  if (a.kind !== b.kind) return a.kind === 'index' ? -1 : 1
  return a.older < b.older ? -1 : a.older > b.older ? 1 : 0
}
