import type { Span } from '../base/span.js'
import type { Division, Operator, Tool, ToolStatus } from '../base/tool.js'
import type { Settled } from './settle.js'

/**
 * What will run, as plain data: every name looked up, every parameter filled in, every option settled that
 * can be settled before the start.
 */
export interface PlanList {
  readonly items: readonly PlanItem[]
}

export interface PlanItem {
  /** When it runs: always, or only after a success or a failure of what ran before. */
  readonly when: 'always' | 'success' | 'failure'
  readonly pipeline: PlanPipeline
}

export interface PlanPipeline {
  readonly negated: boolean
  readonly stages: readonly PlanStage[]
  readonly span: Span
}

export type PlanStage = ToolStage | CommandStage | GroupStage | OperatorStage | ParallelStage

/** A stage's number in its pipeline as written, from 1. */
export interface WrittenPlace {
  readonly position: number
  readonly of: number
}

interface StageBase {
  /** What reports call it: `grep`, `/usr/bin/cat`, `{ … }`. */
  readonly name: string
  readonly span: Span
  readonly redirections: readonly PlanRedirection[]
  /** `NAME=word` before the command. */
  readonly environment: readonly PlanAssignment[]
  /** `<(list)` and `>(list)` in its words and redirections. */
  readonly substitutions: readonly PlanSubstitution[]
  /** Where it was written, when that is not where it stands. */
  readonly place?: WrittenPlace
}

/** A tool of ours. */
export interface ToolStage extends StageBase {
  readonly kind: 'tool'
  readonly tool: Tool
  readonly arguments: readonly PlanWord[]
  /** What the arguments ask for; absent when that has to wait for the run. */
  readonly settled?: Settled
  /** The spec among its arguments. It runs on ends of its own, so it is none of the stages around it. */
  readonly nested?: PlanList
}

/** A command of the system. */
export interface CommandStage extends StageBase {
  readonly kind: 'command'
  /** The program to start, with its folder. */
  readonly path: string
  /** What its codes mean where that is known; else every code but 0 is an error. */
  readonly status?: ToolStatus
  readonly arguments: readonly PlanWord[]
}

/** `{ list }`, `( list )`, a function called by its name, or a source or stage made of a program's own code. */
export interface GroupStage extends StageBase {
  readonly kind: 'group'
  readonly list: PlanList
}

/** What the optimiser put in the place of stages. */
export interface OperatorStage extends StageBase {
  readonly kind: 'operator'
  readonly operator: Operator
  /** The last of the stages that it stands for: a refused write is its failure. */
  readonly writer: Pick<Tool, 'name' | 'status'>
  /** The stages as written. */
  readonly standsFor: readonly PlanStage[]
}

/** Stages that several threads run at once, each on parts of a file. */
export interface ParallelStage extends StageBase {
  readonly kind: 'parallel'
  /** What would run in one thread; the first reads the file, as an operand or by a redirection. */
  readonly stages: readonly (ToolStage | OperatorStage)[]
  readonly file: string
  /** What every thread runs. */
  readonly parts: readonly (ToolStage | OperatorStage)[]
  /** How what they write is put together; without it, in the order of the file. */
  readonly combine?: Division['combine']
  readonly threads: number
  /** The pipeline as written: other threads make these stages of it again. */
  readonly written: readonly PlanStage[]
  /** The optimiser's rules that were left out. */
  readonly without: readonly string[]
}

export interface PlanAssignment {
  readonly name: string
  readonly value: PlanWord
}

/** A word whose parameters are filled in. It is one argument unless it has globs or unquoted command output. */
export interface PlanWord {
  readonly span: Span
  readonly parts: readonly PlanPart[]
}

export type PlanPart =
  | { readonly kind: 'text'; readonly text: string }
  /** Unquoted `*`, `?` or `[…]`; `text` is what it stands for when no file matches. */
  | { readonly kind: 'glob'; readonly pattern: string; readonly text: string }
  /** A variable that is set when the list runs, in its environment. */
  | { readonly kind: 'variable'; readonly name: string; readonly quoted: boolean }
  /** `$(list)`; unquoted, its output is split into fields at blanks and newlines. */
  | { readonly kind: 'output'; readonly list: PlanList; readonly quoted: boolean }

/** `<(list)` or `>(list)`: the argument says `/dev/fd/N`, and the list runs beside the stage. */
export interface PlanSubstitution {
  readonly descriptor: number
  readonly direction: 'read' | 'write'
  readonly list: PlanList
  readonly span: Span
}

export interface PlanRedirection {
  readonly descriptor: number
  readonly operator: '<' | '>' | '>>' | '>|' | '<>' | '<&' | '>&' | '<<<'
  readonly target: PlanWord
  readonly span: Span
}

/** A word's text when nothing in it has to wait for the run. */
export function staticText(word: PlanWord): string | undefined {
  let text = ''
  for (const part of word.parts) {
    if (part.kind !== 'text') return undefined
    text += part.text
  }
  return text
}

/** The stages as written that one stands for. */
export function writtenStages(
  stage: PlanStage,
): readonly Exclude<PlanStage, OperatorStage | ParallelStage>[] {
  if (stage.kind === 'operator') return stage.standsFor.flatMap(writtenStages)
  return stage.kind === 'parallel' ? stage.stages.flatMap(writtenStages) : [stage]
}

/** Whether a stage is a real process, or has one inside. */
export function startsProcess(stage: PlanStage): boolean {
  if (stage.kind !== 'group') return stage.kind === 'command'
  return [...stagesOf(stage.list)].some(({ kind }) => kind === 'command')
}

/** Every stage of a list, those inside groups and substitutions included. */
export function* stagesOf(list: PlanList): Generator<PlanStage> {
  for (const { pipeline } of list.items) {
    for (const stage of pipeline.stages) {
      yield stage
      for (const inner of innerLists(stage)) yield* stagesOf(inner)
    }
  }
}

function* innerLists(stage: PlanStage): Generator<PlanList> {
  for (const { target } of stage.redirections) yield* outputsIn(target)
  for (const { value } of stage.environment) yield* outputsIn(value)
  for (const { list } of stage.substitutions) yield list
  if (stage.kind === 'group') yield stage.list
  else if (stage.kind === 'tool' || stage.kind === 'command')
    for (const word of stage.arguments) yield* outputsIn(word)
}

function* outputsIn(word: PlanWord): Generator<PlanList> {
  for (const part of word.parts) if (part.kind === 'output') yield part.list
}
