import type { Output } from '../base/io.js'

/** Writes the headers that stand before each file's part, as `head` and `tail` do. */
export function headers(output: Output): (name: string) => void {
  let isFirst = true
  return (name) => {
    output.text(`${isFirst ? '' : '\n'}==> ${name} <==\n`)
    isFirst = false
  }
}
