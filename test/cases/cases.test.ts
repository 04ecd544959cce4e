import { readFileSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { engines, executable, runRealBash, withFiles } from '../support/engines.js'
import { testWithPeer } from '../support/peers.js'
import type { Case } from './case.js'
import { pipelines } from './pipelines.js'

const example = (name: string): string =>
  readFileSync(`${import.meta.dirname}/../../examples/${name}`, 'latin1')

const files = {
  log: Buffer.from(example('access.log').split('\n').slice(0, 400).join('\n') + '\n', 'latin1'),
  text: Buffer.from(example('shakespeare.txt').slice(0, 20_000), 'latin1'),
  a: 'apple\nbanana\ncherry\ndate\n',
  b: 'banana\ndate\nelder\n',
  bytes: Uint8Array.from({ length: 1024 }, (_, index) => (index * 7) % 256),
  cut: 'no newline at the end',
  empty: '',
}

describe.each(Object.entries(engines))('every pipeline means the same: %s', (name, engine) => {
  const peer = name === 'standalone' ? executable : 'bash'
  for (const row of pipelines) testWithPeer(peer, row.title, () => compare(row))

  async function compare(row: Case): Promise<void> {
    const expected = await withFiles(files, (cwd) =>
      runRealBash({ spec: row.spec, stdin: stdinOf(row), cwd }),
    )
    const actual = await withFiles(files, (cwd) => engine({ spec: row.spec, stdin: stdinOf(row), cwd }))
    const viaBash = name.startsWith('bash')
    if (row.bash === undefined)
      expect(actual.stdout.toString('latin1'), actual.stderr).toBe(expected.stdout.toString('latin1'))
    if (!viaBash) expect(actual.exit, actual.stderr).toBe(row.exit ?? 0)
    else if (row.bashExit !== 'varies') expect(actual.exit, actual.stderr).toBe(row.bashExit ?? row.exit ?? 0)
  }
})

function stdinOf({ stdin = '' }: Case): Uint8Array {
  return Buffer.from(stdin)
}
