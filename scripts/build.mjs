// Builds dist/: the kernels (AssemblyScript → WebAssembly), the command, the library and its types.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: ['yargs', 'split2'],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
}

mkdirSync('dist', { recursive: true })

buildKernels()
if (process.argv[2] === 'kernels') process.exit()
await Promise.all([buildCommand(), buildLibrary()])
execFileSync(process.execPath, ['scripts/cache.cjs'], { stdio: 'ignore' })
run('node_modules/.bin/tsc', '-p', 'tsconfig.types.json')

function buildKernels() {
  run(
    'node_modules/.bin/asc',
    'src/kernel/assembly/index.ts',
    ...['--outFile', 'dist/kernel.wasm'],
    ...['-O3', '--noAssert', '--runtime', 'minimal'],
    ...['--importMemory', '--sharedMemory', '--initialMemory', '16', '--maximumMemory', '65536'],
    ...['--enable', 'simd,threads,bulk-memory', '--use', 'abort='],
  )
  // The module travels inside the bundle as text, so that one file is enough wherever it runs.
  const text = readFileSync('dist/kernel.wasm').toString('base64')
  writeFileSync('src/kernel/module.generated.ts', `export const kernelModule = '${text}'\n`)
}

/** The command is CommonJS: Node starts it some milliseconds sooner than an ES module. */
function buildCommand() {
  return build({
    ...shared,
    entryPoints: ['src/main.ts'],
    outfile: 'dist/sluice.cjs',
    format: 'cjs',
    define: { 'import.meta.dirname': '__dirname' },
  })
}

function buildLibrary() {
  return build({ ...shared, entryPoints: ['src/api/index.ts'], outfile: 'dist/index.js', format: 'esm' })
}

function run(command, ...args) {
  execFileSync(command, args, { stdio: 'inherit' })
}
