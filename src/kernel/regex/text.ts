/** A piece of a batch that is searched as one text. Offsets are into the batch, which lies in kernel memory. */
export interface Text {
  readonly batch: Buffer
  readonly from: number
  readonly to: number
}
