/**
 * A failure a tool reports on standard error as `NAME: MESSAGE`, and ends with `exit`.
 * `exit` undefined means the tool's usual code for trouble.
 */
export class ToolError extends Error {
  constructor(
    message: string,
    readonly exit?: number,
  ) {
    super(message)
  }
}

/**
 * The arguments are wrong. As a command of its own the tool prints `NAME: MESSAGE` and, when `hint` is set,
 * `Try 'NAME --help' for more information.`; inside a spec it becomes a finding that underlines `argument`.
 */
export class UsageError extends ToolError {
  readonly hint: boolean
  /** Index of the argument to underline, where one is to blame. */
  readonly argument: number | undefined
  readonly help: string | undefined

  constructor(
    message: string,
    more: { hint?: boolean; argument?: number; help?: string; exit?: number } = {},
  ) {
    super(message, more.exit)
    this.hint = more.hint ?? true
    this.argument = more.argument
    this.help = more.help
  }
}

/** The system refused: `code` is the errno's name; `reason` is what the C library calls it. */
export class SystemError extends Error {
  readonly reason: string

  constructor(
    readonly code: string,
    options?: ErrorOptions,
  ) {
    super(reasonFor(code), options)
    this.reason = this.message
  }
}

/** A write that the system refused; not caught where a tool goes on with its next input. */
export class WriteError extends Error {
  constructor(refusal: SystemError) {
    super(refusal.reason, { cause: refusal })
  }
}

/** What the C library calls an errno, by its name. */
export function reasonFor(code: string): string {
  return reasons[code] ?? code
}

/** What glibc's strerror says, for the errors that files, pipes and sockets give. */
const reasons: Readonly<Record<string, string>> = {
  E2BIG: 'Argument list too long',
  EACCES: 'Permission denied',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  EAGAIN: 'Resource temporarily unavailable',
  EBADF: 'Bad file descriptor',
  EBUSY: 'Device or resource busy',
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset by peer',
  EDQUOT: 'Disk quota exceeded',
  EEXIST: 'File exists',
  EFBIG: 'File too large',
  EHOSTUNREACH: 'No route to host',
  EINVAL: 'Invalid argument',
  EIO: 'Input/output error',
  EISDIR: 'Is a directory',
  ELOOP: 'Too many levels of symbolic links',
  EMFILE: 'Too many open files',
  ENAMETOOLONG: 'File name too long',
  ENETUNREACH: 'Network is unreachable',
  ENFILE: 'Too many open files in system',
  ENOENT: 'No such file or directory',
  ENODEV: 'No such device',
  ENOEXEC: 'Exec format error',
  ENOMEM: 'Cannot allocate memory',
  ENOSPC: 'No space left on device',
  ENOTDIR: 'Not a directory',
  ENOTTY: 'Inappropriate ioctl for device',
  ENXIO: 'No such device or address',
  EPERM: 'Operation not permitted',
  EPIPE: 'Broken pipe',
  EROFS: 'Read-only file system',
  ESPIPE: 'Illegal seek',
  ETIMEDOUT: 'Connection timed out',
  ETXTBSY: 'Text file busy',
  EXDEV: 'Invalid cross-device link',
}

/** Runs a system call and turns its refusal into a `SystemError`; other errors pass. */
export function system<Result>(call: () => Result): Result {
  try {
    return call()
  } catch (error) {
    throw asSystemError(error)
  }
}

/** The error as a `SystemError` when the system made it, else the error itself. */
export function asSystemError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  const isSystems = 'syscall' in error && 'code' in error && typeof error.code === 'string'
  return isSystems ? new SystemError(String(error.code), { cause: error }) : error
}
