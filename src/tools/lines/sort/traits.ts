import type { Traits } from '../../../base/tool.js'
import { isDivisible } from './division.js'
import { isTotal } from './ordering.js'
import { distinctOperator, dividedDistinct, groupedOperator } from './grouped.js'
import { dividedRepeated } from './repeated.js'
import type { Settings } from './settings.js'
import { mostSliced, slicedOperator } from './sliced.js'
import { unorderedOperator } from './unordered.js'

/** What a sort can do together with its neighbours. */
export function sortingTraits(settings: Settings): Partial<Traits> {
  const { task, ordering, output, debug } = settings
  if (task !== 'sort' || output !== undefined || debug) return {}
  const { unique, delimiter, keys } = ordering
  if (keys.some(({ random }) => random)) return {}
  const orderIsTotal = isTotal(ordering)
  // To stages that read lines, records in another order are other lines.
  const isOfLines = delimiter === newline
  return {
    ignoresOrder: orderIsTotal && isOfLines,
    sorting: {
      distinct: () => (unique && orderIsTotal ? distinctOperator(settings, true) : undefined),
      grouped: (grouping) =>
        orderIsTotal && !unique && grouping.delimiter === delimiter
          ? groupedOperator(settings, grouping)
          : undefined,
      sliced: (slice) =>
        slice.delimiter === delimiter && slice.count <= mostSliced && !(unique && slice.which === 'last')
          ? slicedOperator(settings, slice)
          : undefined,
    },
    ...(isDivisible(settings)
      ? { divided: () => (unique ? dividedDistinct(settings) : dividedRepeated(settings)) }
      : {}),
    // With several files, a later one that cannot be read would leave nothing of the others.
    ...(orderIsTotal && isOfLines && settings.files.length === 1
      ? { unordered: () => unorderedOperator(settings) }
      : {}),
  }
}

const newline = 0x0a
