// load.mjs PORT connections|kept REQUESTS: asks an echo server over 50 connections at once, and prints the seconds.
// It does as little as it can itself: what it takes is counted as the server's.
import { connect } from 'node:net'

const [port, mode, requests] = [Number(process.argv[2]), process.argv[3], Number(process.argv[4])]
const question = Buffer.from('hello\n')
/** Where all answers are read to: only their length counts. */
const buffer = Buffer.alloc(64)
let asked = 0
let answered = 0

const before = performance.now()
process.on('exit', () => console.log((performance.now() - before) / 1000))
for (let client = 0; client < 50; client++) open()

function open() {
  let missing = 0
  const onread = { buffer, callback: hear }
  const socket = connect({ port, host: '127.0.0.1', onread }, ask)
  // An answer that does not come would leave it waiting for ever.
  socket.on('end', () => fail('the server ended a connection'))
  socket.on('error', ({ message }) => fail(message))

  function ask() {
    if (asked++ >= requests) return void socket.destroy()
    missing = question.length
    socket.write(question)
  }

  function hear(length) {
    missing -= length
    if (missing > 0) return true
    answered++
    if (mode === 'kept') ask()
    else {
      socket.destroy()
      if (asked < requests) open()
    }
    return true
  }
}

function fail(problem) {
  if (answered >= requests) return
  console.error(problem)
  process.exit(1)
}
