import { spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runToolHere, type ToolResult } from './run-tool.js'

/** One comparison with the real tool: same arguments, same input, same files. */
export interface GnuRow {
  /** The scenario in a few words. */
  readonly title: string
  readonly args: readonly string[]
  readonly stdin?: string | Uint8Array
  /** Files that stand in the working folder before the run, by name. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  /** Symbolic links there, by name. */
  readonly links?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  /** Where ours differs on purpose: what it writes instead, and why. */
  readonly differs?: {
    readonly why: string
    readonly instead: { readonly stdout?: string; readonly stderr?: string; readonly exit?: number }
  }
}

/**
 * Holds a tool to the real one on PATH, row by row: standard output to the byte, standard error, exit code, and
 * the files left behind. Every row runs again with reads of one byte and of seven.
 */
export function againstGnu(tool: string, rows: readonly GnuRow[]): void {
  describe(`${tool} does what GNU ${tool} does`, () => {
    test.each(rows.map((row) => [row.title, row] as const))('%s', async (_title, row) => {
      const expected = row.differs === undefined ? inFolder(row, (cwd) => runGnu(tool, row, cwd)) : undefined
      for (const readSize of [undefined, 1, 7]) {
        const stdin = toBytes(row.stdin ?? '')
        if (readSize !== undefined && sizeOf(row) > 100_000) continue
        const actual = await inFolderAsync(row, (cwd) =>
          runToolHere({
            tool,
            args: row.args,
            stdin,
            cwd,
            env: { ...row.env },
            ...(readSize ? { readSize } : {}),
          }),
        )
        if (expected !== undefined) expect(readable(actual)).toEqual(readable(await expected))
        else expect(readable(actual)).toMatchObject(row.differs?.instead ?? {})
      }
    })
  })
}

type Left = ToolResult & { readonly files: Readonly<Record<string, Buffer>> }

function runGnu(tool: string, row: GnuRow, cwd: string): ToolResult {
  const { PATH = '' } = process.env
  const result = spawnSync(tool, row.args, {
    cwd,
    env: { PATH, LC_ALL: 'C', ...row.env },
    input: toBytes(row.stdin ?? ''),
    maxBuffer: 1 << 30,
  })
  // A tool that refuses its arguments leaves its input unread.
  if (result.error !== undefined && !('code' in result.error && result.error.code === 'EPIPE'))
    throw result.error
  return { stdout: result.stdout, stderr: result.stderr.toString(), exit: result.status ?? -1 }
}

async function inFolderAsync(row: GnuRow, run: (cwd: string) => Promise<ToolResult>): Promise<Left> {
  const cwd = mkdtempSync(join(tmpdir(), 'sluice-test-'))
  try {
    for (const [name, content] of Object.entries(row.files ?? {})) {
      mkdirSync(dirname(join(cwd, name)), { recursive: true })
      writeFileSync(join(cwd, name), content)
    }
    for (const [name, target] of Object.entries(row.links ?? {})) symlinkSync(target, join(cwd, name))
    const result = await run(cwd)
    const left = readdirSync(cwd, { withFileTypes: true }).filter((entry) => entry.isFile())
    const files = Object.fromEntries(left.map(({ name }) => [name, readFileSync(join(cwd, name))]))
    return { ...result, files }
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
}

function inFolder(row: GnuRow, run: (cwd: string) => ToolResult): Promise<Left> {
  return inFolderAsync(row, (cwd) => Promise.resolve(run(cwd)))
}

/** Bytes as text, a character a byte, so that a difference can be read. */
function readable({ stdout, stderr, exit, files }: Left): object {
  const shown = Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [name, bytes.toString('latin1')]),
  )
  return { exit, stderr, stdout: stdout.toString('latin1'), files: shown }
}

function sizeOf(row: GnuRow): number {
  return [row.stdin ?? '', ...Object.values(row.files ?? {})].reduce((sum, { length }) => sum + length, 0)
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content
}
