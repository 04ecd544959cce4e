import { defineTool } from '../../base/tool.js'
import { bytes, nothing } from '../../base/type.js'

/** `true` and `false`: they read nothing, write nothing, and end with their code whatever their arguments are. */
export function constantTool(name: string, summary: string, code: 0 | 1) {
  return defineTool({
    name,
    group: 'lines',
    summary,
    usage: ['[ignored argument]...'],
    options: {},
    syntax: { raw: true },
    status: { trouble: 1, described: code, meaning: { [code]: 'always' } },
    settle: () => undefined,
    types: () => ({ input: bytes, output: nothing }),
    traits: () => ({ memory: 'stream', pure: true }),
    details: [],
    examples: [
      { about: 'In a list', spec: `${name} && echo yes || echo no`, stdout: code === 0 ? 'yes\n' : 'no\n' },
    ],
    *run() {
      return code
    },
  })
}
