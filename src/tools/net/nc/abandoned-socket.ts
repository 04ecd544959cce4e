import { lstatSync, unlinkSync } from 'node:fs'
import { connect } from 'node:net'
import { system, SystemError } from '../../../base/error.js'
import { Signal, type Task } from '../../../base/task.js'

/** Removes a Unix socket at which nobody listens, as a killed server leaves it behind; returns whether there was one. */
export function* removeAbandoned(path: string): Task<boolean> {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket() !== true) return false
  if ((yield* answerOf(path)) !== 'ECONNREFUSED') return false
  try {
    system(() => unlinkSync(path))
    return true
  } catch (error) {
    if (error instanceof SystemError) return false
    throw error
  }
}

/** What connecting is answered with: an errno's name, or `connected`. */
function* answerOf(path: string): Task<string> {
  const answered = new Signal()
  let answer: string | undefined
  const note = (given: string): void => {
    answer = given
    answered.wake()
  }
  const socket = connect({ path }, () => note('connected'))
  socket.on('error', (error) => note('code' in error ? String(error.code) : error.message))
  try {
    while (answer === undefined) yield answered
    return answer
  } finally {
    socket.destroy()
  }
}
