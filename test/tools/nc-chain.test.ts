import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nc, pipe, request, response, sluice } from '../../src/api/index.js'
import { shim, withFiles } from '../support/engines.js'
import { startServer, type TestServer } from '../support/http.js'
import { makeCertificates } from '../support/certificates.js'
import { checksum, freePort, noise, startProgram, startScript } from '../support/net.js'
import { testWithPeer } from '../support/peers.js'

/** A server that takes orders, and refuses all others. */
function startShop(): Promise<TestServer> {
  return startServer((received, answer) => {
    const isOrder = received.method === 'POST' && received.url === '/orders'
    answer.writeHead(isOrder ? 201 : 404).end(isOrder ? `${received.body.toString()} taken\n` : 'no\n')
  })
}

/** The same chain, in every way it can be run. */
const ways = {
  'in bash': async (port: number, path: string) => {
    const chain = `request POST :${port}${path} id:=1 | nc :${port} | response --fail`
    const { stdout, end } = await startScript(`set -o pipefail; PATH="$TOOLS:$PATH"; ${chain}`).ended
    return { text: stdout.toString(), end }
  },
  'in a spec': async (port: number, path: string) => {
    const spec = `request POST :${port}${path} id:=1 | nc :${port} | response --fail`
    const { stdout, end } = await startProgram([process.execPath, shim, '-c', spec]).ended
    return { text: stdout.toString(), end }
  },
  'in a .pipe file': (port: number, path: string) => {
    const text = `#!/usr/bin/env sluice
# Sends an order.
param port: int   # where to
request POST ":$port${path}" id:=1 | nc ":$port" | response --fail
`
    return withFiles({ 'order.pipe': text }, async (cwd) => {
      const file = join(cwd, 'order.pipe')
      chmodSync(file, 0o755)
      const { stdout, end } = await startProgram([process.execPath, shim, file, '--port', `${port}`]).ended
      return { text: stdout.toString(), end }
    })
  },
  'with a template': async (port: number, path: string) => {
    const address = `:${port}`
    const run = sluice`request POST ${address + path} id:=1 | nc ${address} | response --fail`
    return await run.text().then(
      (text) => ({ text, end: 0 }),
      () => ({ text: '', end: 22 }),
    )
  },
  'with functions': async (port: number, path: string) => {
    const run = pipe(request('POST', `:${port}${path}`, 'id:=1'), nc(`:${port}`), response({ fail: true }))
    return await run.text().then(
      (text) => ({ text, end: 0 }),
      () => ({ text: '', end: 22 }),
    )
  },
} as const

test.each(Object.entries(ways))('a request, its connection and its answer: %s', async (_way, run) => {
  const { port, received } = await startShop()
  expect(await run(port, '/orders')).toEqual({ text: '{"id":1} taken\n', end: 0 })
  expect(await run(port, '/other')).toEqual({ text: '', end: 22 })
  expect(received.map(({ url }) => url)).toEqual(['/orders', '/other'])
})

testWithPeer('nginx', 'nginx answers to the last byte, in plain and over TLS', async () => {
  const big = noise(20_000_000)
  await withFiles({ big }, async (cwd) => {
    makeCertificates(cwd)
    const [plain, secure] = [await freePort(), await freePort()]
    const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${cwd}/temp;`,
    )
    const certificate = `ssl_certificate ${cwd}/server.pem; ssl_certificate_key ${cwd}/server.key;`
    const listening = `listen 127.0.0.1:${plain}; listen 127.0.0.1:${secure} ssl; ${certificate}`
    const http = `access_log off; ${folders.join(' ')} server { ${listening} root ${cwd}; }`
    writeFileSync(
      join(cwd, 'nginx.conf'),
      `daemon off; master_process off; pid ${cwd}/pid; error_log stderr notice; events {} http { ${http} }`,
    )
    const server = startScript(`exec nginx -e stderr -c ${cwd}/nginx.conf`)
    await server.told('stderr', /start worker|using the "epoll"/)
    for (const to of [`:${plain}`, `--ssl --ssl-trustfile ${cwd}/ca.pem :${secure}`]) {
      const chain = `request GET :${plain}/big | nc ${to} | response --fail`
      const { stdout, end } = await startProgram([process.execPath, shim, '-c', chain]).ended
      expect([checksum(stdout), end]).toEqual([checksum(big), 0])
    }
  })
})
