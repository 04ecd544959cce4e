import type { Cut } from './plan.js'
import type { Unit } from './ranges.js'

export interface Settings extends Cut {
  readonly files: readonly string[]
  readonly unit: Unit
}
