import { parseDuration } from '../../duration.js'

/**
 * The time that a line says, in milliseconds since 1970: `[10/Oct/2000:13:55:36 -0700]`, ISO 8601 (also with a blank
 * for the T), `2025/11/23 14:00:01`, or syslog's `Nov 23 14:00:01`. Without a zone it is local time; without a year
 * the last one in which it was not in the future.
 */
export function timeIn(line: string): number | undefined {
  const found = spelled.exec(line)
  if (found === null) return undefined
  const [text] = found
  // Many lines of a log stand in one second.
  if (text !== lastText) {
    lastTime = timeOf(found)
    lastText = text
  }
  return lastTime
}

let lastText = ''
let lastTime: number | undefined

/** An option's time: as in a line, a date alone, `@SECONDS` since 1970, or how long ago: `10m`, `1h30m`. */
export function parseTime(text: string): number | undefined {
  const ago = parseDuration(text)
  if (ago !== undefined) return Date.now() - ago
  const seconds = /^@(\d+(?:\.\d+)?)$/.exec(text)?.[1]
  if (seconds !== undefined) return Number(seconds) * 1000
  return timeIn(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text} 00:00:00` : text)
}

const clock = '(\\d\\d):(\\d\\d):(\\d\\d)'

const spelled = new RegExp(
  [
    `(?<day>\\d\\d)/(?<month>[A-Z][a-z]{2})/(?<year>\\d{4}):(?<clock>${clock})(?: (?<zone>[-+]\\d{4}))?`,
    `(?<isoDate>\\d{4}[-/]\\d\\d[-/]\\d\\d)[T ](?<isoClock>${clock})(?:[.,](?<fraction>\\d+))?(?: ?(?<isoZone>Z|[-+]\\d\\d(?::?\\d\\d)?))?`,
    `(?<syslogMonth>[A-Z][a-z]{2}) +(?<syslogDay>\\d{1,2}) (?<syslogClock>${clock})`,
  ].join('|'),
)

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function timeOf({ groups = {} }: RegExpExecArray): number | undefined {
  const { day, month, year, zone, isoDate, fraction, isoZone, syslogMonth, syslogDay } = groups
  const [hour, minute, second] = (groups['clock'] ?? groups['isoClock'] ?? groups['syslogClock'] ?? '')
    .split(':')
    .map(Number)
  const at = { hour: hour ?? 0, minute: minute ?? 0, second: second ?? 0 }
  if (isoDate !== undefined) {
    const [years = 0, monthNumber = 1, days = 1] = isoDate.split(/[-/]/).map(Number)
    const milliseconds = Math.floor(Number(`0.${fraction ?? '0'}`) * 1000)
    return moment({ year: years, month: monthNumber - 1, day: days, ...at }, isoZone) + milliseconds
  }
  if (year !== undefined)
    return moment({ year: Number(year), month: months.indexOf(month ?? ''), day: Number(day), ...at }, zone)
  const number = months.indexOf(syslogMonth ?? '')
  if (number < 0) return undefined
  const thisYear = new Date().getFullYear()
  const time = moment({ year: thisYear, month: number, day: Number(syslogDay), ...at }, undefined)
  if (time <= Date.now() + dayMilliseconds) return time
  return moment({ year: thisYear - 1, month: number, day: Number(syslogDay), ...at }, undefined)
}

const dayMilliseconds = 86_400_000

interface Moment {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

function moment({ year, month, day, hour, minute, second }: Moment, zone: string | undefined): number {
  if (zone === undefined) return new Date(year, month, day, hour, minute, second).getTime()
  const [, sign, hours = '0', minutes = '0'] = /^([-+])(\d\d):?(\d\d)?$/.exec(zone) ?? []
  const east = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  return Date.UTC(year, month, day, hour, minute, second) - east * 60_000
}
