import type { Tool } from '../base/tool.js'
import { loadTool, toolNames } from '../tools/index.js'
import { renderFactories } from './factories.js'
import { renderToolPage } from './man.js'
import { renderCommandPage, renderLanguagePage } from './pages.js'

/** Every file that is rendered, by its path from the package's root; `read` gives the files of which a part is. */
export async function renderAll(read: (path: string) => string): Promise<ReadonlyMap<string, string>> {
  const tools = (await Promise.all(toolNames.map(loadTool))).filter((tool) => tool !== undefined)
  return new Map([
    ['man/sluice.1', renderCommandPage()],
    ['man/sluice.pipe.5', renderLanguagePage()],
    ...tools.map((tool) => [`man/sluice-${tool.name}.1`, renderToolPage(tool)] as const),
    ['src/api/tools.ts', renderFactories(tools)],
    ['package.json', withBins(read('package.json'), tools)],
    ['README.md', withToolTable(read('README.md'), tools)],
  ])
}

/** The package's commands: `sluice`, and `sluice-<tool>` for each. */
function withBins(manifest: string, tools: readonly Tool[]): string {
  const shim = 'bin/sluice.cjs'
  const bin: Record<string, string> = { sluice: shim }
  for (const { name } of tools) bin[`sluice-${name}`] = shim
  const parsed = JSON.parse(manifest) as object
  return `${JSON.stringify({ ...parsed, bin }, undefined, 2)}\n`
}

const tableStart = '<!-- tools -->'
const tableEnd = '<!-- /tools -->'

function withToolTable(readme: string, tools: readonly Tool[]): string {
  const [before = '', rest = ''] = readme.split(tableStart)
  const after = rest.split(tableEnd)[1] ?? ''
  const rows = tools.map(({ name, summary }) => `| \`${name}\` | ${summary} |`)
  const table = ['| tool | what it does |', '| --- | --- |', ...rows].join('\n')
  return `${before}${tableStart}\n\n${table}\n\n${tableEnd}${after}`
}
