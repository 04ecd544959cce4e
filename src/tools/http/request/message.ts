import { UsageError } from '../../../base/error.js'
import type { Arguments, OptionTable } from '../../../base/option.js'
import type { SettleContext } from '../../../base/tool.js'
import { version } from '../../../base/version.js'
import { authorization, authOptions, basic } from './auth.js'
import { type Body, type BodyForm, bodyOf, contentTypes, type DataItem, textOf } from './body.js'
import { checkName, checkValue, type Field, merge, token } from './head.js'
import { parseItem } from './item.js'
import { parseUrl, type Target } from './url.js'

/** A request, complete but for what its body's size decides. */
export interface Message {
  readonly method: string
  readonly target: Target
  readonly version: '1.0' | '1.1'
  readonly fields: readonly Field[]
  readonly body: Body | undefined
  readonly chunked: boolean
  readonly compress: boolean
  /** Whether standard input is read for it. */
  readonly readsStdin: boolean
}

export const messageOptions = {
  json: { short: 'j', long: 'json', help: 'the items are a JSON object (default)' },
  form: { short: 'f', long: 'form', help: 'the items are a form; with a file among them as --multipart' },
  multipart: { long: 'multipart', help: 'the items are parts of a multipart/form-data body' },
  raw: { long: 'raw', value: 'TEXT', help: 'the body is TEXT' },
  ...authOptions,
  http10: { long: 'http1.0', help: 'write an HTTP/1.0 message' },
  chunked: { long: 'chunked', help: 'send the body in chunks as it comes, without telling its length' },
  compress: { short: 'x', long: 'compress', help: 'compress the body with gzip' },
} as const satisfies OptionTable

/** The words `METHOD URL [ITEM]...`, each with the index of the argument to blame. */
export type Words = readonly { readonly text: string; readonly argument?: number }[]

/** Makes a message of words and options. Throws `UsageError`, and `ToolError` for files. No message tells a value. */
export function settleMessage(
  words: Words,
  args: Pick<Arguments<typeof messageOptions>, 'has' | 'all'>,
  context: SettleContext,
  connection: 'close' | 'keep-alive' = 'close',
): Message {
  const [first, second, ...rest] = words
  const method = methodOf(first, second === undefined)
  const items = sortItems(rest, context)
  const { target, credentials } = parseUrl(second?.text ?? '', items.query, second?.argument)
  const form = bodyForm(args)
  const body = settleBody(items, form, args, context)
  const secretFile = args.all('authFile').at(-1)
  if (secretFile?.value === '-' && items.readsStdin)
    throw new UsageError('standard input can be read for one thing only', { argument: secretFile.argument })
  const secret = authorization(args, context) ?? (credentials && basic(credentials, second?.argument))
  const isJson = form === 'json' && (items.data.length > 0 || args.has('json'))
  const oldVersion = args.has('http10')
  const chunked = args.all('chunked').at(-1)
  if (oldVersion && chunked !== undefined)
    throw new UsageError('HTTP/1.0 has no chunks', { argument: chunked.argument })
  if (items.dropped.has('host') && !oldVersion) throw new UsageError('HTTP/1.1 needs the header Host')
  const defaults: Field[] = [
    ['Host', target.authority],
    ['User-Agent', `sluice/${version}`],
    ['Accept', isJson ? 'application/json, */*;q=0.5' : '*/*'],
    ['Accept-Encoding', 'gzip, deflate, br'],
    ['Connection', connection],
    ...(body === undefined ? [] : [['Content-Type', body.contentType] as const]),
    ...(secret === undefined ? [] : [['Authorization', secret] as const]),
  ]
  return {
    method,
    target,
    version: oldVersion ? '1.0' : '1.1',
    fields: merge(defaults, items),
    body,
    chunked: chunked !== undefined && body !== undefined,
    compress: args.has('compress') && body !== undefined,
    readsStdin: items.readsStdin || secretFile?.value === '-',
  }
}

function methodOf(word: Words[number] | undefined, isAlone: boolean): string {
  const text = word?.text ?? ''
  const blame = word?.argument === undefined ? {} : { argument: word.argument }
  if (word === undefined) throw new UsageError('missing METHOD and URL')
  if (/[:/.]/.test(text))
    throw new UsageError('the method is missing: write GET, or another, before the URL', blame)
  if (isAlone) throw new UsageError(`missing URL after '${text}'`, blame)
  if (!token.test(text)) throw new UsageError('the method is not well formed', blame)
  const method = text.toUpperCase()
  if (method === 'CONNECT') throw new UsageError('CONNECT opens a tunnel, and is no request for a URL', blame)
  return method
}

interface SortedItems {
  readonly given: Field[]
  readonly dropped: Set<string>
  readonly query: [string, string][]
  readonly data: DataItem[]
  /** The file that is the whole body. */
  readonly bodyFile: { readonly file: string; readonly argument: number | undefined } | undefined
  readonly readsStdin: boolean
}

function sortItems(words: Words, context: SettleContext): SortedItems {
  const given: Field[] = []
  const dropped = new Set<string>()
  const query: [string, string][] = []
  const data: DataItem[] = []
  let bodyFile: SortedItems['bodyFile']
  let stdinUses = 0
  for (const { text, argument } of words) {
    const blame = argument === undefined ? {} : { argument }
    const item = text === '-' ? ({ kind: 'file', name: '', value: '-' } as const) : parseItem(text)
    if (item === undefined)
      throw new UsageError(
        'an item is none of NAME:VALUE, NAME==VALUE, NAME=VALUE, NAME:=JSON, NAME@FILE',
        blame,
      )
    const { kind, name, value } = item
    const isFile = kind.endsWith('file')
    if (isFile && value.replace(/;type=.*/, '') === '-' && ++stdinUses > 1)
      throw new UsageError('standard input can be read for one item only', blame)
    if (kind === 'file' && name === '') {
      if (bodyFile !== undefined) throw new UsageError('there can be one body only', blame)
      bodyFile = { file: value, argument }
    } else if (kind === 'query' || kind === 'query from file') {
      query.push([name, isFile ? withoutLineEnd(textOf(value, context)) : value])
    } else if (kind === 'header' || kind === 'header from file' || kind === 'empty header') {
      checkName(name, argument)
      if (kind === 'empty header' && value !== '')
        throw new UsageError(`${name}; is for a header without value: write ${name}:VALUE`, blame)
      if (kind === 'header' && value === '') dropped.add(name.toLowerCase())
      else {
        const content = kind === 'header from file' ? withoutLineEnd(textOf(value, context)) : value
        if (name.toLowerCase() === 'host' && given.some(([other]) => other.toLowerCase() === 'host'))
          throw new UsageError('there can be one header Host only', blame)
        given.push([name, checkValue(name, content, argument)])
      }
    } else data.push({ ...item, argument })
  }
  return { given, dropped, query, data, bodyFile, readsStdin: stdinUses > 0 }
}

function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '')
}

function bodyForm(args: Pick<Arguments<typeof messageOptions>, 'all'>): BodyForm {
  const forms = (['json', 'form', 'multipart'] as const).map((key) => ({ key, last: args.all(key).at(-1) }))
  return forms.reduce((one, other) =>
    (other.last?.argument ?? -1) > (one.last?.argument ?? -1) ? other : one,
  ).key
}

function settleBody(
  { data, bodyFile }: SortedItems,
  form: BodyForm,
  args: Pick<Arguments<typeof messageOptions>, 'all'>,
  context: SettleContext,
): Body | undefined {
  const raw = args.all('raw').at(-1)
  if ([data.length > 0, bodyFile !== undefined, raw !== undefined].filter(Boolean).length > 1)
    throw new UsageError('the body comes from items, from a file or from --raw, and not from two of them')
  if (data.length > 0) return bodyOf(data, form, context)
  if (raw === undefined && bodyFile === undefined) return undefined
  const contentType = form === 'json' ? contentTypes.json : contentTypes.form
  return {
    contentType,
    parts: [bodyFile === undefined ? Buffer.from(raw?.value ?? '') : { file: bodyFile.file }],
  }
}

/** A command's operands as words. */
export function wordsOf({ operands, operandIndex }: Pick<Arguments, 'operands' | 'operandIndex'>): Words {
  return operands.map((text, index) => ({ text, argument: operandIndex[index] ?? 0 }))
}
