import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { placeOf } from '../../../base/bytes.js'
import { SystemError, system, ToolError, WriteError } from '../../../base/error.js'
import { streamDescriptor } from '../../../base/path.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import type { Program } from './program.js'
import { createSink, refusedWrite, type Sink } from './sink.js'

/** The files that a script names itself: those of w and W, and what a, r and R put behind a cycle. */
export interface Files {
  /** The file of w and W, and of the w flag. */
  sink(path: string): Sink
  appendLater(text: Buffer): void
  /** What a file holds, nothing when it cannot be read; undefined for a stream that must be fetched first. */
  content(path: string): Buffer | undefined
  /** False when the path is a stream that must be fetched first. */
  appendFileLater(path: string): boolean
  /** Appends a file's next line; false when the path is a stream that must be fetched first. */
  appendLineLater(path: string): boolean
  /** R begins again at the first lines. */
  rewind(): void
  /** Reads a stream of the stage's to its end, for r and R. */
  fetch(path: string): Task<void>
  /** Writes what is to stand behind the pattern space. */
  writeAppended(out: Sink): void
  flush(): Task<void>
  close(): Task<void>
}

/** Creates the files of w and W. Throws `ToolError`, exit 4. */
export function createFiles(program: Program, delimiter: number, io: StageIo): Files {
  const sinks = new Map<string, Sink>()
  const readers = new Map<string, LineReader>()
  const streams = new Map<string, Buffer>()
  let appended: (Buffer | string)[] = []

  for (const command of program.commands) {
    const path =
      command.name === 'w' || command.name === 'W'
        ? command.path
        : command.name === 's'
          ? command.substitution.path
          : undefined
    if (path !== undefined && !sinks.has(path)) sinks.set(path, createSink(create(path), delimiter))
  }

  return {
    sink(path) {
      const sink = sinks.get(path)
      if (sink === undefined) throw new Error(`no sink for ${path}`)
      return sink
    },
    appendLater: (text) => appended.push(text),
    content,
    appendFileLater(path) {
      const item = isStream(path) ? content(path) : path
      if (item !== undefined) appended.push(item)
      return item !== undefined
    },
    appendLineLater(path) {
      if (isStream(path) && !streams.has(path)) return false
      const reader =
        readers.get(path) ?? createLineReader(placeOf(io.cwd, path), streams.get(path), delimiter)
      readers.set(path, reader)
      const line = reader.next()
      if (line !== undefined) appended.push(line)
      return true
    },
    rewind,
    *fetch(path) {
      const parts: Buffer[] = []
      const input = io.open(path)
      for (let part = yield* input.read(); part !== undefined; part = yield* input.read()) {
        parts.push(Buffer.from(part))
      }
      streams.set(path, Buffer.concat(parts))
    },
    writeAppended(out) {
      if (appended.length === 0) return
      for (const item of appended) out.write(typeof item === 'string' ? readAll(item) : item)
      appended = []
    },
    *flush() {
      for (const { output } of sinks.values()) {
        if (output === io.stdout) continue
        try {
          yield* output.flush()
        } catch (error) {
          throw error instanceof WriteError ? refusedWrite(output.name, error) : error
        }
      }
    },
    *close() {
      yield* this.flush()
      rewind()
    },
  }

  function rewind(): void {
    for (const reader of readers.values()) reader.close()
    readers.clear()
  }

  function create(path: string): Sink['output'] {
    try {
      return io.create(path)
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      throw new ToolError(`couldn't open file ${path}: ${error.reason}`, 4)
    }
  }

  function content(path: string): Buffer | undefined {
    if (!isStream(path)) return readAll(path)
    const fetched = streams.get(path)
    if (fetched !== undefined) streams.set(path, Buffer.alloc(0))
    return fetched
  }

  /** What cannot be read is as if it were empty. */
  function readAll(path: string): Buffer {
    try {
      return system(() => readFileSync(placeOf(io.cwd, path)))
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      return Buffer.alloc(0)
    }
  }
}

function isStream(path: string): boolean {
  return path !== '-' && streamDescriptor(path) !== undefined
}

interface LineReader {
  /** The next line with its delimiter; undefined at the end, or when the file cannot be read. */
  next(): Buffer | undefined
  close(): void
}

const chunkSize = 64 * 1024

function createLineReader(path: string | Buffer, content: Buffer | undefined, delimiter: number): LineReader {
  let rest = content ?? Buffer.alloc(0)
  let file = content === undefined ? open() : undefined
  return { next, close }

  function next(): Buffer | undefined {
    let looked = 0
    for (;;) {
      const at = rest.indexOf(delimiter, looked)
      looked = rest.length
      const chunk = at < 0 ? read() : undefined
      if (chunk !== undefined) {
        rest = Buffer.concat([rest, chunk])
        continue
      }
      const end = at < 0 ? rest.length : at + 1
      const line = rest.subarray(0, end)
      rest = rest.subarray(end)
      return end === 0 ? undefined : line
    }
  }

  function open(): number | undefined {
    try {
      return openSync(path, 'r')
    } catch {
      return undefined
    }
  }

  function read(): Buffer | undefined {
    if (file === undefined) return undefined
    const chunk = Buffer.alloc(chunkSize)
    const size = readSync(file, chunk)
    if (size > 0) return chunk.subarray(0, size)
    close()
    return undefined
  }

  function close(): void {
    if (file !== undefined) closeSync(file)
    file = undefined
  }
}
