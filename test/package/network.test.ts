import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, onTestFinished, test } from 'vitest'
import { linkedTools, shim, withFiles } from '../support/engines.js'
import { startServer, type TestServer } from '../support/http.js'

// What the README shows of the network, against a server that stands in for the reader's own.
const readme = readFileSync('README.md', 'utf8')
const shown = [...readme.matchAll(/```(bash|pipe)\n([^]*?)```/g)]
const [, , file = ''] = shown.find(([, language]) => language === 'pipe') ?? []
// The commands of this checkout stand for those that npx finds.
const lines = shown
  .filter(([, language]) => language === 'bash')
  .flatMap(([, , text = '']) =>
    text
      .trim()
      .replace(/\|\n */g, '| ')
      .split('\n'),
  )
  .filter((line) => line.includes(':8080'))
  .map((line) => line.replace(/npx sluice-/g, `${linkedTools()}/`).replace('npx sluice ', `${shim} `))
const chains = lines.filter((line) => line.includes('logtail') && line.includes('request'))

const failures = readFileSync('examples/access.log', 'utf8')
  .split('\n')
  .filter((line) => line.includes(' 500 '))
  .map((line) => `${line}\n`)
  .join('')

async function runInBash(command: string): Promise<string> {
  return (await execa('bash', ['--norc', '-c', `set -o pipefail; ${command}`], { stripFinalNewline: false }))
    .stdout
}

/** A server that answers with what it gets. */
function startMirror(): Promise<TestServer> {
  return startServer(
    (request, answer) =>
      void answer.writeHead(201).end(`${request.method} ${request.url}\n${request.body.toString()}`),
  )
}

test('a request', async () => {
  const shop = await startMirror()
  const [line = ''] = lines.filter((each) => each.includes('orders'))
  expect(await runInBash(line.replaceAll('8080', String(shop.port)))).toBe('POST /orders\n{"id":1}')
})

test('all of them in one chain: the same in bash, in -c and in a file', async () => {
  const server = await startMirror()
  await withFiles({ 'failures.pipe': file }, async (cwd) => {
    const path = join(cwd, 'failures.pipe')
    chmodSync(path, 0o755)
    const asFile = `${shim} ${path} --port 8080`
    const results: string[] = []
    for (const command of [...chains, asFile])
      results.push(await runInBash(command.replaceAll('8080', String(server.port))))
    expect(results).toEqual(Array(3).fill(`POST /failures\n${failures}`))
  })
})

test.each(lines.filter((line) => line.includes('logtail') && !chains.includes(line)))(
  'a log: %s',
  async (line) => {
    const server = createServer((socket) => void socket.pipe(socket))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as { port: number }
    expect(await runInBash(line.replace('8080', String(port)))).toBe(failures)
  },
)

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
