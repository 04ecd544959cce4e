import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCertificates } from '../support/certificates.js'
import { shim } from '../support/engines.js'
import { startListener } from '../support/listen.js'
import { freePort, runNc, startProgram, startScript, staysOpen } from '../support/net.js'
import { hasPeer, testWithPeer } from '../support/peers.js'

let folder = ''
const at = (name: string): string => join(folder, name)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-listen-peers-'))
  if (hasPeer('openssl')) makeCertificates(folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const hosts = ['127.0.0.1', '::1'].filter((host) =>
  Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === host)),
)
const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host)

/** Clients that tell their end, and wait for the answer. */
const clients = {
  nc: (host: string, port: number) => `nc -N ${host} ${port}`,
  ncat: (host: string, port: number) => `ncat ${host} ${port}`,
  socat: (host: string, port: number) => `socat -t 20 - TCP:${bracketed(host)}:${port}`,
} as const

describe.each(Object.entries(clients))('with %s as the client', (peer, command) => {
  for (const host of hosts)
    testWithPeer(peer, `question and answer at ${host}, where all addresses are listened at`, async () => {
      const { port } = await startListener([], 'tr a-z A-Z | cat - <(echo "$SLUICE_REMOTE_ADDR")', 'tcp', '')
      const client = await startScript(`exec ${command(host, port)}`, 'question\n').ended
      expect(client.stdout.toString()).toBe(`QUESTION\n${host}\n`)
    })

  testWithPeer(peer, 'an answer that comes 1.5 s after its end', async () => {
    const { port } = await startListener([], 'wc -c; /bin/sleep 1.5; echo late')
    const client = await startScript(`exec ${command('127.0.0.1', port)}`, 'question').ended
    expect(client.stdout.toString()).toBe('8\nlate\n')
  })

  testWithPeer(peer, 'the pipeline ends first, and its client while it still has input', async () => {
    const { port } = await startListener([], 'head -n 1')
    const client = startScript(`exec ${command('127.0.0.1', port)}`, staysOpen)
    client.process.stdin.write('one\ntwo\n')
    await client.told('stdout', /^one\n$/)
    client.process.stdin.end()
    expect((await client.ended).stdout.toString()).toBe('one\n')
  })

  testWithPeer(peer, '100 MB come, and 100 MB go', async () => {
    const { port } = await startListener([], 'wc -c; head -c 100000000 /dev/zero')
    const script = `head -c 100000000 /dev/zero | ${command('127.0.0.1', port)} | { read -r size; echo "$size"; wc -c; }`
    expect((await startScript(script).ended).stdout.toString()).toBe('100000000\n100000000\n')
  })
})

testWithPeer('curl', 'curl, answered by a pipeline that reads the request', async () => {
  const head = 'HTTP/1.1 200 OK\\r\\nConnection: close\\r\\n\\r\\n'
  const spec = `sed -u '/^\\r$/q' | head -n 1 | { printf '${head}'; cat; }`
  const { port } = await startListener([], spec)
  const { stdout, end } = await startScript(`exec curl -sS http://127.0.0.1:${port}/path`).ended
  expect({ text: stdout.toString(), end }).toEqual({ text: 'GET /path HTTP/1.1\r\n', end: 0 })
})

describe('TLS', () => {
  const own = (): string[] => ['--ssl-cert', at('server.pem'), '--ssl-key', at('server.key')]

  for (const [peer, command] of [
    [
      'openssl',
      (port: number) =>
        `openssl s_client -quiet -verify_return_error -CAfile ${at('ca.pem')} -connect localhost:${port}`,
    ],
    ['ncat', (port: number) => `ncat --ssl-verify --ssl-trustfile ${at('ca.pem')} localhost ${port}`],
    ['socat', (port: number) => `socat -t 20 - OPENSSL:localhost:${port},cafile=${at('ca.pem')}`],
  ] as const)
    testWithPeer(peer, `with ${peer} as the client`, async () => {
      const { port } = await startListener(own(), 'tr a-z A-Z', 'tls')
      const client = startScript(`exec ${command(port)}`, staysOpen)
      client.process.stdin.write('question\n')
      await client.told('stdout', /^QUESTION\n$/)
    })

  testWithPeer('curl', 'with curl as the client', async () => {
    const spec = `sed -u '/^\\r$/q' | head -n 1 | { printf 'HTTP/1.0 200 OK\\r\\n\\r\\n'; cat; }`
    const { port } = await startListener(own(), spec, 'tls')
    const script = `exec curl -sS --http1.1 --cacert ${at('ca.pem')} https://localhost:${port}/path`
    expect((await startScript(script).ended).stdout.toString()).toBe('GET /path HTTP/1.1\r\n')
  })

  testWithPeer('openssl', 'a client that speaks none is reported, and the next is served', async () => {
    const listener = await startListener(own(), 'tr a-z A-Z', 'tls')
    await runNc([`127.0.0.1:${listener.port}`], 'hello\n')
    await listener.told('stderr', /listen: 127\.0\.0\.1 port \d+: TLS with the client: .+\n/)
    const args = ['--ssl', '--ssl-trustfile', at('ca.pem'), `localhost:${listener.port}`]
    expect((await runNc(args, 'hello\n')).stdout.toString()).toBe('HELLO\n')
  })

  testWithPeer('openssl', '--ssl-trustfile: clients must prove who they are', async () => {
    const listener = await startListener([...own(), '--ssl-trustfile', at('ca.pem')], 'tr a-z A-Z', 'tls')
    const args = ['--ssl', '--ssl-trustfile', at('ca.pem'), `localhost:${listener.port}`]
    expect((await runNc(args, 'unknown\n')).stdout.toString()).toBe('')
    await listener.told('stderr', /the client has no certificate that is trusted\n/)
    const known = ['--ssl-cert', at('client.pem'), '--ssl-key', at('client.key'), ...args]
    expect((await runNc(known, 'known\n')).stdout.toString()).toBe('KNOWN\n')
  })

  for (const [title, certificate, reason] of [
    ['another name', 'other', 'the certificate is not for localhost'],
    ['an expired certificate', 'expired', 'certificate has expired'],
    ['a certificate that nobody signed', 'self', 'self-signed certificate'],
  ] as const)
    testWithPeer('openssl', `nc refuses ${title}, and the listener goes on`, async () => {
      const files = ['--ssl-cert', at(`${certificate}.pem`), '--ssl-key', at(`${certificate}.key`)]
      const { port } = await startListener(files, 'cat', 'tls')
      const args = ['--ssl', '--ssl-trustfile', at('ca.pem'), `localhost:${port}`]
      expect(await runNc(args, 'x')).toMatchObject({
        stderr: `nc: TLS with localhost port ${port}: ${reason}\n`,
        end: 1,
      })
      const anyway = ['--ssl', '--ssl-verify=no', `localhost:${port}`]
      expect((await runNc(anyway, 'x')).stdout.toString()).toBe('x')
    })

  testWithPeer('openssl', '--ssl-alpn: what is spoken', async () => {
    const { port } = await startListener([...own(), '--ssl-alpn', 'one,two'], 'cat', 'tls')
    const script = `openssl s_client -alpn three,two -connect localhost:${port}`
    const client = startScript(script, staysOpen)
    await client.told('stdout', /ALPN protocol: two/)
  })
})

describe('Unix sockets', () => {
  const startUnix = async (path: string, spec: string) => {
    const program = startProgram([process.execPath, shim, 'listen', '--ready-fd', '2', 'unix', path, spec])
    await program.told('stderr', new RegExp(`^${path}\n`))
    return program
  }

  for (const [peer, command] of [
    ['nc', (path: string) => `nc -N -U ${path}`],
    ['ncat', (path: string) => `ncat -U ${path}`],
    ['socat', (path: string) => `socat -t 20 - UNIX:${path}`],
  ] as const)
    testWithPeer(peer, `with ${peer} as the client`, async () => {
      const path = at(`${peer}.socket`)
      const listener = await startUnix(path, 'cat; echo "$SLUICE_LOCAL_ADDR $SLUICE_REMOTE_ADDR."')
      const client = await startScript(`exec ${command(path)}`, 'question\n').ended
      expect(client.stdout.toString()).toBe(`question\n${path} .\n`)
      listener.process.kill('SIGTERM')
      await listener.ended
      expect(existsSync(path)).toBe(false)
    })

  test('a path that is too long', async () => {
    const path = at('x'.repeat(120))
    const listener = startProgram([process.execPath, shim, 'listen', 'unix', path, 'cat'])
    expect(await listener.ended).toMatchObject({
      stderr: expect.stringContaining(
        `listen: invalid Unix socket address: the path has ${path.length} bytes, and the system takes 107\n`,
      ) as string,
      end: 2,
    })
  })
})

testWithPeer('systemd-socket-activate', 'a socket that the init system hands over', async () => {
  const port = await freePort()
  const activate = `systemd-socket-activate --listen=127.0.0.1:${port}`
  const server = startScript(`exec ${activate} ${process.execPath} ${shim} listen tcp :1 'tr a-z A-Z'`)
  await server.told('stderr', /Listening on/)
  for (const text of ['one\n', 'two\n'])
    expect((await runNc([`127.0.0.1:${port}`], text)).stdout.toString()).toBe(text.toUpperCase())
})
