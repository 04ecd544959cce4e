import { isUtf8 } from 'node:buffer'
import { basename } from 'node:path'
import { UsageError } from '../../../base/error.js'
import { quote, quoteFile } from '../../../base/quote.js'
import type { SettleContext } from '../../../base/tool.js'
import { required } from '../../required.js'
import type { Item } from './item.js'
import { assign, type Json, jsonText } from './nested.js'

/** What a body is made of: bytes, and whole files (`-` is standard input). */
export type Part = Uint8Array | { readonly file: string }

export interface Body {
  /** What is said of it, where no item says otherwise. */
  readonly contentType: string
  readonly parts: readonly Part[]
}

export type BodyForm = 'json' | 'form' | 'multipart'

/** An item of the body, and the index of its argument. */
export type DataItem = Item & { readonly argument: number | undefined }

export const contentTypes = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded; charset=utf-8',
} as const

/** The body that items make. Throws `UsageError`, and `ToolError` for a file that cannot be read. */
export function bodyOf(items: readonly DataItem[], form: BodyForm, context: SettleContext): Body {
  if (form === 'json') return { contentType: contentTypes.json, parts: [Buffer.from(json(items, context))] }
  if (form === 'multipart' || items.some(({ kind }) => kind === 'file')) return multipart(items, context)
  const pairs = items.map((item): [string, string] => [item.name, scalar(item, context)])
  return { contentType: contentTypes.form, parts: [Buffer.from(new URLSearchParams(pairs).toString())] }
}

function json(items: readonly DataItem[], context: SettleContext): string {
  let root: Json | undefined
  for (const item of items) {
    const { name, value, argument } = item
    if (item.kind === 'file')
      throw blaming(
        argument,
        `the file of '${name}' needs --form or --multipart; ${name}=@FILE puts its text into JSON`,
      )
    const text = item.kind === 'text' || item.kind === 'json' ? value : textOf(value, context)
    const isJson = item.kind === 'json' || item.kind === 'json from file'
    try {
      root = assign(root, name, isJson ? checkJson(name, text) : JSON.stringify(text))
    } catch (error) {
      throw error instanceof UsageError ? blaming(argument, error.message) : error
    }
  }
  return jsonText(root ?? new Map())
}

/** A value of a form as text: JSON must be a single value. */
function scalar(item: DataItem, context: SettleContext): string {
  const { kind, name, value, argument } = item
  const text = kind === 'text' || kind === 'json' ? value : textOf(value, context)
  if (kind !== 'json' && kind !== 'json from file') return text
  const parsed: unknown = JSON.parse(checkJson(name, text, argument))
  if (typeof parsed === 'object')
    throw blaming(argument, `the value of '${name}' must be a single one in a form`)
  return typeof parsed === 'string' ? parsed : text.trim()
}

function checkJson(name: string, text: string, argument?: number): string {
  try {
    JSON.parse(text)
    return text.trim()
  } catch {
    throw blaming(argument, `the value of '${name}' is no JSON`)
  }
}

/** RFC 7578; names and file names are escaped as browsers do. */
function multipart(items: readonly DataItem[], context: SettleContext): Body {
  const boundary = `sluice-${crypto.randomUUID()}`
  const parts = items.flatMap((item): Part[] => {
    const [file = '', type = 'application/octet-stream'] = item.value.split(';type=')
    const isFile = item.kind === 'file'
    const disposition = `form-data; name="${escapeName(item.name, item)}"`
    const head = isFile
      ? `${disposition}; filename="${escapeName(file === '-' ? 'stdin' : basename(file), item)}"\r\nContent-Type: ${checkType(type, item)}`
      : disposition
    const content: Part = isFile ? { file } : Buffer.from(scalar(item, context))
    const start = `--${boundary}\r\nContent-Disposition: ${head}\r\n\r\n`
    return [Buffer.from(start), content, Buffer.from('\r\n')]
  })
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    parts: [...parts, Buffer.from(`--${boundary}--\r\n`)],
  }
}

function escapeName(name: string, { argument }: DataItem): string {
  if (/[\0-\x1f\x7f]/.test(name)) throw blaming(argument, `the name ${quote(name)} holds a control character`)
  return name.replaceAll('"', '%22')
}

function checkType(type: string, { name, argument }: DataItem): string {
  if (/^[\x20-\x7e]+$/.test(type)) return type
  throw blaming(argument, `the type of '${name}' is not well formed`)
}

/** A file's text, for where text must stand. */
export function textOf(file: string, { readFile }: SettleContext): string {
  const bytes = required(file, readFile)
  if (isUtf8(bytes)) return bytes.toString()
  throw new UsageError(`${quoteFile(file)}: it is not UTF-8 text`)
}

function blaming(argument: number | undefined, message: string): UsageError {
  return new UsageError(message, argument === undefined ? {} : { argument })
}
