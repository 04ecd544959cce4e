import type { Tree } from './tree.js'
import { sequence } from './tree.js'

/** What is known of where matches lie, beside what a search finds. */
export interface Shape {
  /** A pattern with the same matches, that is found sooner. */
  readonly tree: Tree
  /** Every match begins where the search for it does. */
  readonly isAnchored: boolean
  /** Every match goes on to the line's end. */
  readonly isOpenEnded: boolean
  /** Bytes from a match's beginning to where it may end first, when they are the same for all. */
  readonly width: number | undefined
}

/** `multiline`: lines may begin and end within a text. */
export function shapeOf(tree: Tree, multiline: boolean): Shape {
  if (multiline) return { tree, isAnchored: false, isOpenEnded: false, width: widthOf(tree) }
  const parts = partsOf(tree)
  const isAnchored = isStart(parts[0]) || isAnything(parts[0])
  // `.*$` ends where `.*` does.
  const rest = isEnd(parts.at(-1)) && isAnything(parts.at(-2)) ? parts.slice(0, -1) : parts
  const isOpenEnded = isAnything(rest.at(-1))
  return {
    tree: rest === parts ? tree : sequence(rest),
    isAnchored,
    isOpenEnded,
    width: isOpenEnded ? sumOf(rest.slice(0, -1).map(widthOf)) : widthOf(tree),
  }
}

function partsOf(tree: Tree): readonly Tree[] {
  return tree.kind === 'sequence' ? tree.parts : [tree]
}

function isStart(tree: Tree | undefined): boolean {
  return tree?.kind === 'assertion' && (tree.assertion === 'line-start' || tree.assertion === 'text-start')
}

function isEnd(tree: Tree | undefined): boolean {
  return tree?.kind === 'assertion' && (tree.assertion === 'line-end' || tree.assertion === 'text-end')
}

/** Whether the part is `.*`, alone or as a group. */
export function isAnything(tree: Tree | undefined): boolean {
  if (tree?.kind === 'group') return isAnything(tree.part)
  if (tree?.kind !== 'repeat' || tree.least > 0 || tree.most !== Infinity) return false
  return tree.part.kind === 'set' && tree.part.set.every((flag) => flag === 1)
}

/** How many bytes every match of a pattern has; undefined when that differs. */
export function widthOf(tree: Tree): number | undefined {
  switch (tree.kind) {
    case 'empty':
    case 'assertion':
      return 0
    case 'set':
      return 1
    case 'strings':
      return onlyOne(tree.strings.map(({ length }) => length))
    case 'sequence':
      return sumOf(tree.parts.map(widthOf))
    case 'choice':
      return onlyOne(tree.parts.map(widthOf))
    case 'repeat':
      return tree.least === tree.most ? sumOf([widthOf(tree.part)], tree.least) : undefined
    case 'group':
      return widthOf(tree.part)
    case 'reference':
      return undefined
  }
}

/** How many bytes a match of a pattern has at most. */
export function mostWidthOf(tree: Tree): number {
  switch (tree.kind) {
    case 'empty':
    case 'assertion':
      return 0
    case 'set':
      return 1
    case 'strings':
      return mostOf(tree.strings.map(({ length }) => length))
    case 'sequence':
      return tree.parts.reduce((sum, part) => sum + mostWidthOf(part), 0)
    case 'choice':
      return mostOf(tree.parts.map(mostWidthOf))
    case 'repeat': {
      const width = mostWidthOf(tree.part)
      return width === 0 ? 0 : width * tree.most
    }
    case 'group':
      return mostWidthOf(tree.part)
    case 'reference':
      return Infinity
  }
}

/** The largest of any number of numbers: a call takes only so many arguments. */
export function mostOf(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number), 0)
}

function onlyOne(widths: readonly (number | undefined)[]): number | undefined {
  return widths.every((width) => width === widths[0]) ? widths[0] : undefined
}

function sumOf(widths: readonly (number | undefined)[], times = 1): number | undefined {
  return widths.reduce<number | undefined>(
    (sum, width) => (sum === undefined || width === undefined ? undefined : sum + width * times),
    0,
  )
}
