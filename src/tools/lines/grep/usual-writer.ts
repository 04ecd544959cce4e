import type { StageIo } from '../../../base/tool.js'
import type { Regex } from '../../../kernel/regex/index.js'
import type { Colors } from './colors.js'
import { createContextWriter } from './context.js'
import type { Settings } from './settings.js'
import { createCounter, createLineWriter, type LineWriter } from './writer.js'

/** Makes what takes the selected lines. */
export type WriterMaker = (
  settings: Settings,
  regex: Regex,
  colors: Colors | undefined,
  io: StageIo,
) => LineWriter

/** Writes what the settings ask for. */
export const usualWriter: WriterMaker = (settings, regex, colors, io) => {
  const { style, search, maxCount } = settings
  if (style.report !== 'lines') return createCounter(regex, search.invert)
  const isPlain = style.before === undefined && style.after === undefined && colors === undefined
  const isLimited = style.onlyMatching && (search.invert || maxCount !== Infinity)
  return isPlain && !style.alignTabs && !isLimited
    ? createLineWriter(settings, regex, io)
    : createContextWriter(settings, regex, colors, io)
}
