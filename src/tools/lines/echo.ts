import { bytesOf } from '../../base/bytes.js'
import { defineTool, type Environment } from '../../base/tool.js'
import { lines, nothing } from '../../base/type.js'

interface Settings {
  readonly text: Buffer
}

export const echo = defineTool({
  name: 'echo',
  group: 'lines',
  summary: 'display a line of text',
  usage: ['[-neE]... [STRING]...'],
  options: {},
  syntax: { raw: true, describesItself: (env) => !isPosix(env) },
  status: { trouble: 1, meaning: { 0: 'the text was written', 1: 'it could not be written' } },
  settle({ operands }, { env }): Settings {
    const posix = isPosix(env)
    let newline = true
    let escapes = posix
    let first = 0
    const takesOptions = !posix || operands[0] === '-n'
    for (; takesOptions && /^-[neE]+$/.test(operands[first] ?? ''); first++) {
      for (const letter of operands[first] ?? '') {
        if (letter === 'n') newline = false
        if (letter === 'e') escapes = true
        if (letter === 'E') escapes = posix
      }
    }
    const words = operands.slice(first)
    const { bytes, ended } = escapes
      ? unescape(words.join(' '))
      : { bytes: bytesOf(words.join(' ')), ended: false }
    return { text: newline && !ended ? Buffer.concat([bytes, Buffer.from('\n')]) : bytes }
  },
  types: () => ({ input: nothing, output: lines }),
  traits: () => ({ memory: 'stream', pure: true }),
  details: [
    'It writes its arguments with a blank between any two and a newline at the end. `-n` leaves the newline out; `-e` reads backslash escapes: `\\a \\b \\e \\f \\n \\r \\t \\v \\\\`, `\\0NNN` in octal, `\\xHH`, and `\\c`, which ends the output; `-E` (the default) does not.',
  ],
  examples: [
    { about: 'A line', spec: "echo 'some text'", stdout: 'some text\n' },
    { about: 'Escapes', spec: "echo -e 'a\\tb'", stdout: 'a\tb\n' },
  ],
  *run({ text }, { stdout }) {
    stdout.append(text)
    yield* stdout.flush()
    return 0
  },
})

/** POSIX knows no options; under its rules only -n in front is one, and escapes always count. */
function isPosix(env: Environment): boolean {
  return env['POSIXLY_CORRECT'] !== undefined
}

const letters: Readonly<Record<string, number>> = {
  a: 0x07,
  b: 0x08,
  e: 0x1b,
  f: 0x0c,
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
  v: 0x0b,
  '\\': 0x5c,
}

/** Reads backslash escapes (coreutils manual, "echo invocation"); `ended` when `\c` cut the text short. */
function unescape(text: string): { bytes: Buffer; ended: boolean } {
  const pieces: Buffer[] = []
  const escape = /\\(?:x([0-9A-Fa-f]{1,2})|0([0-7]{1,3})|([1-7][0-7]{0,2})|(0)|([abefnrtv\\])|(c))/g
  let at = 0
  for (const match of text.matchAll(escape)) {
    const [whole, hexadecimal, octal, bareOctal, zero, letter] = match
    pieces.push(bytesOf(text.slice(at, match.index)))
    at = match.index + whole.length
    if (hexadecimal !== undefined) pieces.push(Buffer.of(parseInt(hexadecimal, 16)))
    else if (octal !== undefined || bareOctal !== undefined)
      pieces.push(Buffer.of(parseInt(octal ?? bareOctal ?? '', 8) & 0xff))
    else if (zero !== undefined) pieces.push(Buffer.of(0))
    else if (letter !== undefined) pieces.push(Buffer.of(letters[letter] ?? 0))
    else return { bytes: Buffer.concat(pieces), ended: true }
  }
  pieces.push(bytesOf(text.slice(at)))
  return { bytes: Buffer.concat(pieces), ended: false }
}
