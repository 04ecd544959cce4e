import type { OptionTable } from '../base/option.js'

/** What is said of sluice's own commands: for the front door, the manual and completion. */
export const commandForms = {
  run: { usage: 'FILE [ARG]...', summary: 'run a .pipe file; the same as sluice FILE' },
  check: {
    usage: 'FILE [ARG]... | -c SPEC [NAME [ARG]...]',
    summary: 'report what is wrong with a spec, and start nothing',
  },
  completion: { usage: 'bash|zsh|fish', summary: 'print a completion script for a shell' },
  explain: {
    usage: 'FILE [ARG]... | -c SPEC [NAME [ARG]...]',
    summary:
      'show what a spec becomes and why; --format text, json, mermaid or svg; --analyse runs it too, without its output, and measures',
  },
  fmt: { usage: 'FILE | -c SPEC', summary: 'print a spec in its canonical form' },
  link: { usage: 'DIR', summary: 'make links in DIR to the tools, by their short names' },
  man: {
    usage: '[NAME]',
    summary: 'show the manual page of sluice, of a tool, or of the language (sluice.pipe)',
  },
  test: { usage: 'FILE...', summary: 'run the examples in .pipe files' },
  tools: { usage: '', summary: 'list the tools' },
  version: { usage: '', summary: 'print the version' },
} as const

export type CommandName = keyof typeof commandForms

/** The options in front of a spec. */
export const runOptions = {
  spec: { short: 'c', value: 'SPEC', help: 'run SPEC; its name and its arguments follow, as with sh -c' },
  engine: {
    long: 'engine',
    value: 'NAME',
    help: 'how stages run: inline (fused in this process, the default) or processes (one each)',
  },
  stats: {
    long: 'stats',
    value: 'FORMAT',
    optionalValue: true,
    help: 'tell on standard error what each stage read, wrote and took, as text or json',
  },
  noOptimise: { long: 'no-optimise', help: 'run the plan as it is written' },
  without: {
    long: 'without',
    value: 'RULE',
    help: 'leave out an optimiser rule; may be given several times',
  },
  threads: {
    long: 'threads',
    value: 'COUNT',
    help: 'work on large files with COUNT threads; 1 for none beside the first. One for each core is the default',
  },
  readSize: {
    long: 'read-size',
    value: 'BYTES',
    help: 'read at most BYTES at a time: small values cut batches anywhere',
  },
} as const satisfies OptionTable
