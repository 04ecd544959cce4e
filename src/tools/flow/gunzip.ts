import { defineTool } from '../../base/tool.js'
import { processFiles } from './gzip/files.js'
import { options, replacesFiles, settle, status, types } from './gzip/settings.js'

export const gunzip = defineTool({
  name: 'gunzip',
  group: 'flow',
  summary: 'decompress files',
  usage: ['[OPTION]... [FILE]...'],
  options,
  status,
  settle: (args) => settle(args, { decompress: true, toStdout: false }),
  types,
  traits: () => ({ memory: 'stream' }),
  details: [
    'It is gzip -d: each FILE.gz is replaced by FILE, and standard input is decompressed to standard output. Messages begin with the name of gzip.',
  ],
  examples: [{ about: 'Decompress a stream', spec: 'gzip | gunzip', stdin: 'a\nb\n', stdout: 'a\nb\n' }],
  leavesTraces: (settings) => settings.operands.length > 0 && replacesFiles(settings),
  run: processFiles,
})
