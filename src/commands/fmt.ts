import { readFileSync, writeFileSync } from 'node:fs'
import { bytesOf, systemPath } from '../base/bytes.js'
import { renderDiagnostics } from '../report/diagnostics.js'
import { print } from '../syntax/index.js'
import { parseSpec, type Spec } from './spec.js'
import { writeOut } from './write-out.js'

/** Prints a spec in its canonical form; with `write`, puts that into the file. */
export function fmt(spec: Spec, write: boolean): number {
  const { source, isFile } = spec
  const { script, diagnostics } = parseSpec(spec)
  if (diagnostics.length > 0) {
    process.stderr.write(renderDiagnostics(diagnostics, source))
    return 2
  }
  const text = print(script, source)
  if (write && isFile) {
    const bytes = bytesOf(text)
    const place = systemPath(source.name)
    if (!readFileSync(place).equals(bytes)) writeFileSync(place, bytes)
  } else writeOut(text)
  return 0
}
