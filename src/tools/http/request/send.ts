import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { system, ToolError, UsageError } from '../../../base/error.js'
import type { Task } from '../../../base/task.js'
import type { SettleContext, StageIo } from '../../../base/tool.js'
import { wholeLines } from '../../../kernel/index.js'
import { required } from '../../required.js'
import type { Head } from '../response/head.js'
import { Show } from '../response/show.js'
import { type Client, createClient } from './client.js'
import { type CookieJar, openCookieJar } from './cookies.js'
import type { Message, Words } from './message.js'
import { openPayload } from './payload.js'
import { redirected } from './redirect.js'
import type { SendSettings } from './send-options.js'
import type { Reply } from './transfer.js'
import { splitWords } from './words.js'

/** A message, or what makes the words of a line into one. */
export type Source = Message | ((words: Words, context: SettleContext) => Message)

/** Sends the message, or one for each line of standard input; returns the exit status. Throws `ToolError`. */
export function* send(source: Source, settings: SendSettings, io: StageIo): Task<number> {
  const context = settleContext(io)
  const authorities = settings.authorities && required(settings.authorities, context.readFile)
  const client = createClient({ ...settings, authorities: authorities || undefined }, io)
  const jar =
    settings.cookieFile === undefined ? undefined : openCookieJar(resolve(io.cwd, settings.cookieFile))
  const show = new Show(settings.display, io)
  const sender: Sender = { settings, client, jar, show, io }
  try {
    if (typeof source === 'function') yield* eachLine(source, context, sender)
    else yield* exchange(source, sender)
    return show.exit
  } catch (error) {
    // What came until then is printed.
    if (error instanceof ToolError) yield* show.flush()
    throw error
  } finally {
    show.close()
    client.close()
    jar?.save()
  }
}

interface Sender {
  readonly settings: SendSettings
  readonly client: Client
  readonly jar: CookieJar | undefined
  readonly show: Show
  readonly io: StageIo
}

/** What a line's request may look at while it is made. */
function settleContext({ env, cwd }: StageIo): SettleContext {
  return {
    env,
    readFile(path) {
      if (path === '-') throw new UsageError('standard input holds the requests')
      return system(() => readFileSync(resolve(cwd, path)))
    },
  }
}

/** A line that is wrong, or whose request fails, is reported, and the next one's turn comes. */
function* eachLine(
  makeMessage: Exclude<Source, Message>,
  context: SettleContext,
  sender: Sender,
): Task<void> {
  const { io, show } = sender
  const input = wholeLines(io.stdin)
  let number = 0
  for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read()) {
    for (const line of batch.toString().split(/(?<=\n)/)) {
      number++
      try {
        const words = splitWords(line)
        if (words.length === 0) continue
        const message = makeMessage(
          words.map((text) => ({ text })),
          context,
        )
        if (message.readsStdin) throw new UsageError('standard input holds the requests')
        yield* exchange(message, sender)
      } catch (error) {
        if (!(error instanceof ToolError)) throw error
        yield* show.flush()
        io.warn(`line ${number}: ${error.message}`)
        show.exit = Math.max(show.exit, error.exit ?? 2)
      }
    }
  }
}

function* exchange(first: Message, { settings, client, jar, show, io }: Sender): Task<void> {
  show.start()
  let message = first
  let payload = yield* openPayload(message, io)
  for (let count = 0; ; count++) {
    const reply = yield* client.send(withCookies(message, jar), payload)
    jar?.store(message.target, cookiesIn(reply.head))
    const next = settings.redirections > 0 ? redirected(message, reply.head) : undefined
    if (next === undefined) return yield* showReply(reply, show)
    if (count === settings.redirections)
      throw new ToolError(`the server redirects more than ${settings.redirections} times`, 1)
    yield* passOver(reply)
    if (next.body !== message.body) payload = yield* openPayload(next, io)
    message = next
  }
}

function withCookies(message: Message, jar: CookieJar | undefined): Message {
  const value = jar?.valueFor(message.target)
  if (value === undefined) return message
  const isCookie = ([name]: Message['fields'][number]): boolean => name.toLowerCase() === 'cookie'
  // There may be one such header only (RFC 6265 section 5.4).
  const all = [...message.fields.filter(isCookie).map(([, own]) => own), value].join('; ')
  return { ...message, fields: [...message.fields.filter((field) => !isCookie(field)), ['Cookie', all]] }
}

function cookiesIn({ fields }: Head): string[] {
  return fields.filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value)
}

function* showReply(reply: Reply, show: Show): Task<void> {
  yield* show.head(reply.head)
  const rest = (): Task<void> => show.flush()
  for (let piece = yield* reply.read(rest); piece !== undefined; piece = yield* reply.read(rest))
    yield* show.body(piece)
  yield* show.end()
  yield* show.flush()
}

/** Reads a body that nobody wants to its end, so that the connection can be used again, unless it is long. */
function* passOver(reply: Reply): Task<void> {
  const nothing = function* (): Task<void> {
    // There is nothing to be done meanwhile.
  }
  for (let size = 0; size < longestPassedOver;) {
    const piece = yield* reply.read(nothing)
    if (piece === undefined) return
    size += piece.length
  }
}

const longestPassedOver = 64 * 1024
