import { expect, test } from 'vitest'
import { ToolError } from '../../src/base/error.js'
import { allocate, GrowingBytes } from '../../src/kernel/index.js'

test('bytes grow up to the largest piece there is, and not twice over it', () => {
  const bytes = new GrowingBytes()
  bytes.reserve(600_000_000)
  expect(bytes.reserve(1_000_000_000)).toBeGreaterThan(0)
  bytes.free()
})

test('a piece that there is no place for is the failure of a tool', () => {
  expect(() => allocate(2 ** 30)).toThrow(new ToolError('memory exhausted'))
})
