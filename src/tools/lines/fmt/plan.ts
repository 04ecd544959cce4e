import { allocate, bytesAt, copyIn, release, wordsAt } from '../../../kernel/index.js'

/** How paragraphs are told apart and what their lines look like. */
export interface Style {
  readonly mode: Mode
  readonly prefix: Prefix
  readonly uniform: boolean
  readonly width: number
  readonly goal: number
}

export type Mode = 'fill' | 'split' | 'crown' | 'tagged'

/** The string that lines to be formatted begin with. */
export interface Prefix {
  /** The spaces before it. */
  readonly indent: number
  /** Without the spaces around it. */
  readonly text: Buffer
  /** With those behind it. */
  readonly fullLength: number
}

/** The plan of the kernel `formatLines`, in kernel memory. See src/kernel/assembly/fmt-state.ts. */
export interface FormatPlan {
  readonly address: number
  /** What was written since the last call; good until the next call of the kernel. */
  takeOutput(): Buffer
  free(): void
}

export function formatPlan({ mode, prefix, uniform, width, goal }: Style): FormatPlan {
  const text = copyIn(Buffer.concat([prefix.text, Buffer.alloc(slack)]))
  const address = allocate(planSize)
  const plan = wordsAt(address, outLimitAt + 1 + stateWords).fill(0)
  plan.set([modes.indexOf(mode), Number(uniform), width, goal])
  plan.set([text.byteOffset, prefix.text.length, prefix.indent, prefix.fullLength], 4)
  return {
    address,
    takeOutput() {
      const [start = 0, end = 0] = plan.subarray(outAt, outLimitAt)
      plan[outEndAt] = start
      return bytesAt(start, end - start)
    },
    free() {
      if (plan[outAt]) release(plan[outAt])
      release(text.byteOffset)
      release(address)
    },
  }
}

const modes: readonly Mode[] = ['fill', 'split', 'crown', 'tagged']

const outAt = 8
const outEndAt = 9
const outLimitAt = 10
const stateWords = 9

/** The state, the text of a paragraph (5,000 bytes) and its words (999 of 48 bytes). */
const planSize = 54_000

/** Bytes behind a text that its copying may touch. */
const slack = 16
