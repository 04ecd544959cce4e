import type { Batch, Output } from '../../base/io.js'
import type { StageOutcome } from '../../base/status.js'
import type { Task } from '../../base/task.js'
import { Indivisible } from '../../base/tool.js'
import { releaseBlock } from '../../kernel/block.js'
import { answerOf, untilRung } from './colleague.js'
import { claimChunk, nextChunk, rings, takeChunk } from './control.js'
import { mergeOutcomes } from './outcomes.js'
import { chunksAhead } from './task.js'
import type { Team } from './team.js'

/** Writes what the chunks become in the order of the file. Returns how each stage ended. */
export function* writeInOrder(team: Team, stdout: Output): Task<readonly StageOutcome[]> {
  const { control, chunks, own, others, scheduler } = team
  /** What this thread made before its turn came. */
  const made = new Map<number, readonly Batch[] | 'indivisible'>()
  let chunk = 0
  let hasWritten = false
  const write = function* (batch: Batch): Task<void> {
    hasWritten = true
    yield* stdout.send(batch)
  }
  try {
    while (chunk < chunks.count) {
      const seen = rings(control)
      const mine = made.get(chunk)
      const other = others.find((each) => each.chunk === chunk)
      const answer = mine === undefined ? other?.take() : undefined
      if (mine === 'indivisible' || answer?.what === 'indivisible')
        return yield* writeRest(team, chunk, hasWritten, stdout)
      if (mine !== undefined) {
        made.delete(chunk)
        for (const batch of mine) yield* write(batch)
        endChunk()
      } else if (answer?.what === 'bytes') yield* write(answer.batch)
      else if (answer?.what === 'chunk end') endChunk()
      else if (answer !== undefined) continue
      else if (mayTakeAnother()) takeAnother()
      else yield* untilRung(others, control, seen, scheduler)
      if (!scheduler.blocking) yield* scheduler.breathe()
    }
  } finally {
    for (const batches of made.values()) release(batches)
  }
  own.end()
  const present = others.filter((other) => other.isNeeded())
  for (const other of present)
    for (;;) {
      const answer = yield* answerOf(other, control, scheduler)
      if (answer.what === 'ended') break
      if (answer.what === 'bytes') yield* write(answer.batch)
    }
  return mergeOutcomes([own.outcomes ?? [], ...present.map((other) => other.outcomes)])

  function endChunk(): void {
    chunk++
    takeChunk(control)
  }

  function mayTakeAnother(): boolean {
    const next = nextChunk(control)
    // The others must never wait for this one, which has their work to pass on as well.
    return next < chunks.count && next - chunk < chunksAhead / 2
  }

  function takeAnother(): void {
    const taken = claimChunk(control)
    if (taken < chunks.count) made.set(taken, work(team, taken))
  }
}

/** What a chunk becomes. */
function work({ own, chunks }: Team, chunk: number): readonly Batch[] | 'indivisible' {
  const batches: Batch[] = []
  try {
    own.feed(chunks.range(chunk))
    // What is wrong with a last line that is not ended must be known before anything of its chunk is written.
    if (chunk === chunks.count - 1) own.end()
    for (let batch = own.take(); batch !== undefined; batch = own.take()) batches.push(batch)
    return batches
  } catch (error) {
    release(batches)
    if (error instanceof Indivisible) return 'indivisible'
    throw error
  }
}

function release(batches: readonly Batch[] | 'indivisible'): void {
  if (batches !== 'indivisible') for (const { block } of batches) releaseBlock(block)
}

/** Goes on alone from a chunk that cannot be worked on by itself. */
function* writeRest(
  { takeOver, chunks, messages }: Team,
  chunk: number,
  hasWritten: boolean,
  stdout: Output,
): Task<readonly StageOutcome[]> {
  // What it says comes behind what it wrote before.
  const said: Buffer[] = []
  const share = takeOver(chunks.rest(chunk), (bytes) => void said.push(Buffer.from(bytes)))
  for (;;) {
    const batch = share.take()
    if (batch !== undefined) yield* stdout.send(batch)
    else if (share.outcomes !== undefined) {
      for (const bytes of said) messages.append(bytes)
      // A stage that wrote something before has answered yes, whatever it has to say of the rest.
      const last = share.outcomes.length - 1
      return share.outcomes.map((outcome, index) =>
        index === last && hasWritten && outcome.class === 'false'
          ? { ...outcome, code: 0, class: 'ok' }
          : outcome,
      )
    } else throw new Error('the stages wait for what nobody gives them')
  }
}
