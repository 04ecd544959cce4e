import { UsageError } from '../../../base/error.js'

/** Parts a line into words, with quotes and backslashes as in a shell and nothing else. Throws `UsageError`. */
export function splitWords(line: string): string[] {
  const words: string[] = []
  for (let at = line.search(/\S/); at >= 0 && at < line.length;) {
    const [word = ''] = /^(?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/s.exec(line.slice(at)) ?? []
    const next = at + word.length
    if (word === '' || /\S/.test(line.charAt(next))) throw new UsageError('a quote has no end')
    words.push(word.replace(quoted, unquote))
    at = next + (line.slice(next).match(/^\s*/)?.[0].length ?? 0)
  }
  return words
}

const quoted = /\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)"/gs

function unquote(_part: string, escaped?: string, single?: string, double?: string): string {
  return escaped ?? single ?? (double ?? '').replace(/\\(["\\$`])/g, '$1')
}
