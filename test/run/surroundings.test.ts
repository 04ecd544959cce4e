import { expect, test } from 'vitest'
import { bash } from '../support/command.js'
import { withFiles } from '../support/engines.js'

// What a process may find around it that is not as usual.
const rows: readonly {
  readonly title: string
  readonly script: string
  readonly stdout?: string
  readonly stderr?: RegExp
  readonly end?: number
}[] = [
  {
    title: 'a working folder that was removed is none that anything needs',
    script: `mkdir gone; cd gone; rmdir ../gone; "$SLUICE" -c 'seq 3 | sort -r | /bin/cat'`,
    stdout: '3\n2\n1\n',
  },
  {
    title: 'nothing is found in it',
    script: `mkdir gone; cd gone; rmdir ../gone; "$SLUICE" -c 'cat file' || "$TOOLS"/cat file`,
    stderr: /^-c:1:5: cannot read file: No such file .*\n.*\n.*\ncat: file: No such file or directory\n$/,
    end: 1,
  },
  {
    title: 'pipes to real processes need nothing on PATH',
    script: `node=$(command -v node); PATH=/nonexistent "$node" "$SLUICE" -c 'seq 3 | /bin/cat'`,
    stdout: '1\n2\n3\n',
  },
  {
    title: 'too few addresses for the kernels are told in one line',
    script: `ulimit -v 3000000; "$SLUICE" -c 'seq 3'`,
    stderr: /^sluice: cannot start: WebAssembly\.Memory\(\): .*\n$/,
    end: 70,
  },
]
test.each(rows.map((row) => [row.title, row] as const))(
  '%s',
  async (_title, { script, stdout = '', stderr = /^$/, end = 0 }) => {
    await withFiles({}, (cwd) => {
      const result = bash(script, { cwd })
      expect(result.stderr).toMatch(stderr)
      expect(result).toMatchObject({ stdout, end })
    })
  },
)
