import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withFiles } from '../support/engines.js'
import { type Received, startServer, type TestServer } from '../support/http.js'
import { freePort, startScript } from '../support/net.js'
import { testWithPeer } from '../support/peers.js'
import { runToolHere } from '../support/run-tool.js'

/** What is asked for, before it is items. */
interface Wish {
  readonly method: string
  readonly path: readonly string[]
  readonly query: readonly (readonly [string, string])[]
  readonly headers: readonly (readonly [string, string])[]
  readonly fields: readonly (readonly [string, string])[]
  readonly as: 'json' | 'form' | 'chunks'
}

// A backslash before a separator has no spelling in an item.
const text = fc.string({ unit: 'binary', maxLength: 12 }).map((value) => value.replaceAll('\\', '/'))
const name = text.filter((value) => !/[[\]]/.test(value))
/** What a header can hold: neither control characters nor blanks at its ends. */
const headerValue = text
  .map((value) => value.replace(/[\0-\x1f\x7f]/g, '').trim())
  .filter((value) => value !== '')
const wish: fc.Arbitrary<Wish> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
  path: fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter(isSegment), {
    maxLength: 3,
  }),
  query: fc.array(fc.tuple(text, text), { maxLength: 3 }),
  headers: fc.uniqueArray(fc.tuple(fc.stringMatching(/^X-[A-Za-z0-9]{1,6}$/), headerValue), {
    maxLength: 3,
    selector: ([header]) => header.toLowerCase(),
  }),
  fields: fc.uniqueArray(fc.tuple(name, text), { maxLength: 3, selector: ([field]) => field }),
  as: fc.constantFrom('json', 'form', 'chunks'),
})

/** What stays as it is in a path: no other meaning, and no dot segment. */
function isSegment(segment: string): boolean {
  return !/[\0-\x1f\x7f\\/?#%]/.test(segment) && !/^\.{1,2}$/.test(segment)
}

const escaped = (value: string): string => value.replace(/[:;=@]/g, '\\$&')

function argumentsFor({ method, path, query, headers, fields, as }: Wish): string[] {
  return [
    ...(as === 'form' ? ['--form'] : as === 'chunks' ? ['--chunked'] : []),
    ...[method, `localhost/${path.join('/')}`],
    ...query.map(([key, value]) => `${escaped(key)}==${escaped(value)}`),
    ...headers.map(([header, value]) => `${header}:${escaped(value)}`),
    ...fields.map(([field, value]) => `${escaped(field)}=${escaped(value)}`),
  ]
}

/** A message as the tool writes it; refused where it writes none. */
async function write(args: readonly string[]): Promise<Buffer> {
  const { stdout, stderr, exit } = await runToolHere({ tool: 'request', args, cwd: '/', env: {} })
  if (exit !== 0) throw new Error(stderr)
  return stdout
}

/** Sends a message as it is, and gives the status of the answer. */
async function send(port: number, message: Buffer): Promise<number> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.write(message)
  let answer = ''
  socket.on('data', (bytes) => (answer += String(bytes)))
  await once(socket, 'close')
  return Number(/^HTTP\/1\.1 (\d+) /.exec(answer)?.[1])
}

/** What a server has understood, in the words of a wish. */
function understood({ method, url, headers, body }: Received, { headers: wished, fields, as }: Wish): Wish {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const items = fields.length === 0 ? [] : as === 'form' ? formOf(body) : jsonOf(body)
  return {
    method,
    path: pathname === '/' ? [] : pathname.slice(1).split('/').map(decodeURIComponent),
    query: [...searchParams],
    headers: wished.map(([header]) => [header, utf8(String(headers[header.toLowerCase()]))]),
    fields: items,
    as,
  }
}

const utf8 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString()
const formOf = (body: Buffer): [string, string][] => [...new URLSearchParams(body.toString())]

/** The members in the order of the text, which numbers among the names would lose in an object. */
function jsonOf(body: Buffer): [string, string][] {
  const string = /"(?:[^"\\]|\\.)*"/gs
  const strings = (body.toString().match(string) ?? []).map((each) => String(JSON.parse(each)))
  expect(JSON.parse(body.toString())).toBeInstanceOf(Object)
  return strings.flatMap((each, index): [string, string][] =>
    index % 2 === 0 ? [[each, strings[index + 1] ?? '']] : [],
  )
}

async function checkAll(port: number, server: TestServer): Promise<void> {
  const checks = fc.asyncProperty(wish, async (asked) => {
    server.received.length = 0
    const status = await send(port, await write(argumentsFor(asked)))
    expect(status).toBe(200)
    const [received] = server.received
    expect(received && understood(received, asked)).toEqual(asked)
  })
  await fc.assert(checks, { numRuns: 300 })
}

test("what is asked for is what Node's server understands", async () => {
  const server = await startServer()
  await checkAll(server.port, server)
}, 60_000)

testWithPeer('nginx', 'what is asked for is what nginx accepts and hands on', async () => {
  const server = await startServer()
  const port = await freePort()
  await withFiles({}, async (cwd) => {
    const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (kind) => `${kind}_temp_path ${cwd};`,
    )
    const proxy = `location / { proxy_pass http://127.0.0.1:${server.port}; }`
    const http = `access_log off; ${folders.join(' ')} server { listen 127.0.0.1:${port}; ${proxy} }`
    writeFileSync(
      join(cwd, 'nginx.conf'),
      `daemon off; master_process off; pid ${cwd}/pid; error_log stderr notice; events {} http { ${http} }`,
    )
    const nginx = startScript(`exec nginx -e stderr -c ${cwd}/nginx.conf`)
    await nginx.told('stderr', /start worker|using the "epoll"/)
    await checkAll(port, server)
  })
})

test('what would end a line or a message is refused in every place', async () => {
  const breaker = fc.constantFrom('\r\n', '\n', '\r', '\0')
  const around = fc.tuple(fc.string({ maxLength: 6 }), breaker, fc.string({ maxLength: 6 }))
  const attempt = fc.tuple(fc.constantFrom('method', 'host', 'path', 'name', 'value'), around)
  await fc.assert(
    fc.asyncProperty(attempt, async ([place, [before, breaks, after]]) => {
      const bad = `${before}${breaks}${after}`
      const args = {
        method: [`GET${bad}`, 'localhost/'],
        host: ['GET', `localhost${bad}/`],
        path: ['GET', `localhost/${bad}`],
        name: ['GET', 'localhost/', `X${escaped(bad)}:value`],
        value: ['GET', 'localhost/', `X:a${escaped(bad)}z`],
      }[place]
      const { stdout, exit } = await runToolHere({ tool: 'request', args, cwd: '/', env: {} })
      expect({ written: stdout.toString(), exit }).toEqual({ written: '', exit: 2 })
    }),
    { numRuns: 500 },
  )
})
