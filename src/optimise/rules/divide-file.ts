import type { Division, Traits } from '../../base/tool.js'
import { type ParallelStage, type PlanRedirection, type PlanStage, writtenStages } from '../../plan/plan.js'
import { isPortable } from '../../plan/portable.js'
import {
  fileRead,
  isKnown,
  type KnownStage,
  readsPipeOnly,
  traitsOf,
  writesPipeOnly,
} from '../../plan/facts.js'
import { inPlaceOf } from '../join.js'
import type { Rule, Setting } from '../rule.js'

/** `cut FILE | sort` with a large file → several threads, each on parts of the file. */
export const divideFile: Rule = {
  name: 'divide-file',
  why: 'the file is large: each core works on parts of it',
  proof:
    'Stages that look at each line alone write for a part of the lines what they write for it in the whole. Their outputs are put in the order of the file, or into a stage for which the parts are as good as the whole: it counts, or sorts by an order that tells any two different lines apart.',
  apply(stages, setting) {
    const file = divisibleFile(stages[0], setting)
    if (file === undefined) return undefined
    const rowwise = stages.slice(0, divisibleLength(stages))
    const next = stages[rowwise.length]
    const division = divisionOf(next, rowwise.length)
    const count = division === undefined ? orderedLength(rowwise) : rowwise.length + 1
    const [divided, behind] = [stages.slice(0, count), stages.slice(count)]
    if (division === undefined && !isWorthwhile(divided, behind)) return undefined
    return [parallel(divided, file, division, setting), ...behind]
  },
}

/** The file that a stage reads, where it is large enough. */
function divisibleFile(stage: PlanStage | undefined, { machine, written }: Setting): string | undefined {
  const file = isKnown(stage) ? fileRead(stage) : undefined
  const size = file === undefined ? undefined : machine.sizeOf(file)
  // Another thread can only make the stages again of a plan as it was written.
  const isAsWritten = written.every(({ kind }) => kind !== 'operator')
  const isLarge = size !== undefined && size >= machine.leastDivided
  return isLarge && isAsWritten && machine.threads > 1 ? file : undefined
}

/** How many stages at the beginning look at each line alone. */
function divisibleLength(stages: readonly PlanStage[]): number {
  let isEachLine = true
  for (const [index, stage] of stages.entries()) {
    if (!isKnown(stage) || !canRunElsewhere(stage, index) || !writesPipeOnly(stage)) return index
    const { rowwise, divisible, identity, oneToOne, seesLineBefore } = traitsOf(stage)
    if (rowwise !== true && divisible !== true && identity !== true) return index
    if (seesLineBefore === true && !isEachLine) return index
    isEachLine &&= identity === true || oneToOne === true
  }
  return stages.length
}

/**
 * How many of those stages can go on from the chunk with the first NUL after the chunks before it were written: the stage
 * that finds it must know where in its input it is.
 */
function orderedLength(stages: readonly PlanStage[]): number {
  let knowsPlace = true
  let hasNul = true
  for (const [index, stage] of stages.filter(isKnown).entries()) {
    const { seesNul, identity, bytewise, filter } = traitsOf(stage)
    if (seesNul === true && hasNul && !knowsPlace) return index
    hasNul = seesNul !== true && (hasNul || (identity !== true && filter !== true))
    knowsPlace &&= identity === true || bytewise === true
  }
  return stages.length
}

/** How the work of the stage behind those is divided, if it can be. */
function divisionOf(stage: PlanStage | undefined, index: number): Division | undefined {
  return isKnown(stage) && canRunElsewhere(stage, index) ? traitsOf(stage).divided?.() : undefined
}

/** Other threads make a stage again from its words; it reads the file or the stage before it, and says what it says as usual. */
function canRunElsewhere(stage: KnownStage, index: number): boolean {
  const { redirections } = stage
  return (
    (index === 0 || readsPipeOnly(stage)) &&
    writtenStages(stage).every((each) => isPortable(each) && each.environment.length === 0) &&
    redirections.every(
      ({ descriptor, operator }) =>
        (descriptor === 0 && operator === '<') || (descriptor === 1 && operator !== '>&'),
    )
  )
}

/** Passing outputs on from thread to thread takes as long as one cheap stage does; who wants the first lines only ends early. */
function isWorthwhile(rowwise: readonly PlanStage[], behind: readonly PlanStage[]): boolean {
  if (endsEarly(behind)) return false
  const traits = rowwise.filter(isKnown).map(traitsOf)
  const working = traits.filter(({ identity }) => identity !== true)
  return working.length > 1 || working.some(({ costly }) => costly === true)
}

/** Whether one of the stages wants the first lines only, and none before it waits for the last. */
function endsEarly(stages: readonly PlanStage[]): boolean {
  const traits = stages.map((stage) => (isKnown(stage) ? traitsOf(stage) : undefined))
  const decisive = traits.find(
    (each) => each === undefined || each.atMost !== undefined || waitsForLast(each),
  )
  return decisive?.atMost !== undefined
}

/** Of the stages that hold some rows, `fmt` and `join` write as they read. */
function waitsForLast({ memory, keepsOrder, slice }: Traits): boolean {
  if (memory === 'rows') return keepsOrder !== true || slice?.which === 'last'
  return memory !== 'stream'
}

function parallel(
  stages: readonly PlanStage[],
  file: string,
  division: Division | undefined,
  { machine, written, without }: Setting,
): ParallelStage {
  const known = stages.filter(isKnown)
  const [first, last] = [known[0], known.at(-1)]
  if (first === undefined || last === undefined) throw new RangeError('there is nothing to divide')
  const others = known.slice(0, -1)
  const lastHere = { ...last, redirections: last.redirections.filter(isInput) }
  return {
    kind: 'parallel',
    name: last.name,
    stages: [...others, lastHere],
    file,
    parts: [...others, division === undefined ? lastHere : inPlaceOf(lastHere, division.part)],
    ...(division === undefined ? {} : { combine: division.combine }),
    threads: machine.threads,
    written,
    without: [...without],
    span: { start: first.span.start, end: last.span.end },
    redirections: last.redirections.filter((redirection) => !isInput(redirection)),
    environment: [],
    substitutions: [],
    ...(last.place === undefined ? {} : { place: last.place }),
  }
}

function isInput({ descriptor }: PlanRedirection): boolean {
  return descriptor === 0
}
