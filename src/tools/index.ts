import type { OptionTable } from '../base/option.js'
import type { Tool } from '../base/tool.js'

/** The registry: every tool by name, loaded when it is asked for. A line a tool, sorted. */
const loaders = {
  base64: async () => anyTool((await import('./flow/base64.js')).base64),
  cat: async () => anyTool((await import('./lines/cat.js')).cat),
  comm: async () => anyTool((await import('./lines/comm.js')).comm),
  cut: async () => anyTool((await import('./lines/cut.js')).cut),
  echo: async () => anyTool((await import('./lines/echo.js')).echo),
  expand: async () => anyTool((await import('./lines/expand.js')).expand),
  false: async () => anyTool((await import('./lines/false.js')).fail),
  fmt: async () => anyTool((await import('./lines/fmt.js')).fmt),
  fold: async () => anyTool((await import('./lines/fold.js')).fold),
  grep: async () => anyTool((await import('./lines/grep.js')).grep),
  gunzip: async () => anyTool((await import('./flow/gunzip.js')).gunzip),
  gzip: async () => anyTool((await import('./flow/gzip.js')).gzip),
  head: async () => anyTool((await import('./lines/head.js')).head),
  join: async () => anyTool((await import('./lines/join.js')).join),
  listen: async () => anyTool((await import('./net/listen.js')).listen),
  logtail: async () => anyTool((await import('./log/logtail.js')).logtail),
  nc: async () => anyTool((await import('./net/nc.js')).nc),
  nl: async () => anyTool((await import('./lines/nl.js')).nl),
  paste: async () => anyTool((await import('./lines/paste.js')).paste),
  printf: async () => anyTool((await import('./flow/printf.js')).printf),
  request: async () => anyTool((await import('./http/request.js')).request),
  response: async () => anyTool((await import('./http/response.js')).response),
  rev: async () => anyTool((await import('./lines/rev.js')).rev),
  sed: async () => anyTool((await import('./lines/sed.js')).sed),
  seq: async () => anyTool((await import('./lines/seq.js')).seq),
  shuf: async () => anyTool((await import('./lines/shuf.js')).shuf),
  sort: async () => anyTool((await import('./lines/sort.js')).sort),
  tac: async () => anyTool((await import('./lines/tac.js')).tac),
  tail: async () => anyTool((await import('./lines/tail.js')).tail),
  tee: async () => anyTool((await import('./flow/tee.js')).tee),
  tr: async () => anyTool((await import('./lines/tr.js')).tr),
  true: async () => anyTool((await import('./lines/true.js')).succeed),
  unexpand: async () => anyTool((await import('./lines/unexpand.js')).unexpand),
  uniq: async () => anyTool((await import('./lines/uniq.js')).uniq),
  wc: async () => anyTool((await import('./lines/wc.js')).wc),
  xargs: async () => anyTool((await import('./flow/xargs.js')).xargs),
  yes: async () => anyTool((await import('./lines/yes.js')).yes),
  zcat: async () => anyTool((await import('./flow/zcat.js')).zcat),
} satisfies Record<string, () => Promise<Tool>>

export const toolNames: readonly string[] = Object.keys(loaders)

/** The tool of that name, or undefined. */
export async function loadTool(name: string): Promise<Tool | undefined> {
  return Object.hasOwn(loaders, name) ? await loaders[name as keyof typeof loaders]() : undefined
}

/** Forgets a tool's own types. Sound because only its own `settle` makes what its own `run` takes. */
function anyTool<Table extends OptionTable, Settings>(tool: Tool<Table, Settings>): Tool {
  return tool as unknown as Tool
}
