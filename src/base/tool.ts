import type { Allowance } from './budget.js'
import type { BatchSink, BatchSource } from './channel.js'
import type { Input, Output } from './io.js'
import type { Arguments, OptionTable } from './option.js'
import type { StageOutcome, StatusClass } from './status.js'
import type { Stopping } from './stopping.js'
import type { Task, Work } from './task.js'
import type { StreamType } from './type.js'

/**
 * A tool: everything about one command, in one place. `Settings` is what its run needs, after all checks.
 */
export interface Tool<Table extends OptionTable = OptionTable, Settings = unknown> {
  readonly name: string
  readonly group: 'lines' | 'flow' | 'http' | 'net' | 'log'
  /** One line, lower case, no full stop: the man page's NAME. */
  readonly summary: string
  /** Forms of use without the name: `[OPTION]... [FILE]...`. */
  readonly usage: readonly string[]
  readonly options: Table
  /** How option parsing treats operands and old spellings. */
  readonly syntax?: ArgumentSyntax
  /** The operand that is a spec: it is checked with the text around it, and run by `io.runNested`. */
  readonly nested?: NestedSpec
  /** What the codes above 0 mean; codes not listed are `error`. */
  readonly status: ToolStatus
  /** What flows in and out, by the settings. */
  types(settings: Settings): { readonly input: StreamType; readonly output: StreamType }
  /** Facts that `explain` shows and the optimiser builds on. */
  traits(settings: Settings): Traits
  /** Paragraphs for the man page's DESCRIPTION, beyond the options. Lines that start with two spaces are kept as they are. */
  readonly details: readonly string[]
  readonly examples: readonly Example[]
  /**
   * Checks options and operands and resolves them into what the run needs. Pure: it opens no file, except
   * through `context` where an option names one (`grep -f`, `sed -f`). Throws `UsageError` or `ToolError`.
   */
  settle(args: Arguments<Table>, context: SettleContext): Settings
  /** Files the run will read (`-` and process substitutions included) and write, for the checks before the start. */
  files?(settings: Settings): { readonly reads?: readonly string[]; readonly writes?: readonly string[] }
  /** Does the work; returns the exit status. */
  run(settings: Settings, io: StageIo): Task<number>
  /** The run waits for events other than its input (followed files, sockets, children). */
  readonly asynchronous?: boolean | ((settings: Settings) => boolean)
  /** The run makes files that it removes when it is cut off: a signal must not end the process at once. */
  readonly leavesTraces?: (settings: Settings) => boolean
}

export interface ToolStatus {
  /** The usual code for trouble: wrong usage, a file that cannot be read, a failed write. */
  readonly trouble: number
  /** Codes that are an answer and no failure: grep's 1. */
  readonly false?: readonly number[]
  /** What each code means, for the man page's EXIT STATUS. */
  readonly meaning: Readonly<Record<number, string>>
  /** What follows the message of wrong usage; `Try 'NAME --help' for more information.` when absent. */
  readonly usageHint?: string
  /** Whether what helps follows instead, where it is known; tools that keep another program's words do not say it. */
  readonly tellsHelp?: boolean
  /** The code that `--help` and `--version` end with; 0 when absent. */
  readonly described?: number
  /** What a refused write of standard output is called; `write error` when absent. */
  readonly writeError?: string
  /** The code that one ends with; `trouble` when absent. */
  readonly writeTrouble?: number
}

export interface ArgumentSyntax {
  /** The first operand ends the options (POSIX order), as `xargs`, `tr` with `+` do. */
  readonly operandsLast?: boolean
  /** No options at all: every argument is an operand (`echo`, `printf`, `yes` read their own). */
  readonly raw?: boolean
  /** Whether `--help` and `--version` are options in this environment; they are when absent. */
  readonly describesItself?: (env: Environment) => boolean
  /** Rewrites obsolete forms (`head -5`, `tail +3`, `-5` for `uniq`) into the declared ones before parsing. */
  readonly obsolete?: (argv: readonly string[], env: Environment) => readonly string[]
  /** Options of the programs that users come from, by their names, and what is written here instead. */
  readonly elsewhere?: Readonly<Record<string, string>>
}

export interface NestedSpec {
  /** The operand's place, from 0. */
  readonly operand: number
  /** Variables that each of its runs sets: their values are filled in then. */
  readonly variables: readonly string[]
}

export type Environment = Readonly<Record<string, string | undefined>>

export interface SettleContext {
  readonly env: Environment
  /** Reads a whole small file named by an option; `-` is standard input. Throws `SystemError`. */
  readFile(path: string): Buffer
}

/** What the optimiser and `explain` know of a stage. */
export interface Traits {
  /** What the stage holds: a batch, a number of rows, distinct keys, or its whole input (spilled past the budget). */
  readonly memory: 'stream' | 'rows' | 'keys' | 'all'
  /** Each output line depends on one input line alone. */
  readonly rowwise?: boolean
  /** It writes a subset of its input lines, unchanged. */
  readonly filter?: boolean
  /** It writes exactly one line for each line read. */
  readonly oneToOne?: boolean
  /**
   * What it writes for parts of its input, cut between lines, is together what it writes for the whole. A run on a part
   * throws `Indivisible` where that turns out to be wrong.
   */
  readonly divisible?: boolean
  /** That holds only where no stage before leaves lines out: it asks `StageIo.partStart`. */
  readonly seesLineBefore?: boolean
  /**
   * What it writes before its input's first NUL depends on where that stands: it asks `StageIo.partStart`. What it
   * writes holds none.
   */
  readonly seesNul?: boolean
  /** It writes a byte for each byte that it reads, and NUL only for NUL. */
  readonly bytewise?: boolean
  /** Working on its input takes much longer than reading it. */
  readonly costly?: boolean
  /** Output lines stand in the order of the input lines they came from. */
  readonly keepsOrder?: boolean
  /** The result does not depend on the order of the input lines. */
  readonly ignoresOrder?: boolean
  /** It writes its input unchanged. */
  readonly identity?: boolean
  /** At most this many lines are written, after which no input is read. */
  readonly atMost?: number
  /** It does nothing but write its output. */
  readonly pure?: boolean
  /** It sorts its lines, and can do the next stage's work as well. */
  readonly sorting?: Sorting
  /** Of adjacent lines that are the same bytes it writes one. */
  readonly grouping?: Grouping
  /** It writes the first or the last lines of its standard input. */
  readonly slice?: Slice
  /** What writes the same lines in any order, for a stage that does not mind. */
  unordered?(): Operator
  /** It writes how many lines it reads, and nothing else. */
  readonly countsLines?: boolean
  /** What writes how many lines it would write, for a stage that wants to know no more; undefined where that is no less work. */
  counted?(): Operator | undefined
  /** Of each line it writes one piece, as it stands there, or nothing. */
  readonly pieces?: PieceReader | undefined
  /** What does its work on such pieces, where that is less work than on lines; undefined where not. */
  ofPieces?(pieces: PieceReader): Operator | undefined
  /** How several threads do its work, each on a part of its lines. */
  divided?(): Division | undefined
}

/** Work that is done on parts of the lines, whichever lines are in which part, and then put together. */
export interface Division {
  readonly part: Operator
  /** Writes what the stage would have written, from what `part` wrote for each part. */
  combine(parts: readonly Input[], io: StageIo): Task<number>
}

/** Finds the pieces of lines that a stage would write. */
export interface PieceReader {
  /** What the stage would write behind each. */
  readonly delimiter: number
  /** Reads all that the stage reads, gives what it finds to `use`, batch by batch, and returns the stage's status. */
  read(io: StageIo, use: (pieces: Pieces) => Task<void>): Task<number>
}

/** The pieces of a batch. */
export interface Pieces {
  /** Bytes of the lines that they are found in. */
  readonly size: number
  /** The next of them, as a list in kernel memory of where each begins and ends; it is good up to the next call. */
  next(): { readonly from: number; readonly to: number } | undefined
}

/** What can be made of a sorting stage with the one behind it, where that is less work; undefined where not. */
export interface Sorting {
  /** For a sort that writes each different line once. */
  distinct(): Operator | undefined
  grouped(grouping: Grouping): Operator | undefined
  sliced(slice: Slice): Operator | undefined
}

export interface Grouping {
  readonly delimiter: number
  /** Which lines are written: all, those that came once, or the others. */
  readonly shows: 'all' | 'once' | 'again' | 'none'
  /** Each line begins with how often it came, as `uniq -c` writes that. */
  readonly counts: boolean
}

export interface Slice {
  readonly which: 'first' | 'last'
  readonly count: number
  readonly delimiter: number
}

/** What runs in the place of stages: the optimiser puts it there, made from what their tools say of themselves. */
export interface Operator {
  /** What messages begin with, but for those of a refused write, which are the last stage's. */
  readonly name: string
  /** What it does, for `explain`. */
  readonly action: string
  readonly status: ToolStatus
  readonly types: { readonly input: StreamType; readonly output: StreamType }
  readonly traits: Traits
  run(io: StageIo): Task<number>
}

/** Thrown by a run on a part of the input when only a run on the whole can write the right thing. */
export class Indivisible extends Error {
  constructor() {
    super('the input cannot be divided')
  }
}

/** An example that is shown in help and run as a test. */
export interface Example {
  readonly about: string
  /** A spec: the tool with its arguments, or a pipeline. */
  readonly spec: string
  readonly stdin?: string
  readonly stdout: string
  readonly exit?: number
}

/** What a running stage can reach. Paths are relative to `cwd`; `-` and `/dev/std*` are the stage's own streams. */
export interface StageIo {
  /** The name messages begin with. */
  readonly name: string
  readonly env: Environment
  readonly cwd: string
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  /** Whether standard output is a terminal. */
  readonly stdoutIsTerminal: boolean
  /** Opens a file operand, `-` for standard input; it is closed when the stage ends. Throws `SystemError`. */
  open(path: string): Input
  /** Creates or opens a file for writing. Throws `SystemError`. */
  create(path: string, options?: { readonly append?: boolean }): Output
  /** Writes `NAME: MESSAGE` on standard error, at once; `name` is another one that the stage stands for. */
  warn(message: string, name?: string): void
  /** To be waited for now and then in long work that reads and writes nothing, so that the others get their turn. */
  breathe(): Task<void>
  /** The memory that this stage may hold before it spills. */
  readonly memory: Allowance
  /** Where spilled data goes; the files are unlinked as soon as they are open. */
  temporaryFolder(): string
  /** Asks the whole run to end, for stages that have something to finish then. */
  readonly stopping: Stopping
  /** The stage reads a part of what it was written for: see `Traits.divisible`. */
  readonly isPart: boolean
  /** Where in the file that begins which it reads first, if another run reads what is before; known once it has read something. */
  partStart(): number
  /**
   * Runs a command as a stage of its own would run (a tool of ours, or a program on PATH), for `xargs` and its
   * like. What was added to the stage's outputs must be flushed before.
   */
  execute(argv: readonly string[], options: ChildOptions): Task<ChildOutcome>
  /** Starts a task beside the stage, which ends it at the latest when the run is ended. */
  start<Result>(task: Task<Result>): Work<Result>
  /** Runs the tool's nested spec on ends of its own; any number of runs may be under way at once. */
  runNested(ends: NestedEnds): Task<NestedOutcome>
}

/** What a stage asks of the run that it is part of. */
export type StageServices = Pick<StageIo, 'execute' | 'start' | 'runNested'>

/** What a nested spec runs in. The ends stay open behind it, for their owner to close. */
export interface NestedEnds {
  readonly stdin: BatchSource
  readonly stdout: BatchSink
  readonly stderr: BatchSink
  /** What is added to the stage's environment, asked for once something reads one. */
  readonly env: () => Environment
}

/** How a nested spec ended: its status, and each stage's end in the order in which they ended. */
export interface NestedOutcome {
  readonly code: number
  readonly class: StatusClass
  readonly stages: readonly StageOutcome[]
}

export interface ChildOptions {
  /** What the command reads: nothing, or the stage's own standard input. Its outputs are the stage's. */
  readonly stdin: 'empty' | 'own'
  /** Added to the stage's environment. */
  readonly env?: Environment
}

/** A child's end; 127 and 126 when it was not found or could not be started, as in a shell. */
export interface ChildOutcome {
  readonly code: number
  readonly signal?: NodeJS.Signals
  /** Why there was nothing to run: `NAME: REASON`. */
  readonly failure?: string
}

/** Helps the compiler to infer the table and the settings of a tool. */
export function defineTool<const Table extends OptionTable, Settings>(
  tool: Tool<Table, Settings>,
): Tool<Table, Settings> {
  return tool
}

/** The class of an exit code, by the tool's own declaration. */
export function classify(status: ToolStatus, code: number): StatusClass {
  if (code === 0) return 'ok'
  return status.false?.includes(code) === true ? 'false' : 'error'
}
