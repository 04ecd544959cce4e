import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const folder = join(import.meta.dirname, 'wrong')
const files = readdirSync(folder)
const { config } = ts.readConfigFile('tsconfig.json', (path) => readFileSync(path, 'utf8')) as {
  config: object
}
const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, process.cwd())
const program = ts.createProgram(
  [...files.map((name) => join(folder, name)), join(import.meta.dirname, 'right.ts')],
  options,
)

function errorsIn(path: string): string {
  const diagnostics = ts.getPreEmitDiagnostics(program, program.getSourceFile(path))
  return ts.formatDiagnostics(diagnostics, {
    getCurrentDirectory: () => '',
    getCanonicalFileName: (name) => name,
    getNewLine: () => '\n',
  })
}

test('stages that fit compile', () => {
  expect(errorsIn(join(import.meta.dirname, 'right.ts'))).toBe('')
})

describe('what does not fit does not compile', () => {
  test.each(files)('%s', (name) => {
    const path = join(folder, name)
    const expected = /\/\/ expect: (.*)/.exec(readFileSync(path, 'utf8'))?.[1] ?? 'an expectation'
    expect(errorsIn(path)).toContain(expected)
  })
})
