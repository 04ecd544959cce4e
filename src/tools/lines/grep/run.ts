import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { compileRegex } from '../../../kernel/regex/index.js'
import { colorsFrom } from './colors.js'
import { filesToSearch } from './files.js'
import { createSearcher } from './search.js'
import type { Settings } from './settings.js'
import { usualWriter, type WriterMaker } from './usual-writer.js'

/**
 * Runs `grep`: 0 when a line was selected, 1 when none was, 2 after an error, unless -q found a line. Another writer does
 * something else with the lines.
 */
export function* runGrep(
  settings: Settings,
  io: StageIo,
  createWriter: WriterMaker = usualWriter,
): Task<number> {
  const { style, search } = settings
  const isColored =
    style.color === 'always' || (style.color === 'auto' && io.stdoutIsTerminal && io.env['TERM'] !== 'dumb')
  const { colors, warnings } = isColored ? colorsFrom(io.env) : { colors: undefined, warnings: [] }
  for (const warning of [...settings.warnings, ...warnings]) io.warn(warning)
  if (cannotSelect(settings)) return 1

  let isTroubled = false
  const fail = (message: string): void => {
    if (!settings.noMessages) io.warn(message)
    isTroubled = true
  }
  const regex = compileRegex(search.patterns, search.regex)
  const searcher = createSearcher(
    settings,
    regex,
    createWriter(settings, regex, colors, io),
    colors,
    io,
    fail,
  )
  try {
    let isSelected = false
    for (const file of filesToSearch(settings.selection, io, fail)) {
      if ((yield* searcher.search(file)) === 0) continue
      if (style.report === 'nothing') return 0
      isSelected = true
    }
    return isTroubled ? 2 : isSelected ? 0 : 1
  } finally {
    searcher.free()
    regex.free()
  }
}

/** Nothing can be selected, so nothing is read: no line is wanted, none can match, or all do and are left out. */
function cannotSelect({ search, style, maxCount }: Settings): boolean {
  if (style.report === 'files-without-match') return false
  const [only, ...others] = search.patterns
  const matchesAll = only?.length === 0 && others.length === 0 && search.regex.whole === undefined
  const matchesNone = only === undefined
  return maxCount === 0 || (search.invert ? matchesAll : matchesNone)
}
