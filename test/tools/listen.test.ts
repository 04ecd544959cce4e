import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { bash, sluice } from '../support/command.js'
import { shim } from '../support/engines.js'
import { startListener } from '../support/listen.js'
import { type ProgramEnd, runNc, startProgram, staysOpen } from '../support/net.js'

function ask(port: number, question: string): Promise<ProgramEnd> {
  return runNc([`127.0.0.1:${port}`], question)
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'sluice-listen-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

describe('a pipeline for each client', () => {
  test.each([
    ['tools of ours', 'tr a-z A-Z | cut -c1-3', 'hello\nyou\n', 'HEL\nYOU\n'],
    ['a real program', '/bin/cat', 'hello', 'hello'],
    ['one that reads nothing', 'echo hi', '', 'hi\n'],
    ['one that ends early', 'head -n 1', 'a\nb\n', 'a\n'],
    ['its number, as a value', 'echo "$SLUICE_CONNECTION"', '', '1\n'],
    ['its address, in a real program', '/usr/bin/env printenv SLUICE_REMOTE_ADDR', '', '127.0.0.1\n'],
  ])('%s', async (_title, spec, question, answer) => {
    const { port } = await startListener([], spec)
    expect((await ask(port, question)).stdout.toString()).toBe(answer)
  })

  test('a client that keeps silent holds up nobody', async () => {
    const { port } = await startListener([], 'cat')
    const silent = startProgram([process.execPath, shim, 'nc', '-v', `127.0.0.1:${port}`], staysOpen)
    await silent.told('stderr', /connected/)
    expect((await ask(port, 'hello')).stdout.toString()).toBe('hello')
  })

  test('a failure is reported with its client, and touches no other', async () => {
    const listener = await startListener([], 'grep x | { cat; /bin/false; }')
    expect((await ask(listener.port, 'x\n')).stdout.toString()).toBe('x\n')
    await listener.told('stderr', /listen: 127\.0\.0\.1 port \d+: `\/bin\/false` exited with 1\n/)
    expect((await ask(listener.port, 'xy\n')).stdout.toString()).toBe('xy\n')
  })

  test('--once ends with the status of the pipeline', async () => {
    const listener = await startListener(['--once'], 'grep -q x')
    await ask(listener.port, 'no\n')
    expect((await listener.ended).end).toBe(1)
  })

  test('SIGTERM lets the connections finish', async () => {
    const listener = await startListener([], 'cat')
    const client = startProgram([process.execPath, shim, 'nc', `127.0.0.1:${listener.port}`], staysOpen)
    client.process.stdin.write('one\n')
    await client.told('stdout', /one/)
    listener.process.kill('SIGTERM')
    client.process.stdin.end('two\n')
    expect((await client.ended).stdout.toString()).toBe('one\ntwo\n')
    expect((await listener.ended).end).toBe('SIGTERM')
  })

  test.each([
    ['--deny', '127.0.0.0/8', ''],
    ['--allow', '10.0.0.0/8', ''],
    ['--allow', '127.0.0.1,::1', 'hello'],
  ])('%s %s', async (option, list, answer) => {
    const { port } = await startListener([option, list], 'echo hello | tr -d "\\n"')
    expect((await ask(port, '')).stdout.toString()).toBe(answer)
  })

  test('a connection on which nothing moves is ended', async () => {
    const listener = await startListener(['--idle-timeout', '200ms'], 'cat')
    expect((await runNc([`127.0.0.1:${listener.port}`], staysOpen)).stdout.toString()).toBe('')
    await listener.told('stderr', /nothing moved for 0\.2 s/)
  })
})

describe('what is wrong is told before the start', () => {
  const underlined = 'unknown command `grpe` [unknown-command]'

  test('in -c, at its place in the text', () => {
    const { stderr, end } = sluice(['-c', "listen tcp :0 'cat | grpe x'"])
    expect(stderr).toContain(`-c:1:22: ${underlined}`)
    expect(end).toBe(127)
  })

  test('in a file', () => {
    const path = join(folder(), 'server.pipe')
    writeFileSync(path, "param word = x\nlisten tcp :0 'grpe $word'\n")
    expect(sluice([path]).stderr).toContain(`${path}:2:16: ${underlined}`)
  })

  test('as a command', () => {
    const { stderr, end } = bash("$TOOLS/listen tcp :0 'cat | grpe x'")
    expect(stderr).toContain(`listen: SPEC:1:7: ${underlined}`)
    expect(end).toBe(2)
  })

  test('a value is no spec', () => {
    const { stderr, end } = sluice(['-c', 'listen tcp :0 "$1"', 'sluice', 'cat'])
    expect(stderr).toContain('-c:1:15: the spec of `listen` must be written out [unsupported]')
    expect(end).toBe(2)
  })

  test.each([
    [['tcp', ':0'], 'write what to listen at'],
    [['sctp', ':0', 'cat'], "cannot listen for 'sctp'"],
    [['--max', '0', 'tcp', ':0', 'cat'], "'--max' takes a number from 1, not '0'"],
    [['--allow', '10.0.0.0/33', 'tcp', ':0', 'cat'], "'10.0.0.0/33' is no address for '--allow'"],
    [['tls', ':0', 'cat'], "tls needs '--ssl-cert'"],
    [['--ssl-cert', 'x', 'tcp', ':0', 'cat'], "'--ssl-cert' needs tls"],
    [['--backlog', '9', 'udp', ':0', 'cat'], "'--backlog' is for connections, and udp has none"],
  ])('%j', (args, message) => {
    const { stderr, end } = sluice(['listen', ...args])
    expect(stderr).toContain(`listen: ${message}`)
    expect(end).toBe(2)
  })
})

test('an address in use is one line', async () => {
  const { port } = await startListener([], 'cat')
  expect(sluice(['listen', 'tcp', `127.0.0.1:${port}`, 'cat'])).toMatchObject({
    stderr: `listen: listen at 127.0.0.1 port ${port}: address already in use\n`,
    end: 1,
  })
})

test('explain shows the plan inside', () => {
  expect(sluice(['explain', '-c', "listen tcp :0 'sort | uniq -c'"]).stdout).toContain('uniq -c')
})
