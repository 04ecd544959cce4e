// Builds dist/: the kernels (AssemblyScript → WebAssembly), the command, the library and its types.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'rolldown'

/** Text of ASCII characters alone is read without decoding. Only here is it what is written: minifying undoes escapes. */
const onlyAscii = {
  name: 'only-ascii',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle))
      if (chunk.type === 'chunk')
        chunk.code = chunk.code.replace(
          /[^\0-\x7f]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        )
  },
}

/** The command reads the module from its file: that is sooner done than reading and decoding the text. */
const kernelFile = {
  name: 'kernel-file',
  load(path) {
    if (!path.endsWith('/kernel/module.generated.ts')) return undefined
    return `import { readFileSync } from 'node:fs'
export const kernelBytes = () => readFileSync(import.meta.dirname + '/../kernel.wasm')`
  },
}

rmSync('dist', { recursive: true, force: true })
mkdirSync('dist')

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
  // The module travels inside a bundle as text, so that one file is enough wherever it runs.
  const text = readFileSync('dist/kernel.wasm').toString('base64')
  const code = `export const kernelBytes = (): Uint8Array => Buffer.from('${text}', 'base64')\n`
  writeFileSync('src/kernel/module.generated.ts', code)
}

/**
 * The command is CommonJS: Node starts it some milliseconds sooner than an ES module. It is made of one file that every
 * start reads and one for each tool, so that a start reads only the tools it names.
 */
function buildCommand() {
  return bundle({
    input: { main: 'src/main.ts' },
    define: { 'import.meta.dirname': '__dirname' },
    mangle: true,
    plugins: [kernelFile],
    output: {
      dir: 'dist/command',
      format: 'cjs',
      chunkFileNames: '[name].js',
      codeSplitting: {
        includeDependenciesRecursively: false,
        groups: [
          { name: 'main', tags: ['$initial'], priority: 1 },
          { name: groupOf, debugName: 'folders', minShareCount: 2 },
        ],
      },
    },
  })
}

/** What several tools share, by what they share it for. */
function groupOf(path) {
  return /\/kernel\/(regex)\/|\/tools\/(\w+)\//.exec(path)?.slice(1).find(Boolean) ?? 'shared'
}

function buildLibrary() {
  return bundle({
    input: { index: 'src/api/index.ts' },
    output: { dir: 'dist/library', format: 'esm', codeSplitting: false },
  })
}

function bundle({ input, define = {}, mangle = false, plugins = [], output }) {
  return build({
    input,
    preserveEntrySignatures: 'allow-extension',
    platform: 'node',
    external: ['yargs', 'split2'],
    transform: { target: 'node20', define },
    plugins: [onlyAscii, ...plugins],
    output: {
      ...output,
      comments: false,
      minify: { compress: true, mangle, codegen: { removeWhitespace: true } },
    },
  })
}

function run(command, ...args) {
  execFileSync(command, args, { stdio: 'inherit' })
}
