import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { expect } from 'vitest'
import { testWithPeer } from '../support/peers.js'

testWithPeer('mandoc', 'every manual page is free of mandoc findings', () => {
  const pages = readdirSync('man').map((name) => `man/${name}`)
  const { stdout, stderr } = spawnSync('mandoc', ['-T', 'lint', '-W', 'style', ...pages])
  expect(stdout.toString() + stderr.toString()).toBe('')
})
