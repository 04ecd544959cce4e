// What the rows of a suite come to, for the console, for compare and for the README.
import { geometricMean } from './measure.mjs'

/** Below it, what starting takes decides. */
const leastSeconds = 0.2

/** Means, extremes, and the rows that miss their goals. */
export function summaryOfSuite({ suite, about, goal, rows }) {
  const all = Object.values(rows)
  const counted = all.filter(({ base, peers }) => peers[base].seconds >= leastSeconds || base !== 'bash')
  const times = counted.map(({ times, base }) => times[base])
  const mean = geometricMean(times)
  return {
    suite,
    about,
    goal,
    count: counted.length,
    mean,
    least: Math.min(...times),
    megabytes: Math.max(...all.map(({ ours }) => ours.megabytes)),
    missed: [
      ...all.filter((row) => missesOf(row).length > 0).map(({ name }) => name),
      ...(goal.mean !== undefined && mean < goal.mean ? ['the mean'] : []),
    ],
  }
}

/** In what a row misses its goal. */
export function missesOf({ times, base, ours, peers, goal, sameOutput }) {
  const isCounted = base !== 'bash' || peers[base].seconds >= leastSeconds
  return [
    ...(isCounted && goal.times !== undefined && times[base] < goal.times ? ['time'] : []),
    ...(goal.seconds !== undefined && ours.seconds > goal.seconds ? ['time'] : []),
    ...(ours.megabytes > goal.megabytes ? ['memory'] : []),
    ...(sameOutput === false ? ['output'] : []),
  ]
}

/** One line of text for a row. */
export function rowLine(row) {
  const { name, times, base, ours, peers, goal } = row
  const others = Object.entries(peers)
    .filter(([peer]) => peer !== base)
    .map(([peer, { seconds, sameOutput }]) => `${peer} ${seconds.toFixed(2)}${sameOutput ? '' : '≠'}`)
  const goalText = goal.times === undefined ? '' : `≥ ${goal.times.toFixed(2)}`
  const cells = [
    name.padEnd(28),
    ours.seconds.toFixed(3).padStart(8),
    peers[base].seconds.toFixed(3).padStart(8),
    times[base].toFixed(2).padStart(7),
    goalText.padStart(8),
    ours.megabytes.toFixed(0).padStart(6),
    missesOf(row).join(', ').padStart(8),
    others.join(', '),
  ]
  return cells.join(' ').trimEnd()
}

export const rowHeader =
  'row                          sluice s   base s   times     goal     MB   missed other peers (seconds, ≠: other bytes)'

/** One line of text for a suite. */
export function suiteLine(suite) {
  const { count, mean, least, goal, missed } = summaryOfSuite(suite)
  const goalText = goal.mean === undefined ? '' : ` (goal ${goal.mean})`
  const missedText = missed.length === 0 ? '' : `; missed: ${missed.join(', ')}`
  if (count === 0) return 'no row for which bash takes 0.2 s'
  return `geometric mean of ${count}: ${mean.toFixed(2)}${goalText}, least ${least.toFixed(2)}${missedText}`
}
