import { wrapped } from './columns.js'
import { type ExplainedStage, type Explanation, workOf } from './model.js'
import { type Line, linesOf, type Row } from './rows.js'

const [columnWidth, gap, margin, lineHeight, padding] = [420, 60, 20, 18, 10]
/** Characters of the monospace font that a box holds. */
const boxCharacters = 50
const style =
  'text{font:13px ui-monospace,monospace;fill:#1b1f24}.t{font-weight:bold}.f{fill:#57606a}rect{fill:#f6f8fa;stroke:#8c959f;rx:6}.c rect{fill:#ddf4ff;stroke:#218bff}path{stroke:#8c959f;fill:none}'

/** The two plans as a picture: stages as boxes, those as written on the left and what runs on the right. */
export function renderSvg(explanation: Explanation): string {
  const { rules } = explanation
  const isSame = rules.length === 0
  const left = isSame ? undefined : margin
  const right = isSame ? margin : margin + columnWidth + gap
  const parts: string[] = []
  let y = margin + lineHeight
  if (left !== undefined) parts.push(text(left, y, 'as written', 't'))
  parts.push(text(right, y, isSame ? 'the plan' : 'as it will run', 't'))
  y += padding
  for (const line of linesOf(explanation)) {
    const drawn = drawLine(line, y, left, right)
    parts.push(...drawn.parts)
    y = drawn.end
  }
  for (const { number, rule, why } of rules)
    for (const part of wrapped([`[${number}] ${rule}: ${why}`], 2 * boxCharacters + 8))
      parts.push(text(margin, (y += lineHeight), part, 'f'))
  const [width, height] = [right + columnWidth + margin, y + margin]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" style="background:#fff"><style>${style}</style>\n${parts.join('\n')}\n</svg>\n`
}

interface Drawn {
  readonly parts: readonly string[]
  readonly end: number
}

function drawLine(line: Line, y: number, left: number | undefined, right: number): Drawn {
  const shift = line.depth * 24
  if ('heading' in line) {
    const at = y + lineHeight
    const columns = left === undefined ? [right] : [left, right]
    return { parts: columns.map((x) => text(x + shift, at, `${line.heading}:`, 'f')), end: at + padding }
  }
  const written = left === undefined ? undefined : column(line.written, left, shift, y, '')
  const runs = column(line.runs === undefined ? [] : [line.runs], right, shift, y, isChanged(line) ? 'c' : '')
  const end = Math.max(written?.end ?? y, runs.end)
  return { parts: [...(written?.parts ?? []), ...runs.parts], end }
}

function isChanged({ runs }: Row): boolean {
  return runs !== undefined && (runs.isReplaced || runs.rules.length > 0)
}

/** Boxes below each other. */
function column(
  stages: readonly ExplainedStage[],
  x: number,
  shift: number,
  top: number,
  name: string,
): Drawn {
  const parts: string[] = []
  let y = top
  for (const stage of stages) {
    const { rules, reads, writes, engine, memory } = stage
    const numbers = rules.length === 0 ? '' : ` [${rules.join('] [')}]`
    const room = boxCharacters - shift / 8
    const title = wrapped([`${workOf(stage)}${numbers}`], room)
    const facts = wrapped([`${reads} → ${writes}, ${engine}`, memory], room)
    const height = (title.length + facts.length) * lineHeight + padding
    const lines = [
      ...title.map((line, index) => text(x + shift + padding, y + (index + 1) * lineHeight, line, 't')),
      ...facts.map((line, index) =>
        text(x + shift + padding, y + (title.length + index + 1) * lineHeight, line, 'f'),
      ),
    ]
    const box = `<rect x="${x + shift}" y="${y}" width="${columnWidth - shift}" height="${height}"/>`
    parts.push(`<g class="${name}">${box}${lines.join('')}</g>`)
    y += height + padding
  }
  return { parts, end: y }
}

function text(x: number, y: number, content: string, name: string): string {
  return `<text x="${x}" y="${y}" class="${name}" xml:space="preserve">${escaped(content)}</text>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

function escaped(content: string): string {
  // Control characters are no XML.
  return content
    .replace(/[&<>]/g, (character) => entities[character] ?? '')
    .replace(/[\0-\x08\x0b-\x1f]/g, '�')
}
