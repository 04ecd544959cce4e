/** Whole numbers with their thousands apart: `4,393,127`. */
export function amount(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** Bytes in three digits: `466 MB`. */
export function bytes(count: number): string {
  let [value, unit] = [count, 0]
  while (value >= 999.5 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1]
  return `${unit === 0 || value >= 99.95 ? value.toFixed(0) : value.toFixed(1)} ${units[unit] ?? ''}`
}

/** Milliseconds as people say them: `0.4 ms`, `177 ms`, `2.31 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(2)} s`
  return `${milliseconds >= 10 ? milliseconds.toFixed(0) : milliseconds.toFixed(1)} ms`
}
