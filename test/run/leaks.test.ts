import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { observeMemory } from '../../src/kernel/memory.js'
import { runHere, withFiles } from '../support/engines.js'

/** Every way out of a stage: its input's end, an early end, a failure, an input or output that nobody uses. */
const ours = [
  'cat f | sort | uniq -c | head -n 1',
  'cat f f f | head -n 1',
  '{ head -n 1; cat; } <f | tail -n 2',
  '{ head -n 1; true; }',
  'cat - f | { head -n 1; head -n 1; }',
  'cat f | true',
  'true | cat f',
  'cat <(cat f) <(head -n 1 f) - | wc -l',
  'head -n 1 <(yes)',
  'tee >(head -n 1) >(wc -l) <f | head -n 1',
  'cat f > >(tac)',
  'true; cat /nonexistent 2> >(wc -l) | cat',
  'true; cat <(cat f) <(yes) >/nonexistent/x || true',
  'cat <(cat f) >/dev/full || true',
  'cat --version | true',
  'grep x <<<"$(cat f)" | wc -l',
  'f() { cat "$1" | wc -l; }; f <(cat f)',
  '{ cat <&3; } 3<f',
  'true; sort --key=wrong f || head -n wrong f || true',
  'true; cat . || cat <. || wc . || true',
  'echo x | xargs no-such-command || true',
]

const real = [
  '/usr/bin/cat f | head -n 1',
  '/usr/bin/yes | head -n 1',
  'yes | /usr/bin/head -n 1',
  '{ head -n 1; /usr/bin/cat; cat; } <f',
  'cat f | { /usr/bin/true; cat; }',
  '/usr/bin/cat <(cat f) <(/usr/bin/yes) | head -n 1',
  'cat <(/usr/bin/yes) >/nonexistent/x || true',
  '/usr/bin/cat - <(cat f) <<<x | cat',
  'cat f > >(/usr/bin/cat)',
  '/usr/bin/false 2>&1 | /usr/bin/cat | cat || true',
  'echo "$(/usr/bin/cat f)"',
  'mkfifo p; echo x >p | cat p; rm p',
]

const stdin = Buffer.from('1\n2\n3\n')
const f = 'a line of some length\n'.repeat(20_000)

async function runAll(specs: readonly string[], times: number, cwd: string): Promise<void> {
  for (let time = 0; time < times; time++) for (const spec of specs) await runHere({ spec, stdin, cwd }, {})
}

test('2,000 pipelines in one process leave no memory behind', async () => {
  let held = 0
  observeMemory((bytes) => (held += bytes))
  try {
    await withFiles({ f }, async (cwd) => {
      await runAll(ours, 1, cwd)
      const before = held
      await runAll(ours, Math.ceil(2000 / ours.length), cwd)
      // Blocks wait for their next user, so one more or less may be held; one a run would be many.
      expect(held - before).toBeLessThan(8 * 140_000)
    })
  } finally {
    observeMemory(undefined)
  }
})

test('pipelines with real processes leave no descriptor, listener or process behind', async () => {
  await withFiles({ f }, async (cwd) => {
    await runAll([...ours, ...real], 2, cwd)
    const before = await traces()
    await runAll([...ours, ...real], 6, cwd)
    expect(await traces()).toEqual(before)
  })
})

/** What goes by itself: a turn of the loop, a shell that held pipes. */
const passing = new Set(['Immediate', 'ProcessWrap'])

async function traces(): Promise<object> {
  // Node takes its streams down in turns of the event loop of their own.
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
  return {
    descriptors: readdirSync('/proc/self/fd').length,
    children: readdirSync('/proc').filter(
      (pid) => /^\d+$/.test(pid) && parentOf(pid) === String(process.pid),
    ),
    listeners: process.eventNames().map((name) => [name, process.listenerCount(name)]),
    waits: process.getActiveResourcesInfo().filter((kind) => !passing.has(kind)),
  }
}

function parentOf(pid: string): string | undefined {
  try {
    return /^PPid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
  } catch {
    return undefined
  }
}
