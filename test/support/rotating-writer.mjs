// Writes numbered lines to a log at a steady rate, and rotates it: LOG, 'rename' or 'copytruncate', how often, and how
// many lines lie between two rotations. Some rotations by copytruncate fall into a line.
import { closeSync, copyFileSync, ftruncateSync, openSync, renameSync, writeSync } from 'node:fs'

const [log = '', how = '', rotations = '0', linesBetween = '0'] = process.argv.slice(2)
const linesASecond = 50_000
const piece = 50

let descriptor = openSync(log, 'a')
let number = 0
let rotated = 0
const begun = performance.now()
const pause = new Int32Array(new SharedArrayBuffer(4))

for (let rotation = 0; rotation < Number(rotations); rotation++) {
  for (let line = 0; line < Number(linesBetween); line += piece) writePiece()
  const half = how === 'copytruncate' && rotation % 3 === 0
  if (half) writeSync(descriptor, `${number}`)
  rotate()
  if (half) writeSync(descriptor, ` ${'x'.repeat(number++ % 100)}\n`)
}
writeSync(descriptor, 'end\n')

function writePiece() {
  let text = ''
  for (let line = 0; line < piece; line++) text += `${number} ${'x'.repeat(number++ % 100)}\n`
  writeSync(descriptor, text)
  const ahead = (number / linesASecond) * 1000 - (performance.now() - begun)
  if (ahead > 1) Atomics.wait(pause, 0, 0, ahead)
}

function rotate() {
  for (let age = rotated++; age > 0; age--) renameSync(`${log}.${age}`, `${log}.${age + 1}`)
  if (how === 'copytruncate') {
    copyFileSync(log, `${log}.1`)
    ftruncateSync(descriptor, 0)
    return
  }
  renameSync(log, `${log}.1`)
  closeSync(descriptor)
  descriptor = openSync(log, 'a')
}
