import { againstGnu } from '../support/gnu.js'

againstGnu('cat', [
  { title: 'copies standard input', args: [], stdin: 'a\nb' },
  {
    title: 'a missing file is reported and the rest copied',
    args: ['a', 'none', '-'],
    stdin: 'in',
    files: { a: 'A\n' },
  },
  { title: 'an unknown option', args: ['--nope'] },
  { title: '-A over every byte', args: ['-A'], stdin: Uint8Array.from({ length: 256 }, (_, byte) => byte) },
  { title: 'numbers go on over files', args: ['-n', 'a', 'b'], files: { a: 'x\ny', b: 'z\n' } },
])
