import type { StageEnd } from '../run/run.js'

/**
 * The failures that nobody told of yet, a line each: a real process says nothing of its status, and a tool that
 * merely fails (`false`) neither.
 */
export function renderFailures(ended: readonly StageEnd[]): string {
  return ended
    .filter(({ outcome }) => outcome.class === 'error' && outcome.explained !== true)
    .map((end) => `sluice: ${place(end)}\`${end.outcome.name}\` ${fate(end)}\n`)
    .join('')
}

function place({ position, of }: StageEnd): string {
  return of === 1 ? '' : `stage ${position} of ${of}: `
}

function fate({ outcome: { code, signal } }: StageEnd): string {
  return signal === undefined ? `exited with ${code}` : `was ended by ${signal}`
}
