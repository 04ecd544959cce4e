import { describe, expect, test } from 'vitest'
import type { Example } from '../../src/base/tool.js'
import { loadTool, toolNames } from '../../src/tools/index.js'
import { engines, executable, withFiles } from '../support/engines.js'
import { testWithPeer } from '../support/peers.js'

const tools = (await Promise.all(toolNames.map(loadTool))).filter((tool) => tool !== undefined)

describe.each(['fused', 'unfused', 'two threads', 'standalone'] as const)(
  'the examples in the manual do what they say: %s',
  (engine) => {
    const peer = engine === 'standalone' ? executable : 'sh'
    for (const { name, examples } of tools)
      for (const example of examples)
        testWithPeer(peer, `${name}: ${example.about}`, () => holds(engine, example))
  },
)

async function holds(engine: keyof typeof engines, example: Example): Promise<void> {
  const { spec, stdin = '', stdout, exit = 0 } = example
  const result = await withFiles({}, (cwd) => engines[engine]({ spec, stdin: Buffer.from(stdin), cwd }))
  expect(result.stdout.toString(), result.stderr).toBe(stdout)
  expect(result.exit).toBe(exit)
}

test.each(tools.map((tool) => [tool.name, tool] as const))(
  '%s declares all that the manual needs',
  (name, tool) => {
    expect(tool.name).toBe(name)
    expect(tool.summary).toMatch(/^[a-z].*[^.]$/)
    expect(tool.usage.length).toBeGreaterThan(0)
    expect(tool.examples.length).toBeGreaterThan(0)
    for (const { help } of Object.values(tool.options)) expect(help).toMatch(/[^.]$/)
  },
)

test('the registry is sorted', () => {
  expect(toolNames).toEqual([...toolNames].sort())
})
