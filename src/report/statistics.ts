import type { StageEnd } from '../run/run.js'

/** What `--stats` prints: a line a stage, or one JSON object. */
export function renderStatistics(ended: readonly StageEnd[], code: number, format: 'text' | 'json'): string {
  const rows = ended.map(({ outcome, meter, position, of }) => ({
    stage: outcome.name,
    position,
    of,
    status: outcome.signal ?? outcome.code,
    ...meter?.statistics,
  }))
  if (format === 'json') return `${JSON.stringify({ code, stages: rows })}\n`
  const header = ['stage', 'status', 'bytes in', 'lines in', 'bytes out', 'lines out', 'ms', 'peak KiB']
  const cells = rows.map((row) => [
    `${row.position}/${row.of} ${row.stage}`,
    String(row.status),
    String(row.bytesIn ?? ''),
    String(row.linesIn ?? ''),
    String(row.bytesOut ?? ''),
    String(row.linesOut ?? ''),
    (row.milliseconds ?? 0).toFixed(1),
    String(Math.ceil((row.peakMemory ?? 0) / 1024)),
  ])
  return table([header, ...cells])
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
  return rows.map((row) => `${line(row)}\n`).join('')
}
