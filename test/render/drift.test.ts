import { readFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { expect, test } from 'vitest'
import { version } from '../../src/base/version.js'
import { renderAll } from '../../src/render/index.js'

const read = (path: string): string => readFileSync(path, 'utf8')

test('what is rendered from the tools is what is committed (mend with `npm run render`)', async () => {
  const options = await resolveConfig('package.json')
  for (const [path, text] of await renderAll(read)) {
    const expected = path.endsWith('.ts') ? await format(text, { ...options, filepath: path }) : text
    expect(read(path), path).toBe(expected)
  }
})

test('the version in the code is the version of the package', () => {
  expect(JSON.parse(read('package.json'))).toMatchObject({ version })
})
