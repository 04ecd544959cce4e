import type { Environment } from '../../../base/tool.js'

/** The colours of `--color`: what stands in an SGR sequence, empty for none (grep manual, "Environment Variables"). */
export interface Colors {
  readonly selectedMatch: string
  readonly contextMatch: string
  readonly fileName: string
  readonly lineNumber: string
  readonly byteOffset: string
  readonly separator: string
  readonly selectedLine: string
  readonly contextLine: string
  /** `-v` exchanges the colours of selected and context lines. */
  readonly reverse: boolean
  /** Clear to the end of the line, so that a background colour does not stick. */
  readonly erase: boolean
}

const defaults: Colors = {
  selectedMatch: '01;31',
  contextMatch: '01;31',
  fileName: '35',
  lineNumber: '32',
  byteOffset: '32',
  separator: '36',
  selectedLine: '',
  contextLine: '',
  reverse: false,
  erase: true,
}

const capabilities: Readonly<Record<string, readonly (keyof Colors)[]>> = {
  mt: ['selectedMatch', 'contextMatch'],
  ms: ['selectedMatch'],
  mc: ['contextMatch'],
  fn: ['fileName'],
  ln: ['lineNumber'],
  bn: ['byteOffset'],
  se: ['separator'],
  sl: ['selectedLine'],
  cx: ['contextLine'],
}

/** The colours that GREP_COLORS asks for, and warnings. What follows a mistake in it is ignored. */
export function colorsFrom(env: Environment): { readonly colors: Colors; readonly warnings: string[] } {
  const obsolete = env['GREP_COLOR'] ?? ''
  const warnings =
    obsolete === ''
      ? []
      : [`warning: GREP_COLOR='${obsolete}' is deprecated; use GREP_COLORS='mt=${obsolete}'`]
  let colors: Colors =
    obsolete === '' ? defaults : { ...defaults, selectedMatch: obsolete, contextMatch: obsolete }
  const settings = (env['GREP_COLORS'] ?? '').split(':')
  for (const setting of settings) {
    const [, name = '', value, rest = ''] = /^([^=]*)(?:=([\d;]*)(.*))?$/s.exec(setting) ?? []
    if (rest !== '' || (name === '' && value !== undefined)) break
    if (name === 'rv') colors = { ...colors, reverse: true }
    if (name === 'ne') colors = { ...colors, erase: false }
    for (const key of value === undefined ? [] : (capabilities[name] ?? []))
      colors = { ...colors, [key]: value }
  }
  return { colors, warnings }
}

/** The sequence that begins a colour; nothing for no colour. */
export function begin(color: string, { erase }: Colors): string {
  return color === '' ? '' : `\x1b[${color}m${erase ? '\x1b[K' : ''}`
}

/** The sequence that ends a colour. */
export function end(color: string, { erase }: Colors): string {
  return color === '' ? '' : `\x1b[m${erase ? '\x1b[K' : ''}`
}
