// What is measured, as data. A suite is a file here and a line below:
//
//   name    what --group asks for, by its beginning
//   about   one line for the tables
//   goal    what its rows must reach: `times` as fast as the base, at most `megabytes`, at most `seconds`;
//           `mean` is for the geometric mean of those for which the base takes 0.2 s or more
//   rows    each with
//     name    what --only asks for
//     input   the recipe of $F; `others` gives recipes of more names (recipes.mjs)
//     spec    runs with `sluice -c`, and as it is in every peer that speaks shell; `ours` is a bash command instead of it
//     base    the peer that the goal compares with; bash with GNU tools if it does not say
//     peers   how the other peers write it, where that is natural to them (peers.mjs)
//     goal    what differs from the suite's
//     runs    how many rounds, where the time a round takes is no guide
import { backReferences } from './back-references.mjs'
import { chains } from './chains.mjs'
import { editing } from './editing.mjs'
import { oneTool } from './one-tool.mjs'
import { processes } from './processes.mjs'
import { published } from './published.mjs'
import { queries } from './queries.mjs'
import { sorts } from './sorts.mjs'
import { startUp } from './start-up.mjs'
import { topA, topB, topC } from './top.mjs'
import { words } from './words.mjs'

export const suites = [
  startUp,
  topA,
  topB,
  topC,
  words,
  queries,
  chains,
  backReferences,
  sorts,
  oneTool,
  editing,
  processes,
  ...published,
]
