import type { StageOutcome } from '../../base/status.js'
import type { Task } from '../../base/task.js'
import type { Division, StageIo } from '../../base/tool.js'
import type { BatchSource } from '../../kernel/channel.js'
import { Reader } from '../../kernel/reader.js'
import { releaseBlock } from '../../kernel/block.js'
import type { Batch } from '../../base/io.js'
import { answerOf, type Colleague } from './colleague.js'
import { claimChunk } from './control.js'
import { mergeOutcomes } from './outcomes.js'
import type { Share } from './share.js'
import type { Team } from './team.js'

/**
 * Works on chunks as long as there are any, then puts together what the threads made of theirs. Returns how each stage
 * ended. Throws `Indivisible` before anything is written.
 */
export function* combineParts(
  combine: Division['combine'],
  team: Team,
  io: StageIo,
): Task<readonly StageOutcome[]> {
  const { control, chunks, own, scheduler } = team
  for (let chunk = claimChunk(control); chunk < chunks.count; chunk = claimChunk(control)) {
    own.feed(chunks.range(chunk))
    if (!scheduler.blocking) yield* scheduler.breathe()
  }
  own.end()
  const others = team.others.filter((other) => other.isNeeded())
  const sources = [ownPart(own), ...others.map((other) => partOf(other, team))]
  // The first thing that a thread says is whether its chunks could be divided.
  for (const source of sources) {
    const batch = yield* source.receive()
    if (batch !== undefined) source.putBack(batch)
  }
  const parts = sources.map((source) => new Reader('-', source))
  try {
    const code = yield* combine(parts, io)
    for (const part of parts) while ((yield* part.read()) !== undefined);
    const outcomes = mergeOutcomes([own.outcomes ?? [], ...others.map((other) => other.outcomes)])
    return outcomes.map((outcome, index) =>
      index === outcomes.length - 1 && outcome.class !== 'error' ? { ...outcome, code } : outcome,
    )
  } finally {
    for (const part of parts) part.close()
  }
}

function ownPart(own: Share): BatchSource {
  return partSource(function* () {
    return own.take()
  })
}

function partOf(other: Colleague, { control, scheduler }: Team): BatchSource {
  return partSource(function* () {
    const answer = yield* answerOf(other, control, scheduler)
    return answer.what === 'bytes' ? answer.batch : undefined
  })
}

function partSource(receive: () => Task<Batch | undefined>): BatchSource {
  const putBack: Batch[] = []
  return {
    *receive() {
      return putBack.pop() ?? (yield* receive())
    },
    putBack: (batch) => putBack.push(batch),
    close() {
      for (const { block } of putBack.splice(0)) releaseBlock(block)
    },
  }
}
