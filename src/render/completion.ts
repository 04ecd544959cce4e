import { names } from '../base/getopt.js'
import type { OptionTable } from '../base/option.js'
import type { Tool } from '../base/tool.js'
import { commandForms, runOptions } from '../commands/forms.js'
import { commonOptions } from '../plan/settle.js'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** A completion script for `sluice` and every `sluice-<tool>`, from the tools' declarations. */
export function renderCompletion(shell: Shell, tools: readonly Tool[]): string {
  switch (shell) {
    case 'bash':
      return renderBash(tools)
    case 'zsh':
      // zsh reads bash's form through its own compatibility layer.
      return `autoload -U +X bashcompinit && bashcompinit\n${renderBash(tools)}`
    case 'fish':
      return renderFish(tools)
  }
}

const commands = Object.keys(commandForms)

function renderBash(tools: readonly Tool[]): string {
  const cases = tools.map((tool) => `    ${tool.name}) words='${optionWords(optionsOf(tool))}' ;;`)
  const toolWords = tools.map(({ name }) => name).join(' ')
  return `# Completion of sluice for bash: source <(sluice completion bash)
_sluice() {
  local current=\${COMP_WORDS[COMP_CWORD]} name=\${1##*/} words=
  [ "$name" = sluice ] && [ "$COMP_CWORD" -gt 1 ] && name=\${COMP_WORDS[1]}
  case \${name#sluice-} in
    sluice) words='${commands.join(' ')} ${toolWords} ${optionWords(runOptions)}' ;;
    run | -*) words='${optionWords(runOptions)}' ;;
    completion) words='${shells.join(' ')}' ;;
    man) words='sluice sluice.pipe ${toolWords}' ;;
${cases.join('\n')}
    *.pipe) words=$("$1" "$name" --help 2>/dev/null | grep -o -e '--[[:alnum:]_-]*') ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -f -- "$current"))
}
complete -o filenames -F _sluice sluice ${tools.map(({ name }) => `sluice-${name}`).join(' ')}
`
}

function renderFish(tools: readonly Tool[]): string {
  const head = [
    '# Completion of sluice for fish: sluice completion fish | source',
    `complete -c sluice -n __fish_use_subcommand -a '${commands.join(' ')}'`,
  ]
  const lines = tools.flatMap((tool) => [
    `complete -c sluice -n __fish_use_subcommand -a ${tool.name} -d '${fishQuote(tool.summary)}'`,
    ...Object.values(optionsOf(tool)).map(({ short, long, help, value }) => {
      const forms = [...names(short).map((name) => `-s ${name}`), ...names(long).map((name) => `-l ${name}`)]
      return `complete -c sluice-${tool.name} ${forms.join(' ')}${value === undefined ? '' : ' -r'} -d '${fishQuote(help)}'`
    }),
  ])
  return `${[...head, ...lines].join('\n')}\n`
}

function optionWords(options: OptionTable): string {
  const words = Object.values(options).flatMap(({ short, long }) => [
    ...names(short).map((name) => `-${name}`),
    ...names(long).map((name) => `--${name}`),
  ])
  return words.join(' ')
}

function optionsOf(tool: Tool): OptionTable {
  const table: OptionTable = { ...tool.options, ...commonOptions }
  return Object.fromEntries(Object.entries(table).filter(([, { hidden }]) => hidden !== true))
}

function fishQuote(text: string): string {
  return text.replace(/[\\']/g, '\\$&')
}
