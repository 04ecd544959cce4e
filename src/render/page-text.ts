/** The words of sluice(1) that no declaration holds. A paragraph that begins with two spaces keeps its lines. */
export const statusPage: {
  readonly description: readonly string[]
  readonly explain: readonly string[]
  readonly exitStatus: readonly (readonly [string, string])[]
  readonly environment: readonly (readonly [string, string])[]
  readonly examples: readonly (readonly [string, string])[]
} = {
  description: [
    'A spec is a pipeline in shell text, in a file or after `-c`. All of it is read, checked and planned before anything starts: unknown commands and options, files that are not there, stages that cannot read what the stage before them writes. What is wrong is reported together, each finding with its place underlined and what to write instead.',
    'A name is looked up as a function of the file, then as a tool of ours, then as a command on PATH. Tools that stand next to each other run fused in one process; commands of the system are real processes joined by kernel pipes.',
    'The tools that POSIX names do what GNU does under LC_ALL=C, to the byte. `sluice TOOL` and `sluice-TOOL` run one of them alone, with its own messages and exit codes; `sluice link DIR` makes links by their short names.',
    'A pipeline fails when any of its stages fails, with the code of the rightmost one that does. A stage that only answers no (`grep` that finds nothing) counts as the last stage alone. A stage whose reader wants no more is no failure.',
    'An interrupt ends every stage, real processes included, and leaves no temporary file.',
  ],
  explain: [
    '`sluice explain` shows the plan as written and as it will run, beside each other where there is room (COLUMNS, at a terminal), and the rules of the optimiser that made the one of the other, each with what it gains. `--without RULE` leaves one out of a run, `--no-optimise` all.',
    'Below each stage stands what flows in and out; where it runs (fused into this process, in several threads, on the event loop, as a real process); and what it holds in memory: streaming (a batch at a time), K rows, the distinct keys, or its whole input, which spills to temporary files past the memory budget.',
    '`--analyse` also runs the plan. What it writes to standard output goes nowhere; everything else that it does is done. Each stage then has the time in its own code, and the rows and bytes that it read and wrote; threads are added up; a real process has the time from its start to its end. The exit code is that of the run.',
    'Values that look like secrets, by the name of their option, variable or header or as the password of an address, are not shown.',
  ],
  exitStatus: [
    ['0', 'Every stage went well.'],
    ['2', 'The arguments or the spec are wrong; nothing was started.'],
    ['126, 127', 'A command could not be started, or there is none of that name.'],
    ['130, 141, 143', 'Ended by SIGINT, by its own reader going away, or by SIGTERM.'],
    ['other', 'The code of the rightmost stage that failed, or of the last stage.'],
  ],
  environment: [
    ['PATH', 'Where commands that are no tools are looked up.'],
    ['TMPDIR', 'Where what does not fit into memory is put for a while; /tmp when unset.'],
    ['POSIXLY_CORRECT', 'Options end at the first operand, as POSIX has it.'],
  ],
  examples: [
    [
      'The ten clients with the most requests:',
      'sluice -c \'cut -d" " -f1 access.log | sort | uniq -c | sort -rn | head\'',
    ],
    ['What is wrong, before anything runs:', "sluice check -c 'cat f | grpe x | sort --nope'"],
  ],
}

/** sluice.pipe(5), a section each. */
export const languagePage: readonly { readonly title: string; readonly text: readonly string[] }[] = [
  {
    title: 'DESCRIPTION',
    text: [
      'A `.pipe` file is a command. Its pipelines are shell text and mean what they mean to a POSIX shell; what is not supported is refused, with its place and what to write instead. Declarations give it parameters, tests and services.',
      `  #!/usr/bin/env sluice
  # The clients that hit the most errors.
  param log: path = access.log     # the log to read
  param top: int  = 10             # how many to print

  errors() { grep -E '" (4|5)[0-9]{2} '; }

  cat "$log" | errors | cut -d' ' -f1 | sort | uniq -c | sort -rn | head -n "$top"

  example {
    --log data/access.log --top 1
    => "   1234 66.249.73.135"
  }`,
    ],
  },
  {
    title: 'PIPELINES',
    text: [
      'Stages are joined by `|`, or by `|&` which also sends standard error on. A newline may follow either; a line may also begin with `|` and goes on with the pipeline of the line before. Pipelines are joined by `;`, a newline, `&&` and `||`; `!` in front turns a status around. `{ list; }` and `( list )` are stages.',
      'A stage is a command with its arguments, `NAME=word` in front for its environment, and redirections: `<`, `>`, `>>`, `>|`, `<>`, `<&`, `>&` with an optional descriptor in front, and the here-string `<<<`. Descriptors that sluice was started with can be used too: `sluice -c "cat <&3" 3<file`.',
      'A name is a function of the file, else a tool, else a command on PATH. `command NAME` is always the command on PATH.',
    ],
  },
  {
    title: 'WORDS',
    text: [
      "Quoting is the shell's: `'…'`, `\"…\"`, `$'…'`, and a backslash. Parameters: `$NAME`, `${NAME}`, `${NAME:-word}`, `${NAME:?word}`, `${NAME:+word}` and these without the colon, `${#NAME}`, `$0`, `$1` onwards, `$@`, `$*`, `$#`. Command output: `$(list)`. Files that lead into or out of a list: `<(list)`, `>(list)`. Home folders: `~`. File names: `*`, `?`, `[…]`.",
      "A variable's value is never split into words and never matched against files, quoted or not: it is a value, whatever it holds. Unquoted command output is split at blanks and newlines. A variable that is not set is an error before the start; `${NAME:-}` is empty instead.",
    ],
  },
  {
    title: 'DECLARATIONS',
    text: [
      'The first comment is the summary that `--help` prints.',
      '`param NAME: TYPE = DEFAULT # help` becomes the option `--NAME`. Without a default it is required. Types: `string`, `int`, `float`, `bool` (`--NAME` and `--no-NAME`), `path`, `duration` (`1h30m`), `size` (`64K`), `address` (`:8080`), `enum(a,b)`. Arguments that are no options are `$1`, `$2`, …',
      '`NAME() { list; }` is a function; it takes `$1` onwards.',
      '`example { … }` holds arguments, and after `=>` the lines they must print, or `exit N`. `sluice test FILE` runs the examples in the folder of the file.',
      '`service NAME …` and `use PATH` are read and checked for their form; this version does not start services nor load modules, and refuses to run a file that needs them.',
    ],
  },
  {
    title: 'STATUS',
    text: [
      'A pipeline fails when any stage fails, with the code of the rightmost one. A stage that answers no counts only as the last. A stage whose reader was done is no failure. This is the only status rule; there is no `pipefail` to set.',
    ],
  },
  {
    title: 'DIFFERENCES FROM A SHELL',
    text: [
      "A variable's value is never split or globbed; a line may begin with `|`; and the status rule above. Refused: background jobs, loops and conditions, arithmetic, here-documents, arrays, aliases, and the commands that change the shell itself (`cd`, `export`, `set`, …).",
    ],
  },
]
