/**
 * What a shell does inside of itself and we do not, with what to write instead. A command of that name on PATH
 * would be read as something else, so it is refused (law 2); `command NAME` still runs it.
 */
export const builtins: Readonly<Record<string, string>> = {
  '.': 'declare functions in this file',
  ':': 'write `true`',
  bg: 'start it in a shell of its own',
  break: 'there are no loops here',
  cd: 'write paths from the folder it was started in, or start sluice elsewhere',
  continue: 'there are no loops here',
  declare: 'declare a `param`, or put `NAME=value` in front of a command',
  eval: 'write the pipeline itself',
  exec: 'write the command itself',
  exit: 'the status is that of the last pipeline',
  export: 'put `NAME=value` in front of a command',
  fg: 'start it in a shell of its own',
  jobs: 'start it in a shell of its own',
  let: 'declare a `param`',
  local: 'use the function’s arguments `$1`, `$2`, …',
  read: 'declare a `param`, or let the next stage read the lines',
  readonly: 'declare a `param`',
  return: 'the status is that of the last pipeline',
  set: 'failures always count here, as with `set -eu -o pipefail`',
  shift: 'use `$2`, `$3`, … where they are needed',
  source: 'declare functions in this file',
  trap: 'interrupts stop every stage and clean up by themselves',
  type: 'write `sluice tools`',
  umask: 'set it before sluice is started',
  unset: 'write `env -u NAME command`',
  wait: 'a pipeline waits for all of its stages',
}
