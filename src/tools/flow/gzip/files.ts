import { fstatSync, lstatSync, readdirSync, type Stats, statSync } from 'node:fs'
import { basename } from 'node:path'
import { placeOf, textOf } from '../../../base/bytes.js'
import { SystemError, system } from '../../../base/error.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { Failure } from './failure.js'
import { attempt, Job } from './job.js'
import { candidates, knownSuffix } from './names.js'
import { replace } from './replace.js'
import { replacesFiles, type Settings } from './settings.js'
import { processStream, savedBy, type Subject } from './stream.js'

/** Works on all operands; returns the exit code. */
export function* processFiles(settings: Settings, io: StageIo): Task<number> {
  const { action, operands, force } = settings
  if (operands.length === 0 && action === 'compress' && io.stdoutIsTerminal && !force) {
    io.stderr.text(terminalRefusal)
    return 1
  }
  const job = new Job(settings, io)
  const fine = yield* processEach(job, operands.length === 0 ? ['-'] : operands)
  if (fine && action === 'list' && operands.length > 1) job.listing.total()
  yield* io.stdout.flush()
  return job.exit
}

const terminalRefusal = `gzip: compressed data not written to a terminal. Use -f to force compression.
For help, type: gzip -h
`

/** Returns false when a failure ended all. */
function* processEach(job: Job, paths: readonly string[]): Task<boolean> {
  for (const path of paths) {
    try {
      const fine = yield* path === '-' ? processStdin(job) : processPath(job, path)
      if (!fine) return false
    } catch (error) {
      const failure = asFailure(path, error)
      job.listing.skip()
      job.fail(failure)
      if (failure.endsAll) return false
    }
  }
  return true
}

function asFailure(path: string, error: unknown): Failure {
  if (error instanceof Failure) return error
  if (!(error instanceof SystemError)) throw error
  return new Failure(`\ngzip: ${path === '-' ? 'stdin' : path}: ${error.reason}`, { endsAll: true })
}

function* processStdin(job: Job): Task<boolean> {
  const { stdin, stdout } = job.io
  const stats = stdin.file === undefined ? undefined : fstatSync(stdin.file)
  const subject = { name: 'stdin', input: stdin, stats, original: undefined }
  const sizes = yield* processStream(job, subject, stdout)
  if (job.isVerbose && job.settings.action === 'test') job.say(' OK\n')
  if (job.isVerbose && job.settings.action === 'compress') job.say(`${savedBy(job.settings, sizes)}\n`)
  return true
}

/** Returns false when a failure in a folder ended all. */
function* processPath(job: Job, operand: string): Task<boolean> {
  const { settings, io } = job
  const { path, stats } = find(job, operand)
  if (stats.isDirectory()) {
    if (!settings.recursive) throw new Failure(`gzip: ${path} is a directory -- ignored`, { exit: 2 })
    const names = attempt(path, () => system(() => readdirSync(placeOf(io.cwd, path), 'buffer').map(textOf)))
    return yield* processEach(
      job,
      names.map((name) => (path.endsWith('/') ? path + name : `${path}/${name}`)),
    )
  }
  const suffix = knownSuffix(path, settings)
  const isReplaced = replacesFiles(settings)
  if (isReplaced && !isWanted(job, path, suffix)) return true
  if (isReplaced) checkReplaceable(path, stats, settings)
  const input = attempt(path, () => io.open(path))
  try {
    const subject = { name: path, input, stats, original: basename(path) }
    if (isReplaced) yield* replace(job, subject, settings.action === 'compress' ? undefined : suffix)
    else yield* processToStdout(job, subject)
    return true
  } finally {
    input.close()
  }
}

function* processToStdout(job: Job, subject: Subject): Task<void> {
  const { settings, io } = job
  const tells = job.isVerbose && settings.action !== 'list'
  const sizes = yield* processStream(job, subject, io.stdout, () => {
    if (tells) job.say(`${subject.name}:\t`)
  })
  if (!tells) return
  const done = settings.keep ? 'created' : 'replaced with'
  job.say(settings.action === 'test' ? ' OK\n' : `${savedBy(settings, sizes)} -- ${done} stdout\n`)
}

/** The file that the operand names, perhaps without its suffix. */
function find({ settings, io }: Job, operand: string): { path: string; stats: Stats } {
  const look = replacesFiles(settings) && !settings.force ? lstatSync : statSync
  let missing: Failure | undefined
  for (const path of new Set([operand, ...candidates(operand, settings)])) {
    try {
      // The empty path names no file; resolved, it would be the working folder.
      return { path, stats: system(() => look(path === '' ? path : placeOf(io.cwd, path))) }
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      const failure = new Failure(`gzip: ${path === '' ? '' : `${path}: `}${error.reason}`)
      if (error.code !== 'ENOENT') throw failure
      if (path === candidates(operand, settings)[0]) missing = failure
    }
  }
  throw missing ?? new Failure(`gzip: ${operand}: No such file or directory`)
}

/** Whether the file's name says that there is something to do. */
function isWanted(job: Job, path: string, suffix: string | undefined): boolean {
  const { action, recursive, verbosity } = job.settings
  const isTold = verbosity === 'verbose' || (!recursive && verbosity !== 'quiet')
  if (action === 'compress') {
    if (suffix !== undefined && isTold) job.say(`gzip: ${path} already has ${suffix} suffix -- unchanged\n`)
    return suffix === undefined
  }
  if (suffix === undefined && isTold)
    throw new Failure(`gzip: ${path}: unknown suffix -- ignored`, { exit: 2 })
  return suffix !== undefined
}

function checkReplaceable(path: string, stats: Stats, { force }: Settings): void {
  if (stats.isSymbolicLink()) throw new Failure(`gzip: ${path}: Too many levels of symbolic links`)
  if (!stats.isFile())
    throw new Failure(`gzip: ${path} is not a directory or a regular file - ignored`, { exit: 2 })
  const others = stats.nlink - 1
  if (others > 0 && !force) {
    const links = others === 1 ? 'link' : 'links'
    throw new Failure(`gzip: ${path} has ${others} other ${links} -- file ignored`, { exit: 2 })
  }
}
