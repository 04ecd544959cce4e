import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { againstGnu } from '../support/gnu.js'
import { runToolHere } from '../support/run-tool.js'

const compressed = gzipSync('hello world hello world\n')
const files = { 'f.gz': compressed }

againstGnu('zcat', [
  { title: 'standard input', args: [], stdin: compressed },
  { title: 'files', args: ['f.gz', 'f.gz'], files },
  { title: '- among files', args: ['f.gz', '-'], stdin: compressed, files },
  { title: 'finds the suffix', args: ['f'], files },
  { title: 'any name', args: ['g'], files: { g: compressed } },
  { title: 'what is not compressed', args: ['g', 'f.gz'], files: { g: 'text', 'f.gz': compressed } },
  {
    title: 'what is not compressed, forced',
    args: ['-f', 'g', 'f.gz'],
    files: { g: 'text', 'f.gz': compressed },
  },
  { title: 'verbosely', args: ['-v', 'f.gz'], files },
  { title: 'a list', args: ['-l', 'f.gz'], files },
  { title: 'a folder', args: ['.'] },
  { title: 'a missing file', args: ['no', 'f.gz'], files },
  { title: 'an early end', args: [], stdin: compressed.subarray(0, -4) },
])

test('wrong usage names the command', async () => {
  const { stderr, exit } = await runToolHere({ tool: 'zcat', args: ['-x'], cwd: '/', env: {} })
  expect({ stderr, exit }).toEqual({
    stderr: "zcat: invalid option -- 'x'\nTry `gzip --help' for more information.\n",
    exit: 1,
  })
})
