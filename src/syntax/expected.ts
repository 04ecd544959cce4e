/**
 * The phrases of all findings about syntax, so that they speak with one voice: the message names what is
 * wrong, the help says what to write instead.
 */
export interface Finding {
  /** `syntax`: no shell would read it. `unsupported`: a shell might, we refuse it. */
  readonly code: 'syntax' | 'unsupported'
  readonly message: string
  readonly help?: string
}

function wrong(message: string, help?: string): Finding {
  return { code: 'syntax', message, ...(help !== undefined && { help }) }
}

function unsupported(construct: string, help: string): Finding {
  return { code: 'unsupported', message: `${construct} is not supported`, help }
}

// The text as a whole

export const nulByte = wrong('the text has a NUL byte', 'a spec is text: is this the right file?')
export const carriageReturn = wrong(
  'a carriage return outside of quotes',
  'save the file with LF line ends (`tr -d "\\r"` removes the others)',
)
export const byteOrderMark = wrong(
  'a byte order mark in front of the text',
  'save the file as UTF-8 without one (`tail -c +4` removes it)',
)
export const tooDeep = (limit: number): Finding =>
  wrong(`nested more than ${limit} levels deep`, 'move the inner part to a function')

// Brackets and quotes

export const neverClosed = (opening: string): Finding => wrong(`${opening} is never closed`, closing[opening])

const closing: Readonly<Record<string, string>> = {
  "`'`": "add the closing `'`; inside of single quotes nothing can stand for it",
  '`"`': 'add the closing `"`; inside of the quotes write `\\"` for one',
  "`$'`": "add the closing `'`; inside of the quotes write `\\'` for one",
  '`{`': 'close it with `; }`: before `}` stands a `;` or a new line',
  '`${`': 'close it with `}`',
  '`(`': 'close it with `)`, or quote it',
  '`$(`': 'close it with `)`',
  '`<(`': 'close it with `)`',
  '`>(`': 'close it with `)`',
  'this `example`': 'close it with a `}` on a line of its own',
}

export const neverOpened = (closing: string): Finding =>
  wrong(
    `\`${closing}\` closes nothing`,
    closing === '}' ? 'a `{` that opens a group has a blank behind it' : 'quote it to pass it on as text',
  )
export const nothingInside = (opening: string): Finding =>
  wrong(`there is no command in \`${opening}\``, 'write a command, or leave the brackets out')
export const trailingBackslash = wrong('nothing follows the backslash', 'remove it, or quote it: `\\\\`')

// Lists and pipelines

export const nothingBefore = (operator: string): Finding =>
  wrong(`there is no command before \`${operator}\``, `write one, or remove the \`${operator}\``)
export const nothingAfter = (operator: string): Finding =>
  wrong(`there is no command after \`${operator}\``, `write one, or remove the \`${operator}\``)
export const nothingBeforeLine = (operator: string): Finding =>
  wrong(
    `there is no command before \`${operator}\``,
    operator.length === 1 || operator === '|&'
      ? `a line that begins with \`${operator}\` goes on with the line before it; no blank line and no \`;\` stands between`
      : `put the \`${operator}\` at the end of the line before`,
  )
export const unexpected = (text: string): Finding =>
  wrong(
    `unexpected \`${text}\``,
    `quote it if it is text: \`'${text}'\`; a command ends with \`;\` or a new line`,
  )
export const unexpectedWord = (after: string): Finding =>
  wrong(`unexpected word after \`${after}\``, 'end the command before it with `;` or a new line')
export const strayKeyword = (word: string): Finding =>
  wrong(`\`${word}\` belongs to no construct`, `quote it if it is a command's name: \`'${word}'\``)
export const background = unsupported(
  '`&` (a command in the background)',
  'end the command with `;`, or write `>(…)` or `<(…)` for what is to run at the same time',
)
export const negatedStage = unsupported(
  '`!` inside a pipeline',
  '`!` stands before the whole pipeline and turns its status around',
)
export const negatedTwice = unsupported('`!` twice', 'leave both out')
export const caseSeparator = (text: string): Finding =>
  unsupported(`\`${text}\` (it belongs to \`case\`)`, 'end a command with one `;`')

// Commands

const control = (word: string, help: string): Finding => unsupported(`\`${word}\` (control flow)`, help)
const loop = 'let a tool go over the lines: `xargs`, `sed`; or write it in TypeScript'

/** Reserved words of shells that begin a construct we refuse (POSIX 2.4 and the Bash manual, "Reserved Words"). */
export const refusedKeywords: Readonly<Record<string, Finding>> = {
  if: control('if', 'join commands by their status: `test … && command || other`'),
  for: control('for', loop),
  while: control('while', loop),
  until: control('until', loop),
  select: control('select', loop),
  case: control('case', 'choose by status: `grep -q PATTERN && command`; or write it in TypeScript'),
  '[[': unsupported('`[[ … ]]`', 'write `test …` or `[ … ]`'),
  function: unsupported('`function`', 'write `name() { …; }`'),
  time: unsupported('`time`', 'run the spec with `--stats`, which shows the time of each stage'),
  coproc: unsupported('`coproc`', 'write `>(…)` or `<(…)`'),
}
export const arithmeticCommand = unsupported(
  '`((…))` (arithmetic)',
  'compare with `test`, compute with `expr` or `awk`; for two subshells put a blank between: `( (`',
)
export const aliases = (word: string): Finding =>
  unsupported(`\`${word}\``, 'define a function: `name() { command "$@"; }`')
export const bareAssignment = (name: string): Finding =>
  unsupported(
    'an assignment without a command',
    `put it in front of the command that needs it, or declare \`param ${name}: string = …\``,
  )
export const arrays = unsupported('an array', 'write one word for each value, or read them from a file')
export const appending = (name: string): Finding =>
  unsupported('`+=`', `write \`${name}="$${name}…"\` in front of the command that needs it`)
export const onlyRedirections = unsupported(
  'a redirection without a command',
  'name a command: `cat < FILE`, `true > FILE`',
)
export const functionName = wrong(
  "a function's name has only letters, digits and `_`, and no digit first",
  'rename the function',
)
export const functionBody = wrong("a function's body is missing", 'write `name() { …; }`')
export const functionPlace = unsupported(
  'a function inside of another command',
  'define it at the top level, on a line of its own',
)

// Redirections

export const noTarget = (operator: string): Finding =>
  wrong(`there is no file name after \`${operator}\``, `write it, or quote \`'${operator}'\` if it is text`)
export const hereDocument = unsupported(
  '`<<` (a here-document)',
  "write `<<< 'text'`, which may have several lines, or read a file: `< FILE`",
)
export const bothStreams = (operator: string): Finding =>
  unsupported(
    `\`${operator}\` for both output streams`,
    operator === '&>>' ? 'write `>> FILE 2>&1`' : 'write `> FILE 2>&1`',
  )
export const notADescriptor = (operator: string): Finding =>
  wrong(`after \`${operator}\` stands the number of a descriptor, or \`-\``, `write \`${operator}1\` or so`)
export const namedDescriptor = unsupported('`{name}` before a redirection', 'write the number: `3>`')
export const globTarget = unsupported(
  'a pattern in a redirection',
  "write the file's name, or quote it if the name has these characters",
)

// Words

export const backquotes = unsupported('`` `…` ``', 'write `$(…)`')
export const braceExpansion = unsupported('`{…}` expansion', 'write the words out; quote it if it is text')
export const bracketExpansion = unsupported('an expansion inside of `[…]`', 'quote the word if it is text')
export const tildeInArgument = unsupported(
  '`~` inside of an argument, which shells read in different ways,',
  'write `"$HOME"`, or quote it: `\\~`',
)
export const directoryStack = (text: string): Finding =>
  unsupported(`\`${text}\` (a directory of the shell's)`, 'write the path, or quote the `~`')
export const arithmetic = (form: string): Finding =>
  unsupported(
    `\`${form}\` (arithmetic)`,
    'compute with `expr` or `awk`: `$(expr 1 + 2)`; for a subshell put a blank between: `$( (`',
  )
export const translated = unsupported('`$"…"` (a translated text)', 'remove the `$`')
export const specialParameter = (name: string): Finding =>
  unsupported(`\`$${name}\``, specialHelp[name] ?? 'pass the value as a parameter')

const specialHelp: Readonly<Record<string, string>> = {
  '?': 'use the status itself: `a && b` runs b when a went well, `a || b` when it failed',
  $: 'make a temporary file with `mktemp`',
  '!': 'nothing runs in the background; see `>(…)`',
  '-': 'leave it out: there are no shell options',
  _: 'write the word again',
}

export const badParameter = (text: string): Finding =>
  wrong(`\`${text}\` names no parameter`, 'write `${NAME}`, `${1}` or `${NAME:-word}`')
export const parameterExpansion = (text: string, operator: string): Finding =>
  unsupported(
    `\`${text}\``,
    expansionHelp[operator.endsWith('=') ? '=' : operator.charAt(0)] ??
      'write `${NAME}` and let a tool do the rest',
  )

const expansionHelp: Readonly<Record<string, string>> = {
  '%': 'let a tool do it: `basename`, `dirname`, `sed`',
  '#': 'let a tool do it: `basename`, `cut`, `sed`',
  '/': 'let a tool do it: `sed`, `tr`',
  '^': 'let a tool do it: `tr a-z A-Z`',
  ',': 'let a tool do it: `tr A-Z a-z`',
  '=': 'nothing is assigned here: write `${NAME:-word}`, or declare a param with a default',
  ':': 'let a tool do it: `cut -c`',
  '!': 'name the parameter itself',
  '@': 'write `"$@"` for all arguments',
}

export const unknownEscape = (text: string): Finding =>
  wrong(`\`${text}\` is no escape of \`$'…'\``, `write \`\\\\\` for a backslash`)
export const nulEscape = unsupported('a NUL byte in a word', "let `printf 'a\\0b'` write it")
export const notUtf8 = unsupported('a word that is not UTF-8', "let `printf '\\377'` write the bytes")
export const singleQuoteInBraces = unsupported(
  '`\'` inside of `"${…}"`, which shells read in different ways,',
  `put it in double quotes: \`"'"\``,
)
export const substitutionInBraces = unsupported(
  'a process substitution inside of `${…}`',
  'quote it if it is text',
)

// Declarations

export const parameterName = (text: string): Finding =>
  wrong(
    `\`${text}\` cannot be a parameter's name`,
    'use letters, digits and `_`, and no digit first: `dry_run`',
  )
export const parameterType = (text: string): Finding =>
  wrong(
    text === '' ? "the parameter's type is missing" : `there is no parameter type \`${text}\``,
    'types: string, int, float, bool, path, duration, size, address, enum(a,b)',
  )
export const enumChoices = wrong('an `enum` lists its values', 'write `enum(a,b)`')
export const defaultMissing = wrong('the default is missing after `=`', "write it; an empty one is `''`")
export const oneDefault = wrong('a default is one word', 'quote it')
export const declarationPlace = (keyword: string): Finding =>
  wrong(
    `a \`${keyword}\` declaration begins a line`,
    `put it on a line of its own; quote \`'${keyword}'\` for a command`,
  )
export const afterDeclaration = (keyword: string): Finding =>
  wrong(`unexpected text after the \`${keyword}\` declaration`, 'a declaration ends at the end of its line')
export const serviceIsOneCommand = (text: string): Finding =>
  wrong(`unexpected \`${text}\` in a service`, "a service is one command; quote its pipeline: `'a | b'`")
export const argumentsBeforeExpectations = wrong(
  'an argument stands after the expected output',
  'write the arguments first, then the `=>` lines',
)
export const expectationMissing = wrong(
  'an example says what comes out',
  'write a line `=> "text"` for each line of the output, or `=> exit 1`',
)
export const expectedWord = wrong(
  'after `=>` stands one line of the output, as one word without expansions, or `exit` and a number',
  'quote it: `=> "text"`',
)
export const exampleRedirection = unsupported(
  'this redirection in an example',
  'write `< FILE` or `<<< TEXT`, once, for its standard input',
)
