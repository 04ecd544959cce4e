import { type Level, levelIn } from './level.js'
import { statusIn } from './status.js'

/** Colours a line by its HTTP status, or by its level (ECMA-48, SGR). */
export function painter(): (line: Buffer, text: string) => Buffer {
  return (line, text) => {
    const color = colorOf(text)
    if (color === undefined) return line
    const lineEnd = line.at(-1) === 0x0a ? (line.at(-2) === 0x0d ? 2 : 1) : 0
    const content = line.length - lineEnd
    return Buffer.concat([
      Buffer.from(`\x1b[${color}m`),
      line.subarray(0, content),
      Buffer.from('\x1b[0m'),
      line.subarray(content),
    ])
  }
}

function colorOf(line: string): string | undefined {
  const status = statusIn(line)
  if (status !== undefined) return byStatus[Math.floor(status / 100)]
  const level = levelIn(line)
  return level === undefined ? undefined : byLevel[level]
}

const green = '32'
const cyan = '36'
const yellow = '33'
const red = '31'
const boldRed = '1;31'
const dim = '2'

const byStatus: Readonly<Record<number, string>> = { 2: green, 3: cyan, 4: yellow, 5: red }

const byLevel: Readonly<Partial<Record<Level, string>>> = {
  trace: dim,
  debug: dim,
  warn: yellow,
  error: red,
  crit: boldRed,
  alert: boldRed,
  emerg: boldRed,
}
