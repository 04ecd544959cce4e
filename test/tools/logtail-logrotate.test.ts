import { spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { inFolder, listen } from '../support/follow.js'
import { startLogtail } from '../support/logtail.js'
import { testWithPeer } from '../support/peers.js'

const ways = {
  'renaming and creating': 'create',
  'copying and truncating': 'copytruncate',
  'copying, truncating and compressing': 'copytruncate\ncompress',
  'renaming and compressing at once': 'create\ncompress',
  'keeping the extension': 'create\nextension .log',
}

describe('logtail and logrotate', () => {
  for (const [title, directives] of Object.entries(ways)) {
    testWithPeer('logrotate', `${title}: every line once, also after a restart`, () =>
      inFolder({ 'app.log': 'first\n' }, async (cwd) => {
        chmodSync(cwd, 0o755)
        const config = join(cwd, 'logrotate.conf')
        writeFileSync(config, `${join(cwd, 'app.log')} {\nrotate 50\n${directives}\n}\n`, {
          mode: 0o644,
        })
        const args = ['--rotated', '--checkpoint', 'place', 'app.log']
        let follower = startLogtail(args, cwd)
        let told = listen(follower)
        let expected = 'first\n'
        let seen = ''
        for (let round = 1; round <= 6; round++) {
          await told.until('stdout', expected.slice(seen.length))
          const restarts = round % 3 === 0
          if (restarts) {
            follower.kill('SIGTERM')
            expect(await told.end).toBe('SIGTERM')
            seen = expected
          }
          appendFileSync(join(cwd, 'app.log'), `${round} before\n`)
          const rotation = spawnSync('logrotate', ['-f', '-s', join(cwd, 'state'), config])
          expect({ stderr: rotation.stderr.toString(), status: rotation.status }).toEqual({
            stderr: '',
            status: 0,
          })
          appendFileSync(join(cwd, 'app.log'), `${round} after\n`)
          expected += `${round} before\n${round} after\n`
          if (!restarts) continue
          follower = startLogtail(args, cwd)
          told = listen(follower)
        }
        await told.until('stdout', expected.slice(seen.length))
        follower.kill('SIGTERM')
        await told.end
        expect(told.sofar).toEqual({ stdout: expected.slice(seen.length), stderr: '' })
      }),
    )
  }
})
