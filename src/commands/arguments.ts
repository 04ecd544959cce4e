import { readFileSync } from 'node:fs'
import { textOf } from '../base/bytes.js'

/** The arguments of this process, to the byte: what Node could not decode is taken from the system's own record. */
export function exactArguments(decoded: readonly string[]): readonly string[] {
  if (!decoded.some((argument) => argument.includes('\ufffd'))) return decoded
  try {
    const record = textOf(readFileSync('/proc/self/cmdline')).split('\0').slice(0, -1)
    return record.slice(-decoded.length)
  } catch {
    // There is no /proc here.
    return decoded
  }
}
