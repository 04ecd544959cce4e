/** What is sent, looked at from its beginning. */
export interface Sent {
  see(bytes: Buffer): void
  /** Whether it is an HTTP/1 request that has the server close the connection (RFC 9112 section 9.6). */
  readonly isClosingRequest: boolean
}

/** Keeps the head of an HTTP request, and nothing of anything else. */
export function watchSent(): Sent {
  let head = ''
  let isOver = false
  return {
    see(bytes) {
      if (isOver) return
      head += bytes.toString('latin1', 0, longestHead)
      isOver = head.includes(headEnd) || head.length >= longestHead || !/^[A-Z]+(?: |$)/.test(head)
    },
    get isClosingRequest() {
      return head.includes(headEnd) && asksToClose(head.slice(0, head.indexOf(headEnd) + 2))
    },
  }
}

function asksToClose(head: string): boolean {
  const [, minor] = /^[A-Z]+ \S+ HTTP\/1\.([01])\r\n/.exec(head) ?? []
  const [, list = ''] = /\r\nConnection:([^\r]*)\r/i.exec(head) ?? []
  const choices = list.split(',').map((choice) => choice.trim().toLowerCase())
  if (minor === undefined) return false
  return choices.includes('close') || (minor === '0' && !choices.includes('keep-alive'))
}

const headEnd = '\r\n\r\n'
const longestHead = 64 * 1024
