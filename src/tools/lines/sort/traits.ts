import type { Traits } from '../../../base/tool.js'
import { distinctOperator, groupedOperator } from './grouped.js'
import type { Settings } from './settings.js'
import { mostSliced, slicedOperator } from './sliced.js'
import { unorderedOperator } from './unordered.js'

/** What a sort can do together with its neighbours. */
export function sortingTraits(settings: Settings): Partial<Traits> {
  const { task, ordering, output, debug } = settings
  if (task !== 'sort' || output !== undefined || debug) return {}
  const { stable, unique, delimiter, keys } = ordering
  if (keys.some(({ random }) => random)) return {}
  /** Lines that compare as equal are the same bytes, so that the input's order makes no difference. */
  const isTotal = keys.length === 0 || !(stable || unique)
  // To stages that read lines, records in another order are other lines.
  const isOfLines = delimiter === newline
  return {
    ignoresOrder: isTotal && isOfLines,
    sorting: {
      distinct: () => (unique && isTotal ? distinctOperator(settings, true) : undefined),
      grouped: (grouping) =>
        isTotal && !unique && grouping.delimiter === delimiter
          ? groupedOperator(settings, grouping)
          : undefined,
      sliced: (slice) =>
        slice.delimiter === delimiter && slice.count <= mostSliced && !(unique && slice.which === 'last')
          ? slicedOperator(settings, slice)
          : undefined,
    },
    // With several files, a later one that cannot be read would leave nothing of the others.
    ...(isTotal && isOfLines && settings.files.length === 1
      ? { unordered: () => unorderedOperator(settings) }
      : {}),
  }
}

const newline = 0x0a
