import { existsSync, readFileSync } from 'node:fs'
import type { Span } from '../base/span.js'
import type { List, Parameter, ParameterCondition, Word, WordPart } from '../syntax/tree.js'
import type { PlanList, PlanPart, PlanSubstitution, PlanWord } from './plan.js'
import { type PlanContext, type Scope, valueOf } from './scope.js'
import { nearest } from './suggest.js'

/** What planning a word may need of its surroundings. */
export interface WordContext {
  readonly context: PlanContext
  readonly scope: Scope
  /** Plans a list inside of a word. */
  planList(list: List, scope: Scope): PlanList
  /** Where process substitutions go; undefined where a word cannot have any. */
  readonly substitutions?: PlanSubstitution[]
}

/**
 * Fills in parameters. A word is one argument, but for `$@`, which is as many as there are, and for a word of
 * nothing but empty unquoted parameters, which is none (POSIX.1-2017 XCU 2.5.2 and 2.6).
 */
export function planWords(words: readonly Word[], inside: WordContext): PlanWord[] {
  return words.flatMap((word) => planWord(word, inside))
}

/** A word that is always one: an assignment's value, a redirection's target, a default. */
export function planSingle(word: Word, inside: WordContext): PlanWord {
  const planned = planWord(word, inside)
  return {
    span: word.span,
    parts: planned.flatMap(({ parts }, index) => [...(index > 0 ? [space] : []), ...parts]),
  }
}

const space: PlanPart = { kind: 'text', text: ' ' }

function planWord(word: Word, inside: WordContext): PlanWord[] {
  const builder = new FieldBuilder(word.span)
  addParts(word.parts, false, builder, inside)
  return builder.fields
}

/** The fields of one word as they grow: `"a$@b"` ends a field between any two arguments. */
class FieldBuilder {
  readonly fields: PlanWord[] = []
  #parts: PlanPart[] = []
  #isField = false

  constructor(private readonly span: Span) {}

  /** `isField` when the part makes a field even if it is empty. */
  add(part: PlanPart, isField: boolean): void {
    if (!this.#isField) {
      this.#isField = isField || part.kind !== 'text' || part.text !== ''
      if (this.#isField) this.fields.push({ span: this.span, parts: this.#parts })
    }
    this.#parts.push(part)
  }

  next(): void {
    this.#parts = []
    this.#isField = false
  }
}

function addParts(parts: readonly WordPart[], quoted: boolean, to: FieldBuilder, inside: WordContext): void {
  for (const part of parts) addPart(part, quoted, to, inside)
}

function addPart(part: WordPart, quoted: boolean, to: FieldBuilder, inside: WordContext): void {
  const { scope, context } = inside
  const text = (value: string, isField = true): void => to.add({ kind: 'text', text: value }, isField)
  switch (part.kind) {
    case 'literal':
    case 'escape':
      return text(part.text)
    case 'quoted':
      if (part.parts.length === 0) text('')
      return addParts(part.parts, true, to, inside)
    case 'parameter':
      return addParameter(part, quoted, to, inside)
    case 'length':
      if (scope.late.has(part.name)) return refuseLate(part, inside)
      return text(String([...(known(part, inside) ?? '')].length))
    case 'condition':
      return addCondition(part, quoted, to, inside)
    case 'command-substitution':
      return to.add({ kind: 'output', list: inside.planList(part.list, scope), quoted }, quoted)
    case 'process-substitution': {
      const descriptor = addSubstitution(part, inside)
      return text(descriptor === undefined ? '' : `/dev/fd/${descriptor}`)
    }
    case 'tilde':
      return text(homeOf(part.user, context) ?? `~${part.user ?? ''}`)
    case 'glob':
      return to.add({ kind: 'glob', pattern: part.pattern, text: part.text }, true)
  }
}

function addParameter(part: Parameter, quoted: boolean, to: FieldBuilder, inside: WordContext): void {
  const { positional } = inside.scope
  if (part.name === '@' || (part.name === '*' && !quoted)) {
    for (const [index, value] of positional.entries()) {
      if (index > 0) to.next()
      to.add({ kind: 'text', text: value }, quoted)
    }
    return
  }
  if (inside.scope.late.has(part.name)) to.add({ kind: 'variable', name: part.name, quoted }, quoted)
  else to.add({ kind: 'text', text: known(part, inside) ?? '' }, quoted)
}

/** POSIX.1-2017 XCU 2.6.2. */
function addCondition(
  part: ParameterCondition,
  quoted: boolean,
  to: FieldBuilder,
  inside: WordContext,
): void {
  const { context, scope } = inside
  if (scope.late.has(part.name)) return refuseLate(part, inside)
  const value = valueOf(part.name, scope)
  const counts = part.operator.startsWith(':') ? value !== undefined && value !== '' : value !== undefined
  const useWord = (): void => addParts(part.word.parts, quoted, to, inside)
  switch (part.operator) {
    case ':-':
    case '-':
      if (counts) return to.add({ kind: 'text', text: value ?? '' }, quoted)
      return useWord()
    case ':+':
    case '+':
      if (counts) useWord()
      return
    case ':?':
    case '?': {
      if (counts) return to.add({ kind: 'text', text: value ?? '' }, quoted)
      const message = planSingle(part.word, inside).parts.map((piece) =>
        piece.kind === 'text' ? piece.text : '',
      )
      const said = message.join('') || 'parameter null or not set'
      return context.report({ code: 'unset', message: `${part.name}: ${said}`, span: part.span })
    }
  }
}

/** A variable whose value only the run knows can be filled in, and no more. */
function refuseLate(
  { name, span }: { readonly name: string; readonly span: Span },
  { context }: WordContext,
): void {
  const message = `\`$${name}\` has its value only when this runs`
  context.report({ code: 'unsupported', message, span, help: `write $${name}; it is always set here` })
}

/** The value of a variable that has to be set: a mistyped name would else pass as an empty word. */
function known(
  { name, span }: { readonly name: string; readonly span: Span },
  { scope, context }: WordContext,
): string | undefined {
  const value = valueOf(name, scope)
  if (value !== undefined) return value
  context.report({
    code: 'unset',
    message: `\`$${name}\` is not set`,
    span,
    help: helpForUnset(name, [...scope.variables.keys()]),
  })
  return undefined
}

function helpForUnset(name: string, known: readonly string[]): string {
  const mayBeUnset = `write \${${name}:-} where it may be unset`
  if (/^\d+$/.test(name)) return `arguments follow the file, or the SPEC and a name; ${mayBeUnset}`
  const meant = name.length > 2 ? nearest(name, known) : undefined
  return meant === undefined ? mayBeUnset : `did you mean \`$${meant}\`?`
}

/** bash numbers its process substitutions from 63 downwards; few programs expect other descriptors above 9. */
const firstSubstitution = 63
const leastSubstitution = 10

/** A number that means nothing yet, neither in the stages around nor in the process: `$1` may be its `/dev/fd/63`. */
function freeDescriptor(taken: ReadonlySet<number>): number {
  const isFree = (number: number): boolean => !taken.has(number) && !existsSync(`/proc/self/fd/${number}`)
  for (let number = firstSubstitution; number >= leastSubstitution; number--)
    if (isFree(number)) return number
  let above = firstSubstitution + 1
  while (!isFree(above)) above++
  return above
}

function addSubstitution(
  part: Extract<WordPart, { kind: 'process-substitution' }>,
  { context, scope, substitutions, planList }: WordContext,
): number | undefined {
  if (substitutions === undefined) {
    context.report({
      code: 'unsupported',
      message: `a process substitution cannot stand here`,
      span: part.span,
      help: 'give it to a command as an argument or as the target of a redirection',
    })
    return undefined
  }
  const siblings = substitutions.map((substitution) => substitution.descriptor)
  const descriptor = freeDescriptor(new Set([...scope.descriptors, ...siblings]))
  const direction = part.direction === '<' ? 'read' : 'write'
  substitutions.push({ descriptor, direction, list: planList(part.list, scope), span: part.span })
  return descriptor
}

function homeOf(user: string | undefined, { env }: PlanContext): string | undefined {
  if (user === undefined) return env['HOME']
  try {
    const entry = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((line) => line.startsWith(`${user}:`))
    return entry?.split(':')[5]
  } catch {
    return undefined
  }
}
