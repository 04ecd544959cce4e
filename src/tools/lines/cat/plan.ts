import { allocate, byteSet, bytesAt } from '../../../kernel/index.js'

/** How `cat` changes what it copies; all false: nothing. */
export interface Decoration {
  readonly number: 'all' | 'nonblank' | 'none'
  readonly squeeze: boolean
  readonly showEnds: boolean
  readonly showTabs: boolean
  readonly showNonprinting: boolean
}

/** Where the kernel says how far it has written; see the layout in src/kernel/assembly/show.ts. */
export const written = 1336

/** The plan of the kernel `showLines`, in kernel memory that the caller releases. */
export function decorationPlan(decoration: Decoration): Buffer {
  const plan = bytesAt(allocate(layout.size), layout.size).fill(0)
  plan.set(byteSet((byte) => isSpecial(byte, decoration)))
  for (let byte = 0; byte < 256; byte++) {
    const shown = notation(byte, decoration)
    plan.write(shown, layout.notation + 4 * byte, 'latin1')
    plan.writeUInt8(shown.length, layout.notationLength + byte)
  }
  plan.writeUInt32LE(['none', 'all', 'nonblank'].indexOf(decoration.number), layout.numbered)
  plan.writeUInt32LE(Number(decoration.squeeze), layout.squeeze)
  plan.writeUInt32LE(Number(decoration.showEnds), layout.showEnds)
  plan.write(`${' '.repeat(15)}0\t`, layout.lineNumber)
  return plan
}

/** Whether the last byte read was a carriage return that waits for its next byte. */
export function holdsReturn(plan: Buffer): boolean {
  return plan.readUInt32LE(layout.heldReturn) !== 0
}

const layout = {
  notation: 32,
  notationLength: 1056,
  numbered: 1312,
  squeeze: 1316,
  showEnds: 1320,
  heldReturn: 1332,
  lineNumber: 1344,
  size: 1376,
}

const tab = 0x09
const newline = 0x0a
const carriageReturn = 0x0d

/** Whether the kernel must look at a byte. */
function isSpecial(byte: number, decoration: Decoration): boolean {
  const { number, squeeze, showEnds } = decoration
  if (byte === newline) return number !== 'none' || squeeze || showEnds
  return notation(byte, decoration).length > 1 || (byte === carriageReturn && showEnds)
}

/** A byte in `cat -v`'s notation (coreutils manual, "cat invocation"). */
function notation(byte: number, { showNonprinting, showTabs }: Decoration): string {
  if (byte === tab) return showTabs ? '^I' : '\t'
  if (byte === newline || !showNonprinting) return String.fromCharCode(byte)
  return byte >= 0x80 ? `M-${caret(byte - 0x80)}` : caret(byte)
}

function caret(byte: number): string {
  if (byte < 0x20) return `^${String.fromCharCode(byte + 0x40)}`
  return byte === 0x7f ? '^?' : String.fromCharCode(byte)
}
