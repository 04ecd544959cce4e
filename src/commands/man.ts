import { spawnSync } from 'node:child_process'
import { ToolError } from '../base/error.js'
import { endBy } from './end-by.js'
import { nearest } from '../plan/suggest.js'
import { renderCommandPage, renderLanguagePage } from '../render/pages.js'
import { renderToolPage } from '../render/man.js'
import { loadTool, toolNames } from '../tools/index.js'
import { writeOut } from './write-out.js'

/** Shows a manual page, rendered afresh, with `man` or `mandoc` where there is one, else as it is. */
export async function man(name: string): Promise<number> {
  const page = await pageOf(name)
  const viewers: readonly [string, ...string[]][] = [
    ['mandoc', '-a'],
    ['man', '-l', '-'],
  ]
  for (const [viewer, ...args] of viewers) {
    const { error, status, signal } = spawnSync(viewer, args, {
      input: page,
      stdio: ['pipe', 'inherit', 'inherit'],
    })
    if (signal !== null) endBy(signal)
    if (error === undefined) return status ?? 1
  }
  writeOut(page)
  return 0
}

async function pageOf(name: string): Promise<string> {
  const short = name.replace(/^sluice-/, '')
  if (short === 'sluice') return renderCommandPage()
  if (short === 'sluice.pipe' || short === 'pipe') return renderLanguagePage()
  const tool = await loadTool(short)
  if (tool !== undefined) return renderToolPage(tool)
  const meant = nearest(short, [...toolNames, 'sluice', 'sluice.pipe'])
  const help = meant === undefined ? '' : `; did you mean '${meant}'?`
  throw new ToolError(`there is no page for '${name}'${help}`, 1)
}
