import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, truncateSync } from 'node:fs'
import { watch } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Pipeline, sluice as spec } from '../../src/api/index.js'
import { bash, ended, sluice, startSluice } from '../support/command.js'
import { shim, withFiles } from '../support/engines.js'

const lines = Array.from({ length: 200_000 }, (_, index) => `${(index * 7919) % 200_000} line\n`).join('')

/** Whether this process may mount file systems in a name space of its own. */
const mayMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0

describe('where the disk is full while lines are spilled', () => {
  const rows: readonly (readonly [title: string, script: string, stderr: RegExp])[] = [
    ['a sort', '"$TOOLS"/sort -S 100K file', /^sort: write failed: \S+: REASON\n$/],
    [
      'a sort in a pipeline',
      '"$SLUICE" -c "sort -S 100K file | uniq"',
      /^sort: write failed: \S+: REASON\n$/,
    ],
    [
      'a sort beside a real process',
      '"$SLUICE" -c "/usr/bin/cat file | sort -S 100K | /usr/bin/wc -l >/dev/null"',
      /^sort: write failed: \S+: REASON\n$/,
    ],
  ]
  const limits = [
    { reason: 'File too large', limited: (script: string) => `ulimit -f 20; ${script}`, isPossible: true },
    {
      reason: 'No space left on device',
      limited: (script: string) =>
        `unshare -rm bash --norc -c 'mount -t tmpfs -o size=1m none "$TMPDIR"; ${script}; code=$?; ls -A "$TMPDIR"; exit $code'`,
      isPossible: mayMount,
    },
  ]
  for (const { reason, limited, isPossible } of limits)
    test.skipIf(!isPossible).each(rows)(
      `%s ends with its reason and leaves nothing: ${reason}`,
      async (_title, script, stderr) => {
        await withFiles({ file: lines }, (cwd) => {
          const temporary = join(cwd, 'tmp')
          mkdirSync(temporary)
          const result = bash(limited(script), { cwd, env: { TMPDIR: temporary } })
          expect(result).toMatchObject({ stdout: '', end: 2 })
          expect(result.stderr).toMatch(new RegExp(stderr.source.replace('REASON', reason)))
          expect(readdirSync(temporary)).toEqual([])
        })
      },
    )

  test.skipIf(!mayMount)('pipes to real processes are made all the same', () => {
    const script = `"$SLUICE" -c "seq 3 | /usr/bin/cat"`
    expect(
      bash(
        `unshare -rm bash --norc -c 'mount -t tmpfs -o size=4k none "$TMPDIR"; dd if=/dev/zero of="$TMPDIR/f" 2>/dev/null; ${script}'`,
        {
          env: { TMPDIR: '/mnt' },
        },
      ),
    ).toEqual({ stdout: '1\n2\n3\n', stderr: '', end: 0 })
  })
})

test('so are they without a temporary folder', () => {
  expect(sluice(['-c', 'seq 3 | /usr/bin/cat'], { env: { TMPDIR: '/nonexistent' } })).toEqual({
    stdout: '1\n2\n3\n',
    stderr: '',
    end: 0,
  })
})

describe('a thread that dies in the middle of its work', () => {
  const dying = `
    const { isMainThread } = require('node:worker_threads')
    const fs = require('node:fs')
    const { readSync } = fs
    let reads = 0
    if (!isMainThread) fs.readSync = (...call) => (++reads > 20 ? process.exit(3) : readSync(...call))`
  const specs: readonly (readonly [title: string, spec: string])[] = [
    ['that sorts', 'sort file | uniq -c | tail -n 1'],
    ['whose output is in order', 'grep -c "9.*[2-7]" file'],
    ['beside a real process', '/usr/bin/true; grep "9.*[2-7]" file | tail -n 1'],
  ]
  test.each(specs)('ends the run: %s', async (_title, spec) => {
    await withFiles({ 'dying.cjs': dying }, (cwd) => {
      // The second thread has many chunks to take, whenever it begins.
      spawnSync(
        'sh',
        ['-c', 'yes "1999 a line of a common length that goes on for some time" | head -c 300M >file'],
        { cwd },
      )
      const env = { NODE_OPTIONS: '--require ./dying.cjs' }
      const { stdout, stderr, end } = sluice(['--threads', '2', '-c', spec], { cwd, env })
      expect({ stdout, stderr, end }).toEqual({
        stdout: '',
        stderr: 'sluice: internal error: a thread died in the middle of its work\n',
        end: 70,
      })
    })
  })
})

test('Ctrl-C while a shell makes the pipes ends the run as an interrupt, not as a failure', async () => {
  // Ctrl-C goes to all of a process group, of which the command is the leader here.
  const sh = '#!/bin/sh\nmkdir "$0.began" && kill -s INT -- -$PPID\nexec /bin/sh "$@"\n'
  await withFiles({ sh }, async (cwd) => {
    chmodSync(join(cwd, 'sh'), 0o755)
    const { PATH = '' } = process.env
    const running = spawn(process.execPath, [shim, '-c', 'seq 3 | /usr/bin/sleep 1000'], {
      env: { PATH: `${cwd}:${PATH}` },
      stdio: 'pipe',
      detached: true,
    })
    const messages: Buffer[] = []
    running.stderr.on('data', (bytes: Buffer) => messages.push(bytes))
    running.stdout.resume()
    expect(await ended(running)).toBe('SIGINT')
    expect(Buffer.concat(messages).toString()).toBe('')
  })
})

describe('an interrupt of a tool that replaces files', () => {
  // One waits for its standard input; the other has much to do.
  const rows: readonly (readonly [title: string, args: readonly string[], size: number])[] = [
    ['sed -i', ['sed', '-i', 'r /dev/stdin', 'file'], 2],
    ['sed -i.bak', ['sed', '-i.bak', 'r /dev/stdin', 'file'], 2],
    ['gzip', ['gzip', 'file'], 8 * 2 ** 30],
    ['gzip in a spec', ['-c', 'gzip file'], 8 * 2 ** 30],
  ]
  test.each(rows)('leaves them as they were: %s', async (_title, args, size) => {
    await withFiles({ file: '' }, async (cwd) => {
      truncateSync(join(cwd, 'file'), size)
      const aborting = new AbortController()
      const events = watch(cwd, { signal: aborting.signal })
      const running = startSluice(args, { cwd })
      for await (const { filename } of events) if (filename !== 'file') break
      aborting.abort()
      expect(readdirSync(cwd)).toHaveLength(2)
      running.kill('SIGINT')
      expect(await ended(running)).toBe('SIGINT')
      expect(readdirSync(cwd)).toEqual(['file'])
    })
  })
})

describe('an abort in the middle of', () => {
  // Each has no end, or takes many seconds.
  const rows: readonly (readonly [title: string, stage: Pipeline])[] = [
    ['a loop of sed', spec`echo aaa | sed ${':a;s/a/b/;s/b/a/;ba'}`],
    ['a loop of sed that begins again and again', spec`echo aaa | sed -n ${'G;G;s/^.//;D'}`],
    ['the shuffling of many numbers', spec`shuf -i 1-100000000 | head -n 1`],
    ['the choice of many numbers', spec`shuf -n 8000000 -i 1-2000000000 | head -n 1`],
  ]
  test.each(rows)('%s ends it', async (_title, pipeline) => {
    const running = pipeline.with({ signal: AbortSignal.timeout(100) }).text()
    await expect(running).rejects.toMatchObject({ aborted: true })
  })
})

describe('what sluice prints itself', () => {
  test.each([['tools'], ['version'], ['completion bash'], ['explain -c "seq 3"'], ['fmt -c "seq 3"']])(
    'is a failure when it cannot be written: %s',
    (command) => {
      expect(bash(`"$SLUICE" ${command} >/dev/full`)).toEqual({
        stdout: '',
        stderr: 'sluice: write error: No space left on device\n',
        end: 1,
      })
    },
  )

  test('ends as a filter does when its reader is gone', async () => {
    const script = `mkfifo gone
      { read <gone; "$SLUICE" tools; } | { exec <&-; echo >gone; }
      echo \${PIPESTATUS[0]}`
    await withFiles({}, (cwd) => {
      expect(bash(script, { cwd })).toEqual({ stdout: '141\n', stderr: '', end: 0 })
    })
  })
})
