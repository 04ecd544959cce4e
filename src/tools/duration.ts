import { UsageError } from '../base/error.js'

/** Milliseconds in `300ms`, `2s`, `1.5m` or `1h30m`; a number alone counts seconds. Undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * units.s
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) return undefined
  return [...text.matchAll(/([\d.]+)([a-z]+)/g)].reduce(
    (sum, [, number, unit]) => sum + Number(number) * units[unit as keyof typeof units],
    0,
  )
}

/** An option's argument in milliseconds. Throws `UsageError`. */
export function durationOption(option: string, text: string, argument: number): number {
  const milliseconds = parseDuration(text)
  if (milliseconds !== undefined) return milliseconds
  throw new UsageError(`invalid time '${text}' for '${option}': write 300ms, 2s or 1m30s`, { argument })
}

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
