import { defineTool } from '../../base/tool.js'
import { processFiles } from './gzip/files.js'
import { options, settle, status, types } from './gzip/settings.js'

export const zcat = defineTool({
  name: 'zcat',
  group: 'flow',
  summary: 'decompress files to standard output',
  usage: ['[OPTION]... [FILE]...'],
  options,
  status,
  settle: (args) => settle(args, { decompress: true, toStdout: true }),
  types,
  traits: () => ({ memory: 'stream', keepsOrder: true }),
  details: [
    'It is gzip -cd: FILEs are left as they are. With -f, what is not compressed is copied. Messages begin with the name of gzip.',
  ],
  examples: [
    {
      about: 'Count the lines of a compressed stream',
      spec: 'gzip | zcat | wc -l',
      stdin: 'a\nb\n',
      stdout: '2\n',
    },
  ],
  run: processFiles,
})
