/**
 * What flows between two stages.
 * `lines` may flow wherever `bytes` may; `bytes` of unknown content may flow into `lines`, and
 * `bytes<media>` only into `bytes` or the same media.
 */
export type StreamType =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'lines' }
  | { readonly kind: 'bytes'; readonly media?: string }

export const nothing: StreamType = { kind: 'nothing' }
export const lines: StreamType = { kind: 'lines' }
export const bytes: StreamType = { kind: 'bytes' }
export const media = (name: string): StreamType => ({ kind: 'bytes', media: name })

/** The type as people write it: `lines`, `bytes<gzip>`. */
export function typeName(type: StreamType): string {
  return type.kind === 'bytes' && type.media !== undefined ? `bytes<${type.media}>` : type.kind
}

/** Whether what one stage writes may flow into what the next reads. */
export function fits(output: StreamType, input: StreamType): boolean {
  if (output.kind === 'nothing' || input.kind === 'nothing') return output.kind === input.kind
  if (output.kind === 'lines') return input.kind === 'lines' || input.media === undefined
  if (output.media === undefined) return true
  return input.kind === 'bytes' && (input.media === undefined || input.media === output.media)
}
