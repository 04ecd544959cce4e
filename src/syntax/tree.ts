import type { Span } from '../base/span.js'

/**
 * The syntax tree: plain data. Every node has the span it covers, in offsets of the outermost source text,
 * also when it was parsed from a word inside another spec (see `StaticText`). A node's span lies within its
 * parent's, and siblings stand in the order of the text.
 */
export type Node =
  | Script
  | Declaration
  | ParameterType
  | Expectation
  | List
  | AndOr
  | Link
  | Pipeline
  | Pipe
  | Command
  | Assignment
  | Redirection
  | Word
  | WordPart
  | Comment

/** A whole `.pipe` file, or a spec given with `-c`. */
export interface Script {
  readonly kind: 'script'
  readonly span: Span
  /** The text of the first comment block, without `#`; lines joined by newlines. */
  readonly summary: string | undefined
  readonly parameters: readonly ParameterDeclaration[]
  /** Functions are defined at the top level only; a later definition of a name replaces the earlier from there on. */
  readonly functions: readonly FunctionDefinition[]
  readonly examples: readonly Example[]
  readonly services: readonly Service[]
  readonly uses: readonly Use[]
  /** What runs, without the declarations and functions. */
  readonly body: List
  /** Every comment, wherever it stands. */
  readonly comments: readonly Comment[]
}

export type Declaration = ParameterDeclaration | FunctionDefinition | Example | Service | Use

/** `param NAME: TYPE [= default]  # help` */
export interface ParameterDeclaration {
  readonly kind: 'param'
  readonly span: Span
  readonly name: string
  readonly nameSpan: Span
  readonly type: ParameterType
  /** Without a default the parameter is required. */
  readonly default: Word | undefined
  readonly help: string | undefined
}

export interface ParameterType {
  readonly kind: 'type'
  readonly span: Span
  readonly name: ParameterTypeName
  /** The values of an `enum(a,b)`; empty for the other types. */
  readonly choices: readonly string[]
}

export type ParameterTypeName =
  'string' | 'int' | 'float' | 'bool' | 'path' | 'duration' | 'size' | 'address' | 'enum'

/** `NAME() { … }` or `NAME() ( … )`, with the body's redirections. */
export interface FunctionDefinition {
  readonly kind: 'function'
  readonly span: Span
  readonly name: string
  readonly nameSpan: Span
  readonly body: Group | Subshell
}

/** `example { arguments => expected lines }`, see `example.ts`. */
export interface Example {
  readonly kind: 'example'
  readonly span: Span
  readonly arguments: readonly Word[]
  /** `< FILE` or `<<< TEXT`. */
  readonly stdin: Redirection | undefined
  readonly expected: readonly Expectation[]
}

export type Expectation = ExpectedLine | ExpectedExit

/** `=> "line"`: the next line of the output; the word is static. */
export interface ExpectedLine {
  readonly kind: 'expected-line'
  readonly span: Span
  readonly line: Word
}

/** `=> exit N` */
export interface ExpectedExit {
  readonly kind: 'expected-exit'
  readonly span: Span
  readonly code: number
}

/** `service NAME listen …` or `service NAME exec …`; `words` begins with `listen` or `exec`. */
export interface Service {
  readonly kind: 'service'
  readonly span: Span
  readonly name: string
  readonly nameSpan: Span
  readonly words: readonly Word[]
}

/** `use ./module.ts` */
export interface Use {
  readonly kind: 'use'
  readonly span: Span
  readonly path: Word
}

/** Statements one after another (POSIX 2.9.3, sequential lists). */
export interface List {
  readonly kind: 'list'
  readonly span: Span
  readonly statements: readonly AndOr[]
}

/** Pipelines joined by `&&` and `||`, which bind equally, from the left; most often `rest` is empty. */
export interface AndOr {
  readonly kind: 'and-or'
  readonly span: Span
  readonly first: Pipeline
  readonly rest: readonly Link[]
}

export interface Link {
  readonly kind: 'link'
  readonly span: Span
  readonly operator: '&&' | '||'
  readonly pipeline: Pipeline
}

export interface Pipeline {
  readonly kind: 'pipeline'
  readonly span: Span
  /** `!` in front. */
  readonly negated: boolean
  readonly stages: readonly Command[]
  /** What joins the stages: `pipes[i]` stands between `stages[i]` and `stages[i + 1]`. */
  readonly pipes: readonly Pipe[]
}

/** `|`, or `|&` which also sends standard error on, after the stage's own redirections. */
export interface Pipe {
  readonly kind: 'pipe'
  readonly span: Span
  readonly withStderr: boolean
}

export type Command = SimpleCommand | Group | Subshell

/** `words` is never empty; the first is the command's name. */
export interface SimpleCommand {
  readonly kind: 'command'
  readonly span: Span
  readonly assignments: readonly Assignment[]
  readonly words: readonly Word[]
  readonly redirections: readonly Redirection[]
}

/** `{ list }` */
export interface Group {
  readonly kind: 'group'
  readonly span: Span
  readonly list: List
  readonly redirections: readonly Redirection[]
}

/** `( list )` */
export interface Subshell {
  readonly kind: 'subshell'
  readonly span: Span
  readonly list: List
  readonly redirections: readonly Redirection[]
}

/** `NAME=value` in front of a command. */
export interface Assignment {
  readonly kind: 'assignment'
  readonly span: Span
  readonly name: string
  readonly value: Word
}

/** The target of `<&` and `>&` is static: a descriptor's number, or `-` which closes. */
export interface Redirection {
  readonly kind: 'redirection'
  readonly span: Span
  /** The number in front of the operator; without one, 0 for the operators that begin with `<` and 1 for the others. */
  readonly descriptor: number
  readonly operator: RedirectionOperator
  readonly target: Word
}

export type RedirectionOperator = '<' | '>' | '>>' | '>|' | '<>' | '<&' | '>&' | '<<<'

/** The text of a word is that of its parts, one after another. No parts: an empty value, as in `X= cmd`. */
export interface Word {
  readonly kind: 'word'
  readonly span: Span
  readonly parts: readonly WordPart[]
}

export type WordPart =
  | Literal
  | Escape
  | Quoted
  | Parameter
  | ParameterLength
  | ParameterCondition
  | CommandSubstitution
  | ProcessSubstitution
  | Tilde
  | Glob

/** Characters that stand for themselves: the one at `i` stands in the source at `span.start + i`. */
export interface Literal {
  readonly kind: 'literal'
  readonly span: Span
  readonly text: string
}

/** `\c`, or in `$'…'` one escape sequence, or all that spell bytes and follow each other. */
export interface Escape {
  readonly kind: 'escape'
  readonly span: Span
  readonly text: string
}

/** `'…'`, `"…"` or `$'…'`. Only `"…"` holds more than literals and escapes. */
export interface Quoted {
  readonly kind: 'quoted'
  readonly span: Span
  readonly style: 'single' | 'double' | 'dollar'
  readonly parts: readonly WordPart[]
}

/** `$NAME`, `${NAME}`; the name may be a number (`0` too), `@`, `*` or `#`. */
export interface Parameter {
  readonly kind: 'parameter'
  readonly span: Span
  readonly name: string
}

/** `${#NAME}`: the length of the value, in characters. */
export interface ParameterLength {
  readonly kind: 'length'
  readonly span: Span
  readonly name: string
}

/** `${NAME:-word}` and its like (POSIX 2.6.2); with `:` an empty value counts as unset. The name is never `@` or `*`. */
export interface ParameterCondition {
  readonly kind: 'condition'
  readonly span: Span
  readonly name: string
  readonly operator: ':-' | '-' | ':?' | '?' | ':+' | '+'
  readonly word: Word
}

/** `$(list)` */
export interface CommandSubstitution {
  readonly kind: 'command-substitution'
  readonly span: Span
  readonly list: List
}

/** `<(list)`: a file name to read the list's output from; `>(list)`: one to write its input to. */
export interface ProcessSubstitution {
  readonly kind: 'process-substitution'
  readonly span: Span
  readonly direction: '<' | '>'
  readonly list: List
}

/** `~` or `~user` where it is expanded; `user` is undefined for one's own home. */
export interface Tilde {
  readonly kind: 'tilde'
  readonly span: Span
  readonly user: string | undefined
}

/** `*`, `?` or `[…]`, unquoted, in a word where file names are matched (arguments only). */
export interface Glob {
  readonly kind: 'glob'
  readonly span: Span
  /** The pattern; what was quoted inside of brackets has a backslash in front. */
  readonly pattern: string
  /** The text it stands for when no file matches. */
  readonly text: string
}

/** From `#` to the end of the line. */
export interface Comment {
  readonly kind: 'comment'
  readonly span: Span
  /** As written, with the `#`, without blanks at the end. */
  readonly text: string
}
