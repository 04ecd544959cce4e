import { spawnSync } from 'node:child_process'
import { positionAt, type Source } from '../../src/base/span.js'
import { parse, type Node, type Script, type Word, type WordPart } from '../../src/syntax/index.js'

/** A source with this text. */
export function source(text: string): Source {
  return { name: 'test', text }
}

/** The tree of a text that has nothing wrong. */
export function parseFine(text: string, declarations = true): Script {
  const { script, diagnostics } = parse(source(text), { declarations })
  if (diagnostics.length > 0)
    throw new Error(`${JSON.stringify(text)}\n${findings(text, declarations).join('\n')}`)
  return script
}

/** What is wrong with a text, as `line:column: message` and `help: …`, with the text that is underlined. */
export function findings(text: string, declarations = true): string[] {
  return parse(source(text), { declarations }).diagnostics.map(({ message, span, help }) => {
    const { line, column } = positionAt(text, span.start)
    const underlined = text.slice(span.start, span.end)
    return `${line}:${column}: ${message} <${underlined}>${help === undefined ? '' : ` help: ${help}`}`
  })
}

/** The tree without its spans, and with literals joined that a line continuation had cut. */
export function withoutSpans(node: Node): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value: unknown) => {
      if (key === 'span' || key === 'nameSpan') return undefined
      return key === 'parts' ? joinLiterals(value as readonly WordPart[]) : value
    }),
  )
}

function joinLiterals(parts: readonly WordPart[]): WordPart[] {
  const joined: WordPart[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (last?.kind === 'literal' && part.kind === 'literal')
      joined[joined.length - 1] = { ...last, text: last.text + part.text }
    else joined.push(part)
  }
  return joined
}

/** The words of the first command. */
export function wordsOf(script: Script): readonly Word[] {
  const command = script.body.statements[0]?.first.stages[0]
  return command?.kind === 'command' ? command.words : []
}

export function bash(
  script: string,
  options: { args?: string[]; cwd?: string } = {},
): { stdout: string; stderr: string; status: number | null } {
  const { args = [], cwd } = options
  return spawnSync('bash', ['--norc', ...args], {
    input: script,
    encoding: 'utf8',
    cwd,
    env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' },
  })
}
