import { renderMermaid } from './mermaid.js'
import { type Explanation, explainPlan } from './model.js'
import { measurementOf, type Measurement } from './measured.js'
import { sourceWithoutSecrets } from './secrets.js'
import { renderSvg } from './svg.js'
import { renderText } from './text.js'

export { explainPlan, type Explanation, measurementOf, type Measurement, sourceWithoutSecrets }

export const explainFormats = ['text', 'json', 'mermaid', 'svg'] as const

export type ExplainFormat = (typeof explainFormats)[number]

/** An explanation in a format; `width` is that of the text. */
export function renderExplanation(explanation: Explanation, format: ExplainFormat, width: number): string {
  switch (format) {
    case 'text':
      return renderText(explanation, width)
    case 'json':
      return `${JSON.stringify(explanation, undefined, 2)}\n`
    case 'mermaid':
      return renderMermaid(explanation)
    case 'svg':
      return renderSvg(explanation)
  }
}
