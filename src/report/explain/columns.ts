/** Cells of a row in two columns; `isChanged` where they do not say the same. */
export interface Cells {
  readonly left: readonly string[]
  readonly right: readonly string[]
  readonly isChanged: boolean
}

/** Between the columns stands what joins a row's lines on the left to those on the right. */
const gutter = 3

/** Lays rows out in two columns with a title each, in `width` columns. */
export function cellsBeside(
  [leftTitle, rightTitle]: readonly [string, string],
  rows: readonly Cells[],
  width: number,
): string[] {
  const [leftWidth, rightWidth] = widths(rows, width)
  const line = (left: string, middle: string, right: string): string =>
    `${left.padEnd(leftWidth)}${middle}${right}`.trimEnd()
  const body = rows.flatMap(({ left, right, isChanged }) => {
    const [own, other] = [wrapped(left, leftWidth), wrapped(right, rightWidth)]
    const count = Math.max(own.length, other.length)
    return Array.from({ length: count }, (_, index) =>
      line(own[index] ?? '', isChanged ? joint(index, own.length) : '   ', other[index] ?? ''),
    )
  })
  return [
    line(leftTitle, '   ', rightTitle),
    line('─'.repeat(leftWidth), '   ', '─'.repeat(rightWidth)),
    ...body,
  ]
}

/** Brackets the lines on the left that become one thing. */
function joint(index: number, count: number): string {
  if (index >= count) return '   '
  if (count === 1) return ' → '
  return index === 0 ? ' ┐ ' : index === count - 1 ? ' ┘ ' : ' │ '
}

/** What the columns need, or a fair part of what there is. */
function widths(rows: readonly Cells[], width: number): readonly [number, number] {
  const longest = (lines: readonly string[]): number => Math.max(0, ...lines.map((line) => line.length))
  const left = longest(rows.flatMap((row) => row.left))
  const right = longest(rows.flatMap((row) => row.right))
  const room = width - gutter
  if (left + right <= room) return [left, right]
  const half = Math.floor(room / 2)
  if (left <= half) return [left, room - left]
  return right <= half ? [room - right, right] : [half, room - half]
}

/** Breaks lines that are too long between words, or inside one that is too long itself; what follows is indented more. */
export function wrapped(lines: readonly string[], width: number): string[] {
  return lines.flatMap((line) => {
    const [, indent = '', text = ''] = /^([ |]*(?:\[\d+\] )?)([^]*)$/.exec(line) ?? []
    const further = `${' '.repeat(indent.length)}  `
    const broken: string[] = []
    let rest = text
    for (let start = indent; ; start = further) {
      const room = Math.max(8, width - start.length)
      if (rest.length <= room) return [...broken, start + rest]
      const space = rest.lastIndexOf(' ', room)
      const end = space > 0 ? space : room
      broken.push(start + rest.slice(0, end))
      rest = rest.slice(end).trimStart()
    }
  })
}
