// Makes build/sluice, one executable that needs no Node: run by Bun, whose runtime it holds.
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'

const source = resolve('src')
const instead = resolve('src/standalone/instead')

mkdirSync('build', { recursive: true })
await Bun.build({
  entrypoints: ['command', 'thread', 'waiter'].map((name) => `src/standalone/${name}.ts`),
  root: 'src/standalone',
  target: 'bun',
  format: 'esm',
  // What a run does not need is not read, and what it needs is compiled already.
  splitting: true,
  bytecode: true,
  minify: true,
  compile: {
    outfile: 'build/sluice',
    // Only the command line says what to do, not files of the folder where it is called.
    autoloadDotenv: false,
    autoloadBunfig: false,
  },
  plugins: [{ name: 'instead', setup: (build) => build.onResolve({ filter: /^\.\.?\/.*\.js$/ }, standIn) }],
})

/** A file of src/standalone/instead/ is taken instead of the one of the same path in src/. */
function standIn({ path, importer }) {
  const wanted = resolve(dirname(importer), path.replace(/\.js$/, '.ts'))
  const own = resolve(instead, relative(source, wanted))
  return !importer.startsWith(instead) && existsSync(own) ? { path: own } : undefined
}
