/**
 * What flows between two stages.
 * `lines` may flow wherever `bytes` may; `bytes` of unknown content may flow into everything that is read, and
 * `bytes<media>` only into `bytes` or the same media. A message is text where it is written by hand or kept in a
 * file, so `lines` may also flow into `http<…>`; the other way its body may be anything.
 */
export type StreamType =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'lines' }
  | { readonly kind: 'bytes'; readonly media?: string }
  | { readonly kind: 'http'; readonly message: 'request' | 'response' }

export const nothing: StreamType = { kind: 'nothing' }
export const lines: StreamType = { kind: 'lines' }
export const bytes: StreamType = { kind: 'bytes' }
export const media = (name: string): StreamType => ({ kind: 'bytes', media: name })
export const http = (message: 'request' | 'response'): StreamType => ({ kind: 'http', message })

/** The type as people write it: `lines`, `bytes<gzip>`, `http<request>`. */
export function typeName(type: StreamType): string {
  if (type.kind === 'http') return `http<${type.message}>`
  return type.kind === 'bytes' && type.media !== undefined ? `bytes<${type.media}>` : type.kind
}

/** Whether what one stage writes may flow into what the next reads. */
export function fits(output: StreamType, input: StreamType): boolean {
  if (output.kind === 'nothing' || input.kind === 'nothing') return output.kind === input.kind
  if (output.kind === 'bytes' && output.media === undefined) return true
  if (output.kind === 'lines') return input.kind !== 'bytes' || input.media === undefined
  if (input.kind === 'bytes' && input.media === undefined) return true
  return typeName(output) === typeName(input)
}
