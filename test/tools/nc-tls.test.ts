import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type TlsOptions, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { makeCertificates } from '../support/certificates.js'
import {
  checksum,
  freePort,
  noise,
  runNc,
  startNcListener,
  startScript,
  startTcpServer,
  staysOpen,
} from '../support/net.js'
import { hasPeer, testWithPeer } from '../support/peers.js'

let folder = ''
const at = (name: string): string => join(folder, name)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-nc-tls-'))
  if (hasPeer('openssl')) makeCertificates(folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A TLS server of Node's that answers, when the client has told its end, with what it got. */
async function startTlsServer(certificate: string, options: TlsOptions = {}): Promise<number> {
  const files = { cert: readFileSync(at(`${certificate}.pem`)), key: readFileSync(at(`${certificate}.key`)) }
  const server = createServer({ ...files, allowHalfOpen: true, ...options }, (socket: TLSSocket) => {
    const pieces: Buffer[] = []
    socket.on('data', (piece: Buffer) => pieces.push(piece)).on('error', () => undefined)
    const about = `${String(socket.alpnProtocol)} ${String(socket.getPeerCertificate().subject?.CN ?? 'nobody')}\n`
    socket.on('end', () => socket.end(Buffer.concat([Buffer.from(about), ...pieces])))
  })
  server.on('tlsClientError', () => undefined)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

describe('the server must prove who it is', () => {
  testWithPeer(
    'openssl',
    'a certificate of a given authority is taken, for a name and an address',
    async () => {
      const port = await startTlsServer('server')
      for (const host of ['localhost', '127.0.0.1'])
        expect(await runNc(['--ssl', '--ssl-trustfile', at('ca.pem'), host, `${port}`], 'x\n')).toMatchObject(
          {
            stdout: Buffer.from('false nobody\nx\n'),
            stderr: '',
            end: 0,
          },
        )
    },
  )

  testWithPeer('openssl', "the system's authorities count", async () => {
    const port = await startTlsServer('server')
    const script = `SSL_CERT_FILE='${at('ca.pem')}' "$TOOLS/nc" --ssl localhost ${port}`
    expect(await startScript(script, 'x\n').ended).toMatchObject({
      stdout: Buffer.from('false nobody\nx\n'),
      end: 0,
    })
    expect(await runNc(['--ssl', 'localhost', `${port}`])).toMatchObject({
      stderr: `nc: TLS with localhost port ${port}: unable to verify the first certificate\n`,
      end: 1,
    })
  })

  for (const [title, certificate, reason] of [
    ['a certificate for another name', 'other', 'the certificate is not for localhost'],
    ['an expired certificate', 'expired', 'certificate has expired'],
    ['a certificate that nobody signed', 'self', 'self-signed certificate'],
  ] as const)
    testWithPeer('openssl', `${title} is refused, and taken with --ssl-verify=no`, async () => {
      const port = await startTlsServer(certificate)
      const address = ['localhost', `${port}`]
      expect(await runNc(['--ssl', '--ssl-trustfile', at('ca.pem'), ...address], 'x')).toMatchObject({
        stdout: Buffer.alloc(0),
        stderr: `nc: TLS with localhost port ${port}: ${reason}\n`,
        end: 1,
      })
      expect(await runNc(['--ssl', '--ssl-verify=no', ...address], 'x')).toMatchObject({
        stdout: Buffer.from('false nobody\nx'),
        end: 0,
      })
    })

  testWithPeer('openssl', '--ssl-servername: the name that counts', async () => {
    const port = await startTlsServer('other')
    const args = ['--ssl', '--ssl-trustfile', at('ca.pem'), '--ssl-servername', 'example.org', `:${port}`]
    expect(await runNc(args, 'x')).toMatchObject({ end: 0 })
  })
})

describe('both sides', () => {
  testWithPeer('openssl', '--ssl-alpn: what is spoken', async () => {
    const port = await startTlsServer('server', { ALPNProtocols: ['two'] })
    const args = ['--ssl', '--ssl-verify=no', '--ssl-alpn', 'one,two', `:${port}`]
    expect((await runNc(args, 'x')).stdout.toString()).toBe('two nobody\nx')
  })

  testWithPeer('openssl', '--ssl-cert, --ssl-key: the client proves who it is', async () => {
    const ca = readFileSync(at('ca.pem'))
    const port = await startTlsServer('server', { requestCert: true, ca })
    const own = ['--ssl-cert', at('client.pem'), '--ssl-key', at('client.key')]
    const args = ['--ssl', '--ssl-verify=no', ...own, `:${port}`]
    expect((await runNc(args, 'x')).stdout.toString()).toBe('false client\nx')
  })

  testWithPeer(
    'openssl',
    'a listener with --ssl-trustfile takes clients with a certificate only',
    async () => {
      const own = ['--ssl', '--ssl-cert', at('server.pem'), '--ssl-key', at('server.key')]
      const listener = await startNcListener(['-k', ...own, '--ssl-trustfile', at('ca.pem')], '')
      const client = ['--ssl', '--ssl-trustfile', at('ca.pem'), '--send-only', `:${listener.port}`]
      await runNc(client, 'unknown\n')
      await listener.told(
        'stderr',
        /TLS with 127\.0\.0\.1 port \d+: the client has no certificate that is trusted\n/,
      )
      await runNc(['--ssl-cert', at('client.pem'), '--ssl-key', at('client.key'), ...client], 'known\n')
      await listener.told('stdout', /known/)
      listener.process.kill('SIGTERM')
      expect((await listener.ended).stdout.toString()).toBe('known\n')
    },
  )

  testWithPeer('openssl', '100 MB go both ways at once between two of ours', async () => {
    const big = noise(100_000_000)
    const own = ['--ssl', '--ssl-cert', at('server.pem'), '--ssl-key', at('server.key')]
    const listener = await startNcListener(own, big)
    const [here, there] = await Promise.all([
      runNc(['--ssl', '--ssl-trustfile', at('ca.pem'), `:${listener.port}`], big),
      listener.ended,
    ])
    expect([here.end, there.end]).toEqual([0, 0])
    expect([checksum(here.stdout), checksum(there.stdout)]).toEqual([checksum(big), checksum(big)])
  })

  test('a peer that speaks no TLS', async () => {
    const port = await startTcpServer((socket) => void socket.end('hello\n'))
    const { stderr, end } = await runNc(['--ssl', `:${port}`], staysOpen)
    expect(stderr).toMatch(
      /^nc: TLS with localhost port \d+: (packet length too long|wrong version number)\n$/,
    )
    expect(end).toBe(1)
  })
})

describe('with openssl', () => {
  for (const version of ['tls1_2', 'tls1_3'])
    testWithPeer('openssl', `s_server -${version}: the answer comes, though our end is told`, async () => {
      const port = await freePort()
      const files = `-cert ${at('server.pem')} -key ${at('server.key')}`
      const server = startScript(
        `exec openssl s_server -accept 127.0.0.1:${port} ${files} -${version} -rev`,
        staysOpen,
      )
      await server.told('stdout', /ACCEPT/)
      const args = ['--ssl', '--ssl-trustfile', at('ca.pem'), `:${port}`]
      expect(await runNc(args, 'desrever\n')).toMatchObject({ stdout: Buffer.from('reversed\n'), end: 0 })
    })

  testWithPeer('openssl', 's_client', async () => {
    const own = ['--ssl', '--ssl-cert', at('server.pem'), '--ssl-key', at('server.key')]
    const listener = await startNcListener(own, 'answer\n')
    const verify = `-CAfile ${at('ca.pem')} -verify_return_error -verify_hostname localhost`
    const script = `openssl s_client -connect 127.0.0.1:${listener.port} -quiet ${verify}`
    const client = startScript(script, staysOpen)
    client.process.stdin.write('question\n')
    await client.told('stdout', /answer\n/)
    await listener.told('stdout', /question\n/)
    client.process.stdin.end()
    expect(await listener.ended).toMatchObject({ end: 0 })
  })
})

test.each([
  [['--ssl-cert', 'x', 'host', '1'], "'--ssl-cert' needs '--ssl'"],
  [['--ssl', '--ssl-verify=maybe', 'host', '1'], "'--ssl-verify' is yes or no, not 'maybe'"],
  [['-l', '--ssl', '1'], "a server needs '--ssl-cert' and '--ssl-key'"],
  [['-u', '--ssl', 'host', '1'], "'-u' cannot be combined with '--ssl'"],
])('wrong usage %j', async (args, message) => {
  expect(await runNc(args)).toMatchObject({
    stderr: `nc: ${message}\nTry 'nc --help' for more information.\n`,
    end: 2,
  })
})

test('a file that is not there', async () => {
  expect(await runNc(['--ssl', '--ssl-cert', '/missing', 'host', '1'])).toMatchObject({
    stderr: 'nc: /missing: No such file or directory\n',
    end: 2,
  })
})
