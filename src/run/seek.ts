import { builtin } from './builtin.js'

/**
 * Moves a file's offset by `count` bytes, for whoever shares the file to read on there (POSIX.1-2017, Utility
 * Description Defaults, INPUT FILES). Node has no call for that, but its WASI has, without any program.
 */
export function moveOffset(fd: number, count: number): void {
  const { WASI } = builtin.wasi()
  const wasi = new WASI({ version: 'preview1', stdin: fd })
  wasi.initialize({ exports: { memory: new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }) } })
  const seek = wasi.wasiImport['fd_seek'] as (
    fd: number,
    offset: bigint,
    whence: number,
    result: number,
  ) => number
  seek(0, BigInt(count), fromCurrent, 0)
}

/** `__WASI_WHENCE_CUR` of preview 1. */
const fromCurrent = 1
