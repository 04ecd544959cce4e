import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { againstGnu } from '../support/gnu.js'
import { runToolHere } from '../support/run-tool.js'

const compressed = gzipSync('hello world hello world\n')
const files = { 'f.gz': compressed }

againstGnu('gunzip', [
  { title: 'standard input', args: [], stdin: compressed },
  { title: 'a file', args: ['f.gz'], files },
  { title: 'to standard output', args: ['-c', 'f.gz'], files },
  { title: 'and keeps', args: ['-kv', 'f.gz'], files },
  { title: 'finds the suffix', args: ['f'], files },
  { title: 'an unknown suffix', args: ['g'], files: { g: 'text' } },
  { title: 'a missing file', args: ['no'] },
  { title: 'text', args: [], stdin: 'text\n' },
  { title: 'an empty input', args: [] },
  { title: 'a test', args: ['-tv'], stdin: compressed },
  { title: 'a list', args: ['-l', 'f.gz'], files },
  { title: 'trailing garbage', args: [], stdin: Buffer.concat([compressed, Buffer.from('garbage')]) },
  { title: 'over a file', args: ['-f', 'f.gz'], files: { 'f.gz': compressed, f: 'old' } },
])

test('wrong usage names the command', async () => {
  const { stderr, exit } = await runToolHere({ tool: 'gunzip', args: ['-x'], cwd: '/', env: {} })
  expect({ stderr, exit }).toEqual({
    stderr: "gunzip: invalid option -- 'x'\nTry `gzip --help' for more information.\n",
    exit: 1,
  })
})
