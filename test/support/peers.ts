import { spawnSync } from 'node:child_process'
import { test } from 'vitest'

/**
 * A test that needs a program, by name or path. Where it is not installed the test is skipped with its reason; the
 * gate installs them all and sets SLUICE_REQUIRE_PEERS, where a missing one fails.
 */
export function testWithPeer(peer: string, title: string, run: () => void | Promise<void>): void {
  if (hasPeer(peer)) test(title, run)
  else if (process.env['SLUICE_REQUIRE_PEERS'] === undefined) test.skip(`${title} (needs ${peer})`)
  else
    test(title, () => {
      throw new Error(`this test needs ${peer}, which is not installed`)
    })
}

export function hasPeer(name: string): boolean {
  const known = asked.get(name) ?? spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name]).status === 0
  asked.set(name, known)
  return known
}

/** What is known already: many tests need the same program. */
const asked = new Map<string, boolean>()
