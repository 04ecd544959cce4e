// The little of the WebAssembly interface that Node has and its types leave out.
declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { initial: number; maximum: number; shared: boolean })
    readonly buffer: SharedArrayBuffer
  }
  interface Module {
    readonly brand: unique symbol
  }
  const Module: new (bytes: Uint8Array) => Module
  type Exports = Record<string, unknown>
  class Instance {
    constructor(module: Module, imports: Record<string, Record<string, unknown>>)
    readonly exports: Exports
  }
}
