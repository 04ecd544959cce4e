// Writes what is rendered from the tools: manual pages, the TypeScript functions, the README's table, the bins.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { build } from 'esbuild'
import { format, resolveConfig } from 'prettier'

const bundle = 'dist/render.mjs'
await build({
  entryPoints: ['src/render/index.ts'],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  external: ['yargs', 'split2'],
  logLevel: 'warning',
})
const { renderAll } = await import(new URL(`../${bundle}`, import.meta.url).href)
const options = await resolveConfig('package.json')

for (const [path, text] of await renderAll((file) => readFileSync(file, 'utf8'))) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, path.endsWith('.ts') ? await format(text, { ...options, filepath: path }) : text)
}
