import { bytesOf } from '../../base/bytes.js'
import { batchSize } from '../../base/io.js'
import { defineTool } from '../../base/tool.js'
import { lines, nothing } from '../../base/type.js'

export const yes = defineTool({
  name: 'yes',
  group: 'lines',
  summary: 'write a line again and again until the reader is done',
  usage: ['[STRING]...'],
  options: {},
  status: { trouble: 1, writeError: 'standard output', meaning: { 1: 'the line could not be written' } },
  settle: ({ operands }) => ({ line: bytesOf(`${operands.length === 0 ? 'y' : operands.join(' ')}\n`) }),
  types: () => ({ input: nothing, output: lines }),
  traits: () => ({ memory: 'stream', pure: true }),
  details: ['Without STRING the line is `y`.'],
  examples: [
    { about: 'A line, three times', spec: 'yes again | head -n 3', stdout: 'again\nagain\nagain\n' },
  ],
  *run({ line }, { stdout }) {
    const times = Math.max(1, Math.floor(batchSize / line.length))
    const batch = Buffer.concat(Array.from({ length: times }, () => line))
    for (;;) {
      stdout.append(batch)
      yield* stdout.flush()
    }
  },
})
