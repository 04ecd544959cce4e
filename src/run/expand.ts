import { textOf } from '../base/bytes.js'
import { matchPaths } from '../base/glob.js'
import { escapePattern } from '../base/pattern.js'
import type { Task } from '../base/task.js'
import type { Environment } from '../base/tool.js'
import type { PlanList, PlanWord } from '../plan/plan.js'

/** What fills in words while a list runs. */
export interface Filling {
  readonly env: Environment
  /** Runs a list and gives what it wrote. */
  capture(list: PlanList): Task<Buffer>
}

/**
 * The arguments that words become: command output is filled in and, unquoted, split into fields; globs become
 * the names that match, or stay as written where none does (POSIX.1-2017 XCU 2.6).
 */
export function* expandWords(words: readonly PlanWord[], cwd: string, filling: Filling): Task<string[]> {
  const fields: string[] = []
  for (const word of words) {
    for (const field of yield* expandFields(word, filling)) {
      const matches = field.hasGlob ? matchPaths(field.pattern, cwd) : []
      fields.push(...(matches.length > 0 ? matches : [field.text]))
    }
  }
  return fields
}

/** A word where fields and globs have no meaning: an assignment's value, a redirection's target. */
export function* expandText(word: PlanWord, { env, capture }: Filling): Task<string> {
  let text = ''
  for (const part of word.parts) {
    if (part.kind === 'output') text += withoutLastNewlines(yield* capture(part.list))
    else text += part.kind === 'variable' ? (env[part.name] ?? '') : part.text
  }
  return text
}

interface Field {
  readonly text: string
  /** The text as a glob pattern: characters that were quoted are escaped. */
  readonly pattern: string
  readonly hasGlob: boolean
}

function* expandFields(word: PlanWord, { env, capture }: Filling): Task<Field[]> {
  const fields: Field[] = []
  let current: Field | undefined
  const add = (text: string, pattern: string, hasGlob: boolean): void => {
    const { text: before, pattern: patternBefore, hasGlob: globBefore } = current ?? emptyField
    current = { text: before + text, pattern: patternBefore + pattern, hasGlob: globBefore || hasGlob }
  }
  for (const part of word.parts) {
    if (part.kind === 'text') add(part.text, escapePattern(part.text), false)
    else if (part.kind === 'glob') add(part.text, part.pattern, true)
    else if (part.kind === 'variable') {
      const value = env[part.name] ?? ''
      if (part.quoted || value !== '') add(value, escapePattern(value), false)
    } else {
      const output = withoutLastNewlines(yield* capture(part.list))
      if (part.quoted) {
        add(output, escapePattern(output), false)
        continue
      }
      // Split as POSIX does at the default IFS; what comes out is a value and never a pattern.
      const [first = '', ...others] = output.split(/[ \t\n]+/)
      if (first !== '') add(first, escapePattern(first), false)
      for (const other of others) {
        if (current !== undefined) fields.push(current)
        current = undefined
        if (other !== '') add(other, escapePattern(other), false)
      }
    }
  }
  if (current !== undefined) fields.push(current)
  return fields
}

const emptyField: Field = { text: '', pattern: '', hasGlob: false }

/** POSIX.1-2017 XCU 2.6.3: newlines at the end of a command's output are removed. */
function withoutLastNewlines(output: Buffer): string {
  return textOf(output).replace(/\n+$/, '')
}
