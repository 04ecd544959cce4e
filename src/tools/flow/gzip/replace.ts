import { fchmodSync, fchownSync, futimesSync, lstatSync, type Stats, unlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { placeOf } from '../../../base/bytes.js'
import { system } from '../../../base/error.js'
import type { Output } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { compress, type Sizes } from './deflate.js'
import { expand } from './expand.js'
import { Failure } from './failure.js'
import { attempt, type Job } from './job.js'
import { withoutSuffix } from './names.js'
import { judge, memberName, readOptions, savedBy, savedTime, type Subject, writeTo } from './stream.js'

/** Makes the other file beside this one, with its mode, owner and times, then removes this one. */
export function* replace(
  job: Job,
  subject: Subject & { readonly stats: Stats },
  suffix: string | undefined,
): Task<void> {
  const { settings, io } = job
  const { name, stats, input } = subject
  const made: { target: string; output?: Output; time: Date } = {
    target: suffix === undefined ? name + settings.suffix : withoutSuffix(name, suffix),
    time: stats.mtime,
  }
  const create = (): Output => {
    made.output = createTarget(job, made.target)
    if (job.isVerbose) job.say(`${name}:\t`)
    return made.output
  }
  let isWhole = false
  try {
    const sizes = yield* suffix === undefined
      ? compress(input, create(), settings.level, memberName(job, subject))
      : restore()
    if (made.output?.file !== undefined) keepAttributes(made.output.file, stats, made.time)
    isWhole = true
    if (!settings.keep) attempt(name, () => system(() => unlinkSync(placeOf(io.cwd, name))))
    const done = settings.keep ? 'created' : 'replaced with'
    if (job.isVerbose) job.say(`${savedBy(settings, sizes)} -- ${done} ${made.target}\n`)
  } finally {
    made.output?.close()
    if (made.output !== undefined && !isWhole) unlinkSync(placeOf(io.cwd, made.target))
  }

  function* restore(): Task<Sizes> {
    const options = { ...readOptions(job, name), copiesOthers: false }
    const expanded = yield* expand(input, options, (header) => {
      const saved = settings.names.name === true ? (header?.name ?? '') : ''
      if (saved !== '') made.target = join(dirname(name), saved)
      made.time = savedTime(settings, header) ?? stats.mtime
      return writeTo(create())
    })
    judge(job, name, expanded)
    return expanded
  }
}

/** Nobody is asked whether a file may be overwritten, as the answers would come from a script. */
function createTarget({ io, settings }: Job, target: string): Output {
  const place = placeOf(io.cwd, target)
  if (lstatSync(place, { throwIfNoEntry: false }) !== undefined) {
    if (!settings.force)
      throw new Failure(`gzip: ${target} already exists;\tnot overwritten`, { exit: 2, isQuietable: false })
    attempt(target, () => system(() => unlinkSync(place)))
  }
  return attempt(target, () => io.create(target))
}

function keepAttributes(file: number, { uid, gid, mode, atime }: Stats, time: Date): void {
  try {
    fchownSync(file, uid, gid)
  } catch {
    // Only the superuser may give files away; the file then belongs to whoever made it.
  }
  fchmodSync(file, mode & 0o7777)
  futimesSync(file, atime, time)
}
