// Writes what is rendered from the tools: manual pages, the TypeScript functions, the README's table, the bins.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { build } from 'rolldown'

const bundle = 'dist/render.mjs'
await build({
  input: 'src/render/index.ts',
  platform: 'node',
  external: ['yargs', 'split2'],
  output: { file: bundle, format: 'esm', codeSplitting: false },
})
const { renderAll } = await import(new URL(`../${bundle}`, import.meta.url).href)
const options = await resolveConfig('package.json')

for (const [path, text] of await renderAll((file) => readFileSync(file, 'utf8'))) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, path.endsWith('.ts') ? await format(text, { ...options, filepath: path }) : text)
}
