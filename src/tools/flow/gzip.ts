import { defineTool } from '../../base/tool.js'
import { processFiles } from './gzip/files.js'
import { options, replacesFiles, settle, status, types } from './gzip/settings.js'

export const gzip = defineTool({
  name: 'gzip',
  group: 'flow',
  summary: 'compress or decompress files',
  usage: ['[OPTION]... [FILE]...'],
  options,
  status,
  settle: (args) => settle(args, { decompress: false, toStdout: false }),
  types,
  traits: () => ({ memory: 'stream' }),
  details: [
    'Each FILE is replaced by FILE.gz, which keeps its mode, owner and times; with -d the other way round. With no FILE, or when FILE is -, standard input is compressed to standard output.',
    'An existing file is overwritten only with -f. It is never asked for.',
    'With -n, or from a pipe, the same input gives the same bytes on every run: no name and no time are saved.',
    'Decompressing, members that follow each other are joined, zeros behind them are ignored, and other bytes are ignored with a warning.',
  ],
  examples: [
    { about: 'There and back', spec: 'gzip -9 | gzip -d', stdin: 'a\n', stdout: 'a\n' },
    {
      about: 'Test what was compressed',
      spec: 'gzip | gzip -t && echo good',
      stdin: 'a\n',
      stdout: 'good\n',
    },
  ],
  leavesTraces: (settings) => settings.operands.length > 0 && replacesFiles(settings),
  run: processFiles,
})
