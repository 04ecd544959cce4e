import { copyIn, release } from '../memory.js'
import { Automaton } from './automaton.js'
import type { AutomatonKind } from './automaton.js'
import { classify, Context, contexts, contextTable } from './context.js'
import { control, controlAddress, Field, loops, Result, word } from './control.js'
import type { Markers } from './markers.js'
import type { LineOptions, LineResult, LineTarget } from './lines.js'
import type { Text } from './text.js'
import type { Nfa } from './nfa.js'
import type { Prefilter } from './prefilter.js'

export interface Selector {
  /** `text` is a number of whole lines; the last may lack its terminator. */
  select(text: Text, target: LineTarget, options: LineOptions): LineResult
  free(): void
}

const modes = { count: 0, list: 1, copy: 2 } as const
const invertMode = 4
const noLimit = 0xffffffff

/**
 * A prefilter that lets most bytes through costs more than it saves: it is then left out for this many calls. Where it
 * finds the matches themselves only markers do better.
 */
const prefilterRest = 16
const prefilterShare = 0.4

/** Selects lines with an automaton that runs over many lines at once; where it has to look at most bytes, with markers. */
export function createSelector(
  nfa: () => Nfa,
  prefilter: Prefilter | undefined,
  markers: Markers | undefined,
  options: Pick<AutomatonKind, 'cacheLimit'> & { readonly terminator: number },
): Selector {
  let automaton: Automaton | undefined
  let byteContexts: Buffer | undefined
  let resting = 0
  return { select, free }

  function select(text: Text, target: LineTarget, lineOptions: LineOptions): LineResult {
    const { batch, from, to } = text
    const { invert = false, limit = Infinity } = lineOptions
    if (from === to || limit === 0) return { count: 0, next: from, written: 0 }
    const isFiltered = prefilter !== undefined && resting === 0
    if (resting > 0) resting--
    const canMark = markers !== undefined && target.kind !== 'list' && limit === Infinity
    if (!isFiltered && canMark) return markers.select(text, target, invert)
    const selecting = (automaton ??= makeAutomaton(nfa()))
    const base = batch.byteOffset
    const out = target.kind === 'list' ? target.spans.byteOffset : target.kind === 'copy' ? target.address : 0
    control[Field.at] = control[Field.line] = base + from
    control[Field.stop] = base + to
    control[Field.running] = 0
    control[Field.terminator] = options.terminator
    control[Field.mode] = modes[target.kind] + (invert ? invertMode : 0)
    control[Field.limit] = Math.min(limit, noLimit)
    control[Field.out] = out
    control[Field.outEnd] = target.kind === 'list' ? out + target.spans.byteLength : 0
    control[Field.count] = 0
    control[Field.batch] = base
    control[Field.verified] = 0
    control[Field.prefilter] = isFiltered ? prefilter.address : 0
    control[Field.contexts] = selecting.hasAssertions
      ? (byteContexts ??= copyIn(contextTable(selecting.classes))).byteOffset
      : 0
    setAutomaton(selecting)
    while (loops.regexSelect(controlAddress) === Result.missing) {
      const here = word(Field.at) - base
      control[Field.state] = selecting.build(word(Field.state), here < to ? batch[here] : undefined)
      setAutomaton(selecting)
    }
    const isCostly = word(Field.verified) > (to - from) * prefilterShare
    if (isFiltered && isCostly && (prefilter.exactLength === undefined || canMark)) resting = prefilterRest
    return { count: word(Field.count), next: word(Field.at) - base, written: word(Field.out) - out }
  }

  function makeAutomaton(from: Nfa): Automaton {
    return new Automaton(from, classify(from, options.terminator), {
      ...options,
      seeded: true,
      grouped: false,
      exact: false,
      multiline: false,
    })
  }

  function setAutomaton(selecting: Automaton) {
    control[Field.start] = selecting.start(Context.edge)
    if (selecting.hasAssertions)
      for (const context of contexts) control[Field.starts + context] = selecting.start(context)
    control[Field.columns] = selecting.columns
    control[Field.edge] = selecting.edgeColumn
  }

  function free() {
    automaton?.free()
    if (byteContexts !== undefined) release(byteContexts.byteOffset)
    prefilter?.free()
    markers?.free()
  }
}
