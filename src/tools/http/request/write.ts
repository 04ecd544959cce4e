import { batchSize } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { headBytes } from './head.js'
import type { Message } from './message.js'
import { openPayload } from './payload.js'

/** Writes the message on standard output. */
export function* writeMessage(message: Message, io: StageIo): Task<void> {
  const { method, target, version, fields, chunked } = message
  const { stdout } = io
  const payload = yield* openPayload(message, io)
  stdout.append(headBytes(`${method} ${target.path} HTTP/${version}`, [...fields, ...payload.fields]))
  yield* payload.send(function* (bytes) {
    // A chunk of no bytes would be the last.
    if (chunked && bytes.length > 0) stdout.text(`${bytes.length.toString(16)}\r\n`)
    // Whatever its size, a piece goes on in batches.
    for (let at = 0; at < bytes.length; at += batchSize) {
      stdout.append(bytes.subarray(at, at + batchSize))
      if (stdout.pending >= batchSize) yield* stdout.flush()
    }
    if (chunked && bytes.length > 0) stdout.text('\r\n')
    yield* stdout.flush()
  })
  if (chunked) stdout.text('0\r\n\r\n')
  if (stdout.pending > 0) yield* stdout.flush()
}
