import { accessSync, constants, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { placeOf, systemPath } from '../base/bytes.js'
import { SystemError, system } from '../base/error.js'
import { streamDescriptor } from '../base/path.js'
import { quoteFile } from '../base/quote.js'
import type { Span } from '../base/span.js'
import type { Tool } from '../base/tool.js'
import type { PlanContext } from './scope.js'

/** Reports the files that a tool is going to read or write and cannot. */
export function checkReads(
  tool: Tool,
  settings: unknown,
  spanOf: (path: string) => Span,
  context: PlanContext,
): void {
  const { reads = [], writes = [] } = tool.files?.(settings) ?? {}
  for (const path of reads) checkReadable(path, spanOf(path), context)
  for (const path of writes) checkWritable(path, spanOf(path), context)
}

export function checkReadable(path: string, span: Span, { cwd, report }: PlanContext): void {
  if (streamDescriptor(path) !== undefined) return
  const refusal = refusalOf(() => accessSync(placeOf(cwd, path), constants.R_OK))
  if (refusal !== undefined)
    report({ code: 'unreadable', message: `cannot read ${quoteFile(path)}: ${refusal}`, span })
}

export function checkWritable(path: string, span: Span, { cwd, report }: PlanContext): void {
  if (path === '' || streamDescriptor(path) !== undefined) return
  const absolute = resolve(cwd, path)
  const refusal = refusalOf(() => {
    const stat = statSync(systemPath(absolute), { throwIfNoEntry: false })
    if (stat?.isDirectory() === true) throw new SystemError('EISDIR')
    accessSync(systemPath(stat === undefined ? dirname(absolute) : absolute), constants.W_OK)
  })
  if (refusal !== undefined)
    report({ code: 'unwritable', message: `cannot write ${quoteFile(path)}: ${refusal}`, span })
}

function refusalOf(check: () => void): string | undefined {
  try {
    system(check)
    return undefined
  } catch (error) {
    if (error instanceof SystemError) return error.reason
    throw error
  }
}
