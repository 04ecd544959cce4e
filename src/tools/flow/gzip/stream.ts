import type { Stats } from 'node:fs'
import type { Input, Output } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { compress, type Sizes } from './deflate.js'
import { expand, type Expanded } from './expand.js'
import { Failure } from './failure.js'
import type { MemberHeader, MemberName, ReadOptions } from './header.js'
import type { Consume } from './inflate.js'
import type { Job } from './job.js'
import { ratio } from './list.js'
import { knownSuffix, withoutSuffix } from './names.js'
import type { Settings } from './settings.js'

/** One input, and what is known of it. */
export interface Subject {
  /** What messages call it. */
  readonly name: string
  readonly input: Input
  /** Undefined for what is no regular file. */
  readonly stats: Stats | undefined
  /** The name to be saved; undefined for standard input. */
  readonly original: string | undefined
}

/**
 * Compresses, decompresses, tests or lists one input; calls `begin` once that is found to be possible. Throws
 * `Failure`.
 */
export function* processStream(
  job: Job,
  subject: Subject,
  output: Output,
  begin: () => void = () => undefined,
): Task<Sizes> {
  const { settings } = job
  const { name, input } = subject
  if (settings.action === 'compress') {
    begin()
    return yield* compress(input, output, settings.level, memberName(job, subject))
  }
  const isToStdout = settings.toStdout || subject.original === undefined
  const copiesOthers = settings.force && isToStdout && settings.action !== 'list'
  const options = { ...readOptions(job, name), copiesOthers }
  const consume = settings.action === 'decompress' ? writeTo(output) : drop
  const expanded = yield* expand(input, options, () => {
    begin()
    return consume
  })
  judge(job, name, expanded)
  if (settings.action === 'list' && expanded.ignored !== 'garbage') addRow(job, subject, expanded)
  return expanded
}

/** How the input called `name` is read. */
export function readOptions(job: Job, name: string): ReadOptions {
  return {
    name,
    onIgnored: (text) => {
      if (job.isVerbose) job.say(`${text}\n`)
    },
  }
}

/** Passes on what is decompressed. */
export function writeTo(output: Output): Consume {
  return function* (bytes) {
    output.append(bytes)
    yield* output.flush()
  }
}

function* drop(): Task<void> {
  // Only its size and checksum are wanted.
}

/** What the header says: name and time, where they are known and wanted. */
export function memberName(job: Job, { name, original, stats }: Subject): MemberName {
  const { names } = job.settings
  const isTimed = names.time !== false && stats !== undefined
  const time = isTimed ? Math.floor(stats.mtimeMs / 1000) : 0
  const isInRange = time > 0 && time < 2 ** 32
  if (isTimed && !isInRange) job.fail(new Failure(timeWarning(name), { exit: 2 }))
  return { name: names.name === false ? undefined : original, time: isInRange ? time : 0 }
}

function timeWarning(name: string): string {
  return `gzip: ${name}: warning: file timestamp out of range for gzip format`
}

/** Reports what is wrong with a file that was read to its end. */
export function judge(job: Job, name: string, { damage, ignored }: Expanded): void {
  // Only where nothing is written the next file gets its turn.
  if (damage !== undefined) throw new Failure(damage, { endsAll: job.settings.action === 'decompress' })
  if (ignored === 'garbage' || (ignored === 'zero bytes' && job.isVerbose))
    job.fail(new Failure(`\ngzip: ${name}: decompression OK, trailing ${ignored} ignored`, { exit: 2 }))
}

/** How much smaller the compressed one is, without the format's own bytes: ` 29.2%`. */
export function savedBy({ action }: Settings, { bytesIn, bytesOut, headerBytes }: Sizes): string {
  const [whole, compressed] = action === 'compress' ? [bytesIn, bytesOut] : [bytesOut, bytesIn]
  return ratio(whole - (compressed - headerBytes), whole)
}

/** The time in the header, where it is to be restored and there is one. */
export function savedTime({ names }: Settings, header: MemberHeader | undefined): Date | undefined {
  return names.time === true && header !== undefined && header.time > 0
    ? new Date(header.time * 1000)
    : undefined
}

function addRow({ settings, listing }: Job, { name, original, stats }: Subject, expanded: Expanded): void {
  const suffix = knownSuffix(name, settings)
  const stem = original === undefined ? 'stdout' : suffix === undefined ? name : withoutSuffix(name, suffix)
  const { header } = expanded
  const shown = settings.names.name === true ? (header?.name ?? stem) : stem
  listing.add(shown, savedTime(settings, header) ?? stats?.mtime ?? new Date(0), expanded)
}
