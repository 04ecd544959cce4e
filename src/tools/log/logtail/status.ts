/** The HTTP status that a line says: behind the request of the common log format, or in a field. */
export function statusIn(line: string): number | undefined {
  const [, common, field] = spelled.exec(line) ?? []
  const digits = common ?? field
  return digits === undefined ? undefined : Number(digits)
}

const spelled = /" ([1-5]\d\d) (?:\d|-)|\bstatus(?:_code|Code)?["']?\s*[:=]\s*["']?([1-5]\d\d)\b/

/** A test of statuses by a list like `5xx,404,400-418`; undefined when it is none. */
export function parseStatuses(list: string): ((status: number) => boolean) | undefined {
  const ranges: { readonly from: number; readonly to: number }[] = []
  for (const item of list.split(',')) {
    const [, from = '', to = from] = /^([1-5][0-9x]{2})(?:-([1-5][0-9x]{2}))?$/i.exec(item) ?? []
    if (from === '') return undefined
    ranges.push({ from: Number(from.replace(/x/gi, '0')), to: Number(to.replace(/x/gi, '9')) })
  }
  return (status) => ranges.some(({ from, to }) => from <= status && status <= to)
}
