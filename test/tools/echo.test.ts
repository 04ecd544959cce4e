import { againstGnu } from '../support/gnu.js'

const row = (...args: string[]) => ({ title: JSON.stringify(args), args })

againstGnu('echo', [
  row(),
  row('a', 'b'),
  row(''),
  row('', ''),
  row('-n', 'a'),
  row('-nn'),
  row('-ne', 'a\\n'),
  row('-e', 'a\\tb\\\\n'),
  row('-E', '\\n'),
  row('-eE', '\\n'),
  row('-Ee', '\\n'),
  row('-x'),
  row('-nx', 'a'),
  row('-'),
  row('--', '-n'),
  row('a', '-n'),
  row('-e', '\\0101 \\101 \\1 \\08 \\0 \\0777 \\400'),
  row('-e', '\\x41 \\x4 \\x \\xg \\x414'),
  row('-e', 'a\\cb', 'c'),
  row('-e', '\\a\\b\\e\\f\\r\\v'),
  row('-e', '\\q\\'),
  row('-e', '\\8\\9'),
  row('-e', 'é\\xc3\\xa9'),
  { title: 'POSIX: escapes count', args: ['a\\tb'], env: { POSIXLY_CORRECT: '1' } },
  { title: 'POSIX: -e is text', args: ['-e', 'a\\n'], env: { POSIXLY_CORRECT: '1' } },
  { title: 'POSIX: -n is an option', args: ['-n', 'a\\n'], env: { POSIXLY_CORRECT: '1' } },
  { title: 'POSIX: -n and more', args: ['-n', '-e', 'a\\n'], env: { POSIXLY_CORRECT: '1' } },
  {
    title: 'POSIX: -E is taken and means nothing',
    args: ['-n', '-E', 'a\\n'],
    env: { POSIXLY_CORRECT: '1' },
  },
  { title: 'input is not read', args: ['x'], stdin: 'y' },
])

againstGnu('true', [row(), row('a', '-x'), row('--nope')])
againstGnu('false', [row(), row('a', '-x'), row('--nope')])
