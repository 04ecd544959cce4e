// load.mjs PORT connections|kept REQUESTS: asks an echo server over 50 connections at once, and prints the seconds.
import { once } from 'node:events'
import { connect } from 'node:net'

const [port, mode, requests] = [Number(process.argv[2]), process.argv[3], Number(process.argv[4])]
const question = 'hello\n'
let left = requests

const before = performance.now()
await Promise.all(Array.from({ length: 50 }, mode === 'kept' ? ask : askAlways))
console.log((performance.now() - before) / 1000)

async function askAlways() {
  while (left > 0) await ask()
}

/** Asks over one connection: once, or until enough was asked. */
async function ask() {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  let heard = 0
  const askNext = () => (left-- > 0 ? void socket.write(question) : void socket.end())
  socket.on('connect', askNext)
  socket.on('data', ({ length }) => {
    heard += length
    if (heard % question.length > 0) return
    if (mode === 'kept') askNext()
    else socket.end()
  })
  await once(socket, 'close')
  if (heard === 0 && left >= 0) throw new Error('there was no answer')
}
