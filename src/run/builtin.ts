/**
 * Modules of Node that take milliseconds to load and that a plain filter never needs: they are loaded at the
 * first use, and without a promise, because a stage is in the middle of its work then.
 */
export const builtin = {
  childProcess: () => process.getBuiltinModule('node:child_process'),
  net: () => process.getBuiltinModule('node:net'),
  os: () => process.getBuiltinModule('node:os'),
  tty: () => process.getBuiltinModule('node:tty'),
  wasi: () => quietly(() => process.getBuiltinModule('node:wasi')),
}

/** Keeps Node from telling the user that a module is experimental. */
function quietly<Value>(load: () => Value): Value {
  const { emitWarning } = process
  process.emitWarning = () => undefined
  try {
    return load()
  } finally {
    process.emitWarning = emitWarning
  }
}
