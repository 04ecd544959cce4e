import { statusIn } from './status.js'

/** The levels of logs, the least first (RFC 5424, section 6.2.1, and the two below them that programs have). */
export const levels = ['trace', 'debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg'] as const

export type Level = (typeof levels)[number]

const otherNames: Readonly<Record<string, Level>> = {
  critical: 'crit',
  dbg: 'debug',
  emergency: 'emerg',
  err: 'error',
  fatal: 'crit',
  fine: 'debug',
  information: 'info',
  panic: 'emerg',
  severe: 'error',
  verbose: 'trace',
  warning: 'warn',
}

/** The level of that name, in any case. */
export function levelNamed(name: string): Level | undefined {
  const lower = name.toLowerCase()
  return levels.find((level) => level === lower) ?? otherNames[lower]
}

/** How far up a level stands. */
export function rankOf(level: Level): number {
  return levels.indexOf(level)
}

/**
 * The level that a line says: of a field (`"level":"warn"`, `level=warn`, pino's numbers), of a word in capitals, in
 * brackets or before a colon, or of syslog's priority. A line with an HTTP status and no level has that of the status.
 */
export function levelIn(line: string): Level | undefined {
  const [, field, number, word, bracketed, named, priority] = spelled.exec(line) ?? []
  const name = field ?? word ?? bracketed ?? named
  if (name !== undefined) return levelNamed(name)
  if (number !== undefined) return ofNumber(Number(number))
  if (priority !== undefined) return bySeverity[Number(priority) % 8]
  const status = statusIn(line)
  if (status === undefined) return undefined
  return status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info'
}

const all = [...levels, ...Object.keys(otherNames)]
const any = all.join('|')
const capitals = all.map((name) => name.toUpperCase()).join('|')
const anyCase = [...any]
  .map((letter) => (letter === '|' ? '|' : `[${letter}${letter.toUpperCase()}]`))
  .join('')

const spelled = new RegExp(
  [
    `\\b(?:level|lvl|severity)["']?\\s*[:=]\\s*["']?(?:(${anyCase})\\b|(\\d+))`,
    `\\b(${capitals})\\b`,
    `[[(<](${anyCase})[\\])>]`,
    `(?:^|\\s)(${anyCase}):`,
    `^<(\\d{1,3})>`,
  ].join('|'),
)

const bySeverity: readonly Level[] = ['emerg', 'alert', 'crit', 'error', 'warn', 'notice', 'info', 'debug']

/** Pino and bunyan count in tens, syslog from 0 for the worst. */
function ofNumber(number: number): Level | undefined {
  if (number < 8) return bySeverity[number]
  return ({ 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'crit' } as const)[
    String(number)
  ]
}
