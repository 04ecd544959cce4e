import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

test('a packed package, installed elsewhere, runs as a command and as a library', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-pack-'))
  try {
    execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { stdio: 'ignore' })
    const [tarball = ''] = readdirSync(folder)
    const target = join(folder, 'package')
    execFileSync('tar', ['-xzf', join(folder, tarball), '-C', folder])
    // The package's own dependencies, without asking a registry.
    symlinkSync(resolve('node_modules'), join(target, 'node_modules'))
    const log = resolve('examples/access.log')
    const run = (path: string, ...args: string[]): string =>
      execFileSync(process.execPath, [path, ...args]).toString()

    expect(
      run(
        join(target, 'bin/sluice.cjs'),
        '-c',
        `cut -d' ' -f1 ${log} | sort | uniq -c | sort -rn | head -n 1`,
      ),
    ).toBe('    482 66.249.73.135\n')
    expect(run(join(target, 'bin/sluice.cjs'), 'check', '-c', 'seq 3')).toBe('')
    expect(run(join(target, 'bin/sluice.cjs'), '--help')).toContain('Usage: sluice')

    symlinkSync(join(target, 'bin/sluice.cjs'), join(folder, 'sluice-seq'))
    expect(spawnSync(join(folder, 'sluice-seq'), ['2']).stdout.toString()).toBe('1\n2\n')

    const script = `import { pipe, seq, wc } from ${JSON.stringify(join(target, 'dist/library/index.js'))}; console.log(await pipe(seq(3), wc({ lines: true })).text())`
    writeFileSync(join(folder, 'use.mjs'), script)
    expect(run(join(folder, 'use.mjs'))).toBe('3\n\n')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
