// Inputs made from the examples with a fixed recipe: nothing is downloaded, and every machine makes the same bytes.
import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = process.env.SLUICE_BENCH_DATA ?? join(tmpdir(), 'sluice-bench')
const examples = new URL('../examples/', import.meta.url)

/** Each recipe gives the pieces of a file, one after another. */
const recipes = {
  /** 4 million short lines of 2,000 clients, about 466 MB. */
  *requests() {
    const random = generator(1)
    for (let piece = 0; piece < 400; piece++) {
      let text = ''
      for (let line = 0; line < 10_000; line++) {
        const client = Math.floor(random() ** 2 * 2000)
        const status = [200, 200, 200, 304, 404, 500][Math.floor(random() * 6)]
        text += `10.${client >> 8}.${client & 255}.7 - - [17/May/2015:10:05:03 +0000] "GET /page/${Math.floor(random() * 5000)}/index.html HTTP/1.1" ${status} ${Math.floor(random() * 100_000)} "-" "agent/1.0"\n`
      }
      yield Buffer.from(text)
    }
  },
  /** The real log again and again, about 466 MB. */
  *log() {
    const text = readFileSync(new URL('access.log', examples))
    for (let at = 0; at < 466e6; at += text.length) yield text
  },
  /** 1 GB of lines in no order. */
  *unsorted() {
    const random = generator(2)
    for (let bytes = 0; bytes < 1e9;) {
      let text = ''
      for (let line = 0; line < 10_000; line++)
        text += `${Math.floor(random() * 1e15).toString(36)} ${Math.floor(random() * 1e9)} some more text to carry along\n`
      bytes += text.length
      yield Buffer.from(text)
    }
  },
  *half() {
    const text = readFileSync(new URL('access.log', examples))
    for (let at = 0; at < 300e6; at += text.length) yield text
  },
  /** Plays, over and over, about 100 MB. */
  *text() {
    const text = readFileSync(new URL('shakespeare.txt', examples))
    for (let at = 0; at < 100e6; at += text.length) yield text
  },
  *empty() {},
}

/** The path of an input, made if it is not there. */
export function input(name) {
  mkdirSync(folder, { recursive: true })
  const version = createHash('sha256').update(String(recipes[name])).digest('hex').slice(0, 8)
  const path = join(folder, `${name}-${version}`)
  if (existsSync(path)) return path
  const fd = openSync(`${path}.part`, 'w')
  for (const piece of recipes[name]()) for (let at = 0; at < piece.length;) at += writeSync(fd, piece, at)
  closeSync(fd)
  renameSync(`${path}.part`, path)
  return path
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function generator(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
