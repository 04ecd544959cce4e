import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const readme = readFileSync('README.md', 'utf8')
const blocks = [...readme.matchAll(/```(\w+)\n([^]*?)```/g)].map(([, language = '', text = '']) => ({
  language,
  text,
}))

/** The README's commands, as a reader types them: from the package's root. */
function run(command: string): { output: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-c', command], {
    env: { ...process.env, LC_ALL: 'C' },
  })
  // npm may have to say something about its own settings.
  const said = stderr.toString().replace(/^npm warn .*\n/gm, '')
  return { output: stdout.toString() + said, status }
}

describe('every command of the README works', () => {
  const commands = blocks
    .filter(({ language, text }) => language === 'sh' && !text.startsWith('#!'))
    .flatMap(({ text }) => text.split('\n'))
    .map((line) => line.replace(/ +# .*/, '').replace(/^npm ci && /, ''))
    // The tests are running already.
    .filter((line) => line !== '' && line !== 'npm test')
  test.each(commands)('%s', (command) => {
    const { output, status } = run(command)
    expect(status, output).toBe(0)
    expect(output).not.toBe('')
  })
})

describe('every transcript of the README shows what is printed', () => {
  const transcripts = blocks
    .filter(({ language }) => language === 'console')
    .map(({ text }) => /^\$ (.*)\n([^]*)$/.exec(text))
    .map((match) => [match?.[1] ?? '', match?.[2] ?? ''] as const)
  test.each(transcripts)('%s', (command, expected) => {
    expect(run(command).output).toBe(expected)
  })
})

test('the first command prints what stands below it', () => {
  const [, expected] = /The first prints\n\n```\n([^]*?)```/.exec(readme) ?? []
  expect(run('npx sluice examples/top-clients.pipe').output).toBe(expected)
})

test('the file that the README shows is the example', () => {
  const shown = blocks.find(({ text }) => text.startsWith('#!'))?.text
  expect(shown).toBe(readFileSync('examples/top-clients.pipe', 'utf8'))
})
