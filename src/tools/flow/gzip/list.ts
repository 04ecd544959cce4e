import type { Output } from '../../../base/io.js'
import type { Sizes } from './deflate.js'
import type { Expanded } from './expand.js'
import type { Settings } from './settings.js'

/** The table of `-l`, row by row. */
export class Listing {
  #hasHeader = false
  #headerBytes = 0
  readonly #total = { bytesIn: 0, bytesOut: 0 }

  constructor(
    private readonly stdout: Output,
    private readonly verbosity: Settings['verbosity'],
  ) {}

  add(name: string, time: Date, expanded: Expanded): void {
    const { bytesIn, bytesOut, checksum } = expanded
    this.#header()
    if (this.verbosity === 'verbose')
      this.stdout.text(`defla ${checksum.toString(16).padStart(8, '0')} ${shortDate(time)} `)
    this.#row(expanded, name)
    this.#headerBytes = expanded.headerBytes
    this.#total.bytesIn += bytesIn
    this.#total.bytesOut += bytesOut
  }

  /** A file that is not listed. */
  skip(): void {
    this.#headerBytes = 0
  }

  /** The last row, where there was more than one file. */
  total(): void {
    if (this.verbosity === 'quiet') return
    if (this.verbosity === 'verbose') this.stdout.text(' '.repeat(verboseTitle.length))
    this.#row({ ...this.#total, headerBytes: this.#headerBytes }, '(totals)')
  }

  #header(): void {
    if (this.#hasHeader || this.verbosity === 'quiet') return
    this.#hasHeader = true
    const title = this.verbosity === 'verbose' ? verboseTitle : ''
    this.stdout.text(`${title}         compressed        uncompressed  ratio uncompressed_name\n`)
  }

  #row({ bytesIn, bytesOut, headerBytes }: Sizes, name: string): void {
    const sizes = `${String(bytesIn).padStart(19)} ${String(bytesOut).padStart(19)}`
    this.stdout.text(`${sizes} ${ratio(bytesOut - (bytesIn - headerBytes), bytesOut)} ${name}\n`)
  }
}

/** The part saved, in percent. */
export function ratio(saved: number, whole: number): string {
  return `${(whole === 0 ? 0 : (100 * saved) / whole).toFixed(1).padStart(5)}%`
}

const verboseTitle = 'method  crc     date  time  '

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function shortDate(time: Date): string {
  const clock = [time.getHours(), time.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':')
  return `${months[time.getMonth()] ?? ''} ${String(time.getDate()).padStart(2)} ${clock}`
}
