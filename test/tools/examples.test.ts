import { expect, test } from 'vitest'
import { loadTool, toolNames } from '../../src/tools/index.js'
import { runHere, withFiles } from '../support/engines.js'

const tools = (await Promise.all(toolNames.map(loadTool))).filter((tool) => tool !== undefined)
const examples = tools.flatMap((tool) =>
  tool.examples.map((example) => [`${tool.name}: ${example.about}`, example] as const),
)

test.each(examples)(
  'the example in the manual does what it says: %s',
  async (_title, { spec, stdin = '', stdout, exit = 0 }) => {
    const result = await withFiles({}, (cwd) => runHere({ spec, stdin: Buffer.from(stdin), cwd }, {}))
    expect(result.stdout.toString(), result.stderr).toBe(stdout)
    expect(result.exit).toBe(exit)
  },
)

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
