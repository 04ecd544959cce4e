import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, onTestFinished, test } from 'vitest'
import { linkedTools, shim, withFiles } from '../support/engines.js'
import { startServer } from '../support/http.js'

// What the README shows of the network, against a server that stands in for the reader's own.
const readme = readFileSync('README.md', 'utf8')
const [, chains = ''] = /```bash\n([^]*?)```/.exec(readme) ?? []
const [, file = ''] = /```pipe\n([^]*?)```/.exec(readme) ?? []
// The commands of this checkout stand for those that npx finds.
const lines = chains
  .trim()
  .split('\n')
  .map((line) => line.replace(/npx sluice-/g, `${linkedTools()}/`).replace('npx sluice ', `${shim} `))

const failures = readFileSync('examples/access.log', 'utf8')
  .split('\n')
  .filter((line) => line.includes(' 500 '))
  .map((line) => `${line}\n`)
  .join('')

async function runInBash(command: string): Promise<string> {
  return (await execa('bash', ['--norc', '-c', `set -o pipefail; ${command}`], { stripFinalNewline: false }))
    .stdout
}

test.each(lines.filter((line) => line.includes('request')))('a request: %s', async (line) => {
  const shop = await startServer(
    (request, answer) => void answer.writeHead(201).end(`${request.method} ${request.body.toString()}\n`),
  )
  expect(await runInBash(line.replaceAll('8080', String(shop.port)))).toBe('POST {"id":1}\n')
})

test('the same in a file', async () => {
  const shop = await startServer(
    (request, answer) => void answer.writeHead(201).end(`${request.method} ${request.body.toString()}\n`),
  )
  await withFiles({ 'order.pipe': file }, async (cwd) => {
    const path = join(cwd, 'order.pipe')
    chmodSync(path, 0o755)
    expect(await runInBash(`${shim} ${path} --port ${shop.port}`)).toBe('POST {"id":1}\n')
  })
})

test.each(lines.filter((line) => line.includes('logtail')))('a log: %s', async (line) => {
  const server = createServer((socket) => void socket.pipe(socket))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as { port: number }
  expect(await runInBash(line.replace('8080', String(port)))).toBe(failures)
})

test.each(lines.filter((line) => line.includes('listen')))('a service: %s', async (line) => {
  const listener = spawn('bash', ['--norc', '-c', `exec ${line.replace('8080', '0')}`])
  onTestFinished(() => void listener.kill())
  let said = ''
  while (!/port \d+/.test(said)) said += String((await once(listener.stderr, 'data'))[0])
  const port = /port (\d+)/.exec(said)?.[1] ?? ''
  const client = `${shim} -c 'cat examples/access.log | nc 127.0.0.1 ${port}'`
  const expected = await runInBash(`grep -v robots.txt examples/access.log | cut -d' ' -f1,7`)
  expect(await runInBash(client)).toBe(expected)
})
