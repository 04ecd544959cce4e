import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { runHere, type SpecResult, withFiles } from '../support/engines.js'
import { startRawServer, startServer } from '../support/http.js'
import { testWithPeer } from '../support/peers.js'
import { startSluice } from '../support/command.js'

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
}

/** Runs `request --send` in this process. */
function send(
  words: readonly string[],
  { stdin = '', cwd = '/', rest = '' }: { stdin?: string; cwd?: string; rest?: string } = {},
): Promise<SpecResult & { text: string }> {
  const run = { spec: `request --send ${quoted(words)} ${rest}`, stdin: Buffer.from(stdin), cwd }
  return runHere(run, {}).then((result) => ({ ...result, text: result.stdout.toString('latin1') }))
}

describe('one request', () => {
  test('is sent as it is written, and the body of the answer printed', async () => {
    const server = await startServer((request, response) => {
      response.setHeader('Content-Encoding', 'gzip')
      response.end(gzipSync(`${request.method} ${request.url} ${request.body.toString()}\n`))
    })
    const result = await send(['POST', `:${server.port}/x`, 'a=\u00fc', 'q==1', 'X-Name:gr\u00fcn'])
    expect(result).toMatchObject({
      exit: 0,
      stderr: '',
      text: Buffer.from('POST /x?q=1 {"a":"\u00fc"}\n').toString('latin1'),
    })
    const [{ headers } = { headers: {} }] = server.received
    expect(headers).toMatchObject({
      host: `localhost:${server.port}`,
      'content-length': '10',
      'content-type': 'application/json',
      'user-agent': 'sluice/0.1.0',
      connection: 'close',
      'x-name': Buffer.from('gr\u00fcn').toString('latin1'),
    })
    expect(Object.keys(headers).length).toBe(8)
  })

  test('has the options of response', async () => {
    const server = await startServer(
      (_request, response) => void response.writeHead(404, { Etag: 'x' }).end('{"why": [1]}'),
    )
    const url = `:${server.port}`
    expect(await send(['--fail', 'GET', url])).toMatchObject({
      exit: 22,
      text: '',
      stderr: 'request: the server answered 404 Not Found\n',
    })
    expect(await send(['--fail-with-body', 'GET', url])).toMatchObject({ exit: 22, text: '{"why": [1]}' })
    expect(await send(['--status', '--field', 'why[0]', 'GET', url])).toMatchObject({
      exit: 0,
      text: '404\n1\n',
    })
    expect(
      await send([
        '--check',
        'status == 404',
        '--check',
        'header etag == x',
        '--check',
        'time < 1m',
        'GET',
        url,
      ]),
    ).toMatchObject({ exit: 0, text: 'ok    status == 404\nok    header etag == x\nok    time < 1m\n' })
    expect(await send(['--headers', 'HEAD', url])).toMatchObject({
      exit: 0,
      text: expect.stringMatching(/^HTTP\/1\.1 404 Not Found\r\nEtag: x\r\n/) as string,
    })
  })

  test('sends standard input with its length, a large file as it is, and either in chunks', async () => {
    const content = Buffer.alloc(3_000_000, 'some bytes\0')
    const server = await startServer(
      (request, response) =>
        void response.end(
          `${request.body.equals(content)} ${String(request.headers['content-length'] ?? request.headers['transfer-encoding'])}\n`,
        ),
    )
    await withFiles({ big: content }, async (cwd) => {
      const url = `:${server.port}`
      expect((await send(['PUT', url, '@big'], { cwd })).text).toBe('true 3000000\n')
      expect((await send(['PUT', url, '@big', '--chunked'], { cwd })).text).toBe('true chunked\n')
      expect((await send(['PUT', url, '-'], { cwd, rest: '<big' })).text).toBe('true 3000000\n')
      expect((await send(['PUT', url, '-', '--chunked'], { cwd, rest: '<big' })).text).toBe('true chunked\n')
    })
  })

  test.each([
    ['with its length', ['@big']],
    ['in chunks', ['@big', '--chunked']],
  ])('a server that answers while it reads gets the whole body, sent %s', async (_how, more) => {
    const echo = createServer((message, response) => void message.pipe(response))
    const { port } = await startServer(undefined, () => echo)
    const content = Buffer.alloc(5_000_000, 'some bytes\0')
    await withFiles({ big: content }, async (cwd) => {
      const { exit, text } = await send(['POST', `127.0.0.1:${port}`, ...more], { cwd })
      expect({ exit, isWhole: text === content.toString() }).toEqual({ exit: 0, isWhole: true })
    })
  })

  test('an answer before the body was read is an answer', async () => {
    const port = await startRawServer(() =>
      Buffer.from('HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nno\n'),
    )
    const content = Buffer.alloc(20_000_000, 'x')
    await withFiles({ big: content }, async (cwd) => {
      const { exit, text } = await send(['--fail-with-body', 'PUT', `127.0.0.1:${port}`, '@big'], { cwd })
      // The server may also have closed the connection before its answer was read.
      expect([22, 1]).toContain(exit)
      if (exit === 22) expect(text).toBe('no\n')
    })
  })

  test('a piece of an answer is printed when it comes', async () => {
    let finish: (() => void) | undefined
    const server = await startServer((_request, response) => {
      response.write('first\n')
      finish = () => void response.end('last\n')
    })
    const running = startSluice(['request', '--send', 'GET', `:${server.port}`])
    const [first] = (await once(running.stdout, 'data')) as [Buffer]
    expect(first.toString()).toBe('first\n')
    finish?.()
    const [last] = (await once(running.stdout, 'data')) as [Buffer]
    expect(last.toString()).toBe('last\n')
    await once(running, 'exit')
    expect(running.exitCode).toBe(0)
  })

  test('a reader that is done ends an answer that never does', async () => {
    const server = await startServer((_request, response) => {
      const timer = setInterval(() => response.write('y\n'), 1)
      response.on('close', () => clearInterval(timer))
    })
    expect(await send(['GET', `:${server.port}`], { rest: '| head -n 2' })).toMatchObject({
      text: 'y\ny\n',
      exit: 0,
    })
  })
})

describe('what fails says where and why', () => {
  test('nobody listens', async () => {
    expect(await send(['GET', '127.0.0.1:1/', '--auth=basic:me:hunter2'])).toMatchObject({
      exit: 1,
      text: '',
      stderr: 'request: connect to 127.0.0.1 port 1: connection refused\n',
    })
  })

  test('a host without address', async () => {
    expect(await send(['GET', 'http://me:hunter2@nothing.invalid/'])).toMatchObject({
      exit: 1,
      stderr: 'request: the host nothing.invalid has no address that could be found\n',
    })
  })

  test('no answer in time, before and within the body', async () => {
    const silent = await startServer(() => undefined)
    const slow = await startServer((_request, response) => void response.write('part'))
    expect(await send(['--timeout=50ms', 'GET', `:${silent.port}`])).toMatchObject({
      exit: 1,
      stderr: 'request: no complete answer within 50 ms\n',
    })
    expect(await send(['--timeout=200ms', 'GET', `:${slow.port}`])).toMatchObject({
      exit: 1,
      text: 'part',
      stderr: 'request: no complete answer within 200 ms\n',
    })
  })

  test.each<[string, string, string, string]>([
    [
      'the connection ends without an answer',
      '',
      '',
      'request: 127.0.0.1 port N closed the connection without an answer\n',
    ],
    [
      'the head is cut off',
      'HTTP/1.1 200 OK\r\nA: b',
      '',
      'request: 127.0.0.1 port N closed the connection without an answer\n',
    ],
    [
      'the body is cut off',
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc',
      'abc',
      'request: the response ends in the middle of its body\n',
    ],
    [
      'the chunks are cut off',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n',
      'abc',
      'request: the response ends in the middle of its body\n',
    ],
    [
      'it is no HTTP',
      'SSH-2.0-OpenSSH\r\n',
      '',
      'request: the response is malformed: Expected HTTP/, RTSP/ or ICE/\n',
    ],
    [
      'a chunk is malformed',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nxyz\r\n',
      'abc',
      'request: the response is malformed: Invalid character in chunk size\n',
    ],
    [
      'both framings',
      'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc',
      '',
      "request: the response is malformed: Transfer-Encoding can't be present with Content-Length\n",
    ],
    [
      'two lengths',
      'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc',
      '',
      'request: the response is malformed: Duplicate Content-Length\n',
    ],
  ])('%s', async (_title, answer, stdout, stderr) => {
    const port = await startRawServer((request) =>
      request.includes('\r\n\r\n') ? Buffer.from(answer) : undefined,
    )
    const result = await send(['GET', `127.0.0.1:${port}/`])
    expect({ ...result, stderr: result.stderr.replace(String(port), 'N') }).toMatchObject({
      exit: 1,
      text: stdout,
      stderr,
    })
  })
})

describe('redirections', () => {
  test.each<[number, string, string]>([
    [301, 'POST', 'GET '],
    [302, 'POST', 'GET '],
    [303, 'POST', 'GET '],
    [307, 'POST', 'POST {"a":"1"}'],
    [308, 'POST', 'POST {"a":"1"}'],
    [301, 'PUT', 'PUT {"a":"1"}'],
    [303, 'PUT', 'GET '],
  ])('after %i a %s is %j', async (status, method, expected) => {
    const server = await startServer((request, response) => {
      if (request.url === '/from') response.writeHead(status, { Location: '../to?x#y' }).end('moved')
      else
        response.end(
          `${request.url} ${String(request.headers['content-type'] ?? 'none')} ${request.method} ${request.body.toString()}`,
        )
    })
    const { text } = await send(['--follow', method, `:${server.port}/from`, 'a=1'])
    expect(text).toBe(`/to?x ${expected.startsWith('GET') ? 'none' : 'application/json'} ${expected}`)
  })

  test('are printed, and not followed, unasked', async () => {
    const server = await startServer(
      (_request, response) => void response.writeHead(302, { Location: '/x' }).end('moved'),
    )
    expect(await send(['GET', `:${server.port}`])).toMatchObject({ text: 'moved', exit: 0 })
    expect(server.received.length).toBe(1)
  })

  test('end when there are too many', async () => {
    const server = await startServer(
      (_request, response) => void response.writeHead(302, { Location: '/x' }).end(),
    )
    expect(await send(['--follow', '--max-redirects=3', 'GET', `:${server.port}`])).toMatchObject({
      exit: 1,
      stderr: 'request: the server redirects more than 3 times\n',
    })
    expect(server.received.length).toBe(4)
  })

  test('to another server take no secrets along', async () => {
    const other = await startServer((request, response) => void response.end(JSON.stringify(request.headers)))
    const server = await startServer(
      (_request, response) =>
        void response.writeHead(302, { Location: `http://127.0.0.1:${other.port}/` }).end(),
    )
    const { text } = await send([
      '--follow',
      '--auth=bearer:secret',
      'GET',
      `127.0.0.1:${server.port}`,
      'Cookie:a=b',
      'X-Own:kept',
    ])
    expect(server.received[0]?.headers).toMatchObject({ authorization: 'Bearer secret', cookie: 'a=b' })
    expect(JSON.parse(text)).toMatchObject({ host: `127.0.0.1:${other.port}`, 'x-own': 'kept' })
    expect(text).not.toMatch(/secret|a=b/)
  })

  test.each([
    ['file:///etc/passwd', 'request: the server redirects to file:, where http and https are known\n'],
    ['http://[', 'request: the server redirects to what is no URL\n'],
  ])('to %s are refused', async (location, stderr) => {
    const server = await startServer(
      (_request, response) => void response.writeHead(302, { Location: location }).end(),
    )
    expect(await send(['--follow', 'GET', `:${server.port}`])).toMatchObject({ exit: 1, stderr })
  })

  test('what was streamed cannot be sent again', async () => {
    const server = await startServer(
      (_request, response) => void response.writeHead(307, { Location: '/x' }).end(),
    )
    expect(
      await send(['--follow', '--chunked', 'POST', `:${server.port}`, '-'], { stdin: 'x' }),
    ).toMatchObject({ exit: 1, stderr: expect.stringContaining('cannot be sent again') as string })
  })
})

describe('cookies', () => {
  const setCookies = [
    'a=1; Path=/',
    'b=2; Path=/sub; HttpOnly',
    'c=3; Max-Age=100',
    'gone=x; Max-Age=0',
    'other=x; Domain=example.org',
    'top=x; Domain=invalid',
    'safe=x; Secure',
  ]

  test('are kept in a file that curl understands', async () => {
    const server = await startServer((request, response) => {
      if (request.url === '/set') response.setHeader('Set-Cookie', setCookies)
      response.end(request.headers.cookie ?? 'none')
    })
    await withFiles({}, async (cwd) => {
      const url = `127.0.0.1:${server.port}`
      expect((await send(['--cookie-jar=jar', 'GET', `${url}/set`], { cwd })).text).toBe('none')
      expect((await send(['--cookie-jar=jar', 'GET', `${url}/`], { cwd })).text).toBe('a=1; c=3')
      expect((await send(['--cookie-jar=jar', 'GET', `${url}/sub/x`, 'Cookie:own=0'], { cwd })).text).toBe(
        'own=0; b=2; a=1; c=3',
      )
      const jar = readFileSync(join(cwd, 'jar'), 'utf8')
      expect(jar).toMatch(/^# Netscape HTTP Cookie File\n/)
      expect(jar).toContain('127.0.0.1\tFALSE\t/\tFALSE\t0\ta\t1\n')
      expect(jar).toContain('#HttpOnly_127.0.0.1\tFALSE\t/sub\tFALSE\t0\tb\t2\n')
      expect(jar).not.toMatch(/gone|other|top|safe/)
      expect(statSync(join(cwd, 'jar')).mode & 0o777).toBe(0o600)
      const { stdout } = await execa('curl', ['-s', '-b', join(cwd, 'jar'), `http://${url}/sub/`])
      expect(stdout.split('; ').sort()).toEqual(['a=1', 'b=2', 'c=3'])
    })
  })

  testWithPeer('curl', "curl's file is read", async () => {
    const server = await startServer((request, response) => {
      if (request.url === '/set') response.setHeader('Set-Cookie', setCookies)
      response.end(request.headers.cookie ?? 'none')
    })
    await withFiles({}, async (cwd) => {
      const url = `http://127.0.0.1:${server.port}`
      await execa('curl', ['-s', '-c', join(cwd, 'jar'), `${url}/set`])
      // In what order cookies of one path stand there is curl's choice, and differs between its releases.
      const { text } = await send(['--cookie-jar=jar', 'GET', `${url}/sub/`], { cwd })
      expect(text).toMatch(/^b=2; (a=1; c=3|c=3; a=1)$/)
    })
  })

  test('that are set on the way of a redirection are sent on', async () => {
    const server = await startServer((request, response) => {
      if (request.url === '/') response.writeHead(302, { Location: '/next', 'Set-Cookie': 'a=1' }).end()
      else response.end(request.headers.cookie ?? 'none')
    })
    await withFiles({}, async (cwd) => {
      expect((await send(['--cookie-jar=jar', '--follow', 'GET', `:${server.port}/`], { cwd })).text).toBe(
        'a=1',
      )
    })
  })
})

describe('many requests on standard input', () => {
  test('share a connection, and are answered in order', async () => {
    const server = await startServer(
      (request, response) =>
        void response.end(`${request.method} ${request.url} ${request.body.toString()}\n`),
    )
    const url = `:${server.port}`
    const stdin = `GET ${url}/1\n\nPOST ${url}/2 'a b=c d' "e=\\"f\\""\nPUT ${url}/3 g:=1\n`
    const { text, exit } = await send(['--stdin-requests'], { stdin })
    expect({ text, exit }).toEqual({
      text: 'GET /1 \nPOST /2 {"a b":"c d","e":"\\"f\\""}\nPUT /3 {"g":1}\n',
      exit: 0,
    })
    expect(server.connections()).toBe(1)
  })

  test('each is sent when its line comes', async () => {
    const server = await startServer((request, response) => void response.end(`${request.url}\n`))
    const running = startSluice(['request', '--send', '--stdin-requests'])
    for (const path of ['/1', '/2']) {
      running.stdin.write(`GET :${server.port}${path}\n`)
      const [answer] = (await once(running.stdout, 'data')) as [Buffer]
      expect(answer.toString()).toBe(`${path}\n`)
    }
    running.stdin.end()
    await once(running, 'exit')
    expect(running.exitCode).toBe(0)
    expect(server.connections()).toBe(1)
  })

  test('a wrong line is reported, and the others are sent', async () => {
    const server = await startServer((request, response) => void response.end(`${request.url}\n`))
    const url = `:${server.port}`
    const stdin = [
      `GET ${url}/1`,
      'GET',
      `GET "${url}`,
      `POST ${url} -`,
      `GET ${url} secret`,
      'GET 127.0.0.1:1',
      `GET ${url}/2`,
    ].join('\n')
    const { text, stderr, exit } = await send(['--stdin-requests'], { stdin })
    expect(text).toBe('/1\n/2\n')
    expect(stderr.split('\n')).toEqual([
      "request: line 2: missing URL after 'GET'",
      'request: line 3: a quote has no end',
      'request: line 4: standard input holds the requests',
      expect.stringMatching(/^request: line 5: an item is none of/),
      'request: line 6: connect to 127.0.0.1 port 1: connection refused',
      '',
    ])
    expect(stderr).not.toContain('secret')
    expect(exit).toBe(2)
  })

  test('a connection that the server closed meanwhile is made again', async () => {
    const server = await startServer((request, response) => {
      response.end(`${request.url}\n`)
      // Without telling so: the next request meets a closed connection.
      response.on('finish', () => response.socket?.end())
    })
    const stdin = Array.from({ length: 20 }, (_, index) => `GET :${server.port}/${index}\n`).join('')
    const { text, stderr } = await send(['--stdin-requests'], { stdin })
    expect({ text, stderr }).toEqual({ text: stdin.replace(/GET :\d+/g, ''), stderr: '' })
  })
})

describe('TLS', () => {
  async function withCertificate(
    name: string,
    use: (files: { cwd: string; port: number }) => Promise<void>,
  ): Promise<void> {
    await withFiles({}, async (cwd) => {
      const make = [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '1',
        '-subj',
        '/CN=test',
        '-addext',
        `subjectAltName=${name}`,
        '-keyout',
        join(cwd, 'key'),
        '-out',
        join(cwd, 'cert'),
      ]
      execFileSync('openssl', make, { stdio: 'ignore' })
      const files = { key: readFileSync(join(cwd, 'key')), cert: readFileSync(join(cwd, 'cert')) }
      const server = await startServer(
        (_request, response) => void response.end('secure\n'),
        (handler) => createSecureServer(files, handler),
      )
      await use({ cwd, port: server.port })
    })
  }

  testWithPeer('openssl', 'a certificate of a given authority is taken', () =>
    withCertificate('DNS:localhost,IP:127.0.0.1', async ({ cwd, port }) => {
      expect(await send(['--verify=cert', 'GET', `https://localhost:${port}/`], { cwd })).toMatchObject({
        text: 'secure\n',
        stderr: '',
        exit: 0,
      })
      expect(await send(['--verify=cert', 'GET', `https://127.0.0.1:${port}/`], { cwd })).toMatchObject({
        text: 'secure\n',
        stderr: '',
        exit: 0,
      })
    }),
  )

  testWithPeer('openssl', 'a certificate that nobody signed is refused, and taken with --verify=no', () =>
    withCertificate('DNS:localhost', async ({ cwd, port }) => {
      expect(await send(['GET', `https://localhost:${port}/`])).toMatchObject({
        text: '',
        stderr: `request: localhost port ${port}: self-signed certificate\n`,
        exit: 1,
      })
      expect(await send(['--verify=no', 'GET', `https://localhost:${port}/`])).toMatchObject({
        text: 'secure\n',
        exit: 0,
      })
      expect(await send(['--verify=missing', 'GET', `https://localhost:${port}/`], { cwd })).toMatchObject({
        stderr: 'request: missing: No such file or directory\n',
        exit: 2,
      })
    }),
  )

  testWithPeer('openssl', 'a certificate for another name is refused', () =>
    withCertificate('DNS:example.org', async ({ cwd, port }) => {
      const { stderr, exit } = await send(['--verify=cert', 'GET', `https://localhost:${port}/`], { cwd })
      expect(stderr).toBe(`request: localhost port ${port}: the certificate is not for localhost\n`)
      expect(exit).toBe(1)
    }),
  )

  test('plain HTTP at a port of TLS, and the other way round', async () => {
    const server = await startServer()
    expect(await send(['GET', `https://localhost:${server.port}/`])).toMatchObject({ text: '', exit: 1 })
  })
})
