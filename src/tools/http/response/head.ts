import type { IncomingMessage } from 'node:http'

/** A response's head. Texts are latin1: a character stands for a byte. */
export interface Head {
  readonly version: string
  readonly status: number
  readonly reason: string
  readonly fields: readonly (readonly [name: string, value: string])[]
}

export function headOf(response: IncomingMessage): Head {
  const { rawHeaders } = response
  return {
    version: response.httpVersion,
    status: response.statusCode ?? 0,
    reason: response.statusMessage ?? '',
    fields: rawHeaders.flatMap((name, index) =>
      index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : [],
    ),
  }
}

/** Every value of a field, in order; undefined when it is not there. */
export function fieldValue({ fields }: Head, name: string): string | undefined {
  const values = fields.filter(([each]) => each.toLowerCase() === name.toLowerCase())
  return values.length === 0 ? undefined : values.map(([, value]) => value).join(', ')
}

/** The members of a field that is a list, in lower case. */
export function listedIn(head: Head, name: string): string[] {
  const members = (fieldValue(head, name) ?? '').split(',').map((member) => member.trim().toLowerCase())
  return members.filter((member) => member !== '')
}

/** The head as it is sent. */
export function headText({ version, status, reason, fields }: Head): string {
  const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/${version} ${status} ${reason}\r\n${lines.join('')}\r\n`
}
