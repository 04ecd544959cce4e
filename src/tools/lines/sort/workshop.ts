import { Allowance, Budget } from '../../../base/budget.js'
import type { Slice, StageIo } from '../../../base/tool.js'
import type { Holdings } from '../../holdings.js'
import type { Equals } from './merge.js'
import { layOutOrder, seedSize } from './order.js'
import { openRandomSource, takeBytes } from '../../random-source.js'
import type { Settings } from './settings.js'

/** What a sort works with. */
export interface Workshop {
  readonly order: number
  readonly delimiter: number
  readonly equals: Equals
  readonly holdings: Holdings
  readonly cwd: string
  readonly breathe: StageIo['breathe']
  /** Where temporary files go, in turn. */
  readonly folders: readonly string[]
  /** How many sources that need a buffer are merged at once. */
  readonly fanIn: number
  /** Bytes of a temporary file's buffer. */
  readonly blockSize: number
  /** What memory the sort may take, these buffers included. */
  readonly memory: Allowance
  /** The only lines that will be written. */
  readonly slice?: Slice
}

/** Lays out what the settings ask for. Throws `ToolError` when a random source cannot be read. */
export function setUp(settings: Settings, io: StageIo, holdings: Holdings): Workshop {
  const { ordering, temporaryFolders } = settings
  const memory =
    settings.bufferSize === undefined
      ? io.memory
      : new Allowance(new Budget(Math.min(settings.bufferSize, largestBudget)))
  const fanIn = Math.min(settings.batchSize ?? usualFanIn, largestFanIn)
  const buffers = Math.min(memory.part / 4, fanIn * largestBlock)
  return {
    order: layOutOrder(ordering, seedFor(settings, io), holdings),
    delimiter: ordering.delimiter,
    equals: ordering.unique ? 'first' : 'all',
    holdings,
    cwd: io.cwd,
    breathe: () => io.breathe(),
    folders: temporaryFolders.length === 0 ? [io.temporaryFolder()] : temporaryFolders,
    fanIn,
    blockSize: Math.max(smallestBlock, Math.floor(buffers / fanIn)),
    memory,
  }
}

function seedFor({ ordering, randomSource }: Settings, io: StageIo): Buffer {
  if (!ordering.keys.some(({ random }) => random)) return Buffer.alloc(seedSize)
  const source = openRandomSource(randomSource, io.cwd, 'open failed: ')
  try {
    return takeBytes(source, seedSize)
  } finally {
    source.close()
  }
}

/** Kernel memory ends at 4 GiB, and other stages want some. */
const largestBudget = 2 ** 31
const usualFanIn = 64
const largestFanIn = 512
const largestBlock = 256 * 1024
const smallestBlock = 256
