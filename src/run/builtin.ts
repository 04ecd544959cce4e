/**
 * Modules of Node that take milliseconds to load and that a plain filter never needs: they are loaded at the
 * first use, and without a promise, because a stage is in the middle of its work then.
 */
export const builtin = {
  childProcess: () => process.getBuiltinModule('node:child_process'),
  net: () => process.getBuiltinModule('node:net'),
  tty: () => process.getBuiltinModule('node:tty'),
}
