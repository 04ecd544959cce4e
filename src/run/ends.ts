import { closeSync, constants, openSync } from 'node:fs'
import { system } from '../base/error.js'
import type { Environment } from '../base/tool.js'
import type { BatchSink, BatchSource } from './channel.js'
import { kindOf } from './descriptor.js'
import { MemoryEdge } from './edge.js'
import { type Host, sinkOf, sourceOf } from './host.js'

/**
 * Where a stage's stdin comes from. A descriptor can be handed to a real process as it is; the source is
 * opened over it when a tool of ours reads it. Several stages in turn may share an end; its owner closes it.
 */
export interface InputEnd {
  readonly descriptor?: number
  source(): BatchSource
  close(): void
}

/** Where a stage's stdout or stderr goes. */
export interface OutputEnd {
  readonly descriptor?: number
  readonly isTerminal: boolean
  sink(): BatchSink
  close(): void
}

/** What a list or a stage runs in. */
export interface Frame {
  readonly stdin: InputEnd
  readonly stdout: OutputEnd
  readonly stderr: OutputEnd
  readonly env: Environment
}

/** An end over an open descriptor; `owned` when closing the end closes the descriptor. */
export function inputDescriptor(host: Host, descriptor: number, owned: boolean): InputEnd {
  let opened: BatchSource | undefined
  return {
    descriptor,
    source: () => (opened ??= sourceOf(host, descriptor, owned)),
    close() {
      if (opened !== undefined) opened.close()
      else if (owned) closeSync(descriptor)
    },
  }
}

export function outputDescriptor(host: Host, descriptor: number, owned: boolean): OutputEnd {
  let opened: BatchSink | undefined
  return {
    descriptor,
    isTerminal: kindOf(descriptor) === 'terminal',
    sink: () => (opened ??= sinkOf(host, descriptor, owned)),
    close() {
      if (opened !== undefined) opened.close()
      else if (owned) closeSync(descriptor)
    },
  }
}

export function inputSource(source: BatchSource): InputEnd {
  return { source: () => source, close: () => source.close() }
}

export function outputSink(sink: BatchSink): OutputEnd {
  return { isTerminal: false, sink: () => sink, close: () => sink.close() }
}

/** The two ends of an edge between stages of this thread. */
export function memoryPipe(): { readonly read: InputEnd; readonly write: OutputEnd } {
  const edge = new MemoryEdge()
  return { read: inputSource(edge.source), write: outputSink(edge.sink) }
}

/** An input that is empty. */
export function emptyInput(host: Host): InputEnd {
  return inputDescriptor(
    host,
    system(() => openSync('/dev/null', constants.O_RDONLY)),
    true,
  )
}

/** The same end for a stage that must not close it. */
export function borrowSource(end: InputEnd): BatchSource {
  const source = end.source()
  return {
    receive: () => source.receive(),
    putBack: (batch) => source.putBack(batch),
    close: () => undefined,
    ...(source.file === undefined ? {} : { file: source.file }),
  }
}

export function borrowSink(end: OutputEnd): BatchSink {
  const sink = end.sink()
  return {
    deliver: (batch) => sink.deliver(batch),
    close: () => undefined,
    get closed() {
      return sink.closed
    },
    get closing() {
      return sink.closing
    },
    ...(sink.file === undefined ? {} : { file: sink.file }),
  }
}
