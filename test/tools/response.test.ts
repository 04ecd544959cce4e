import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { runHere } from '../support/engines.js'
import { testWithPeer } from '../support/peers.js'

interface Row {
  readonly title: string
  readonly args?: string
  readonly stdin: string | Uint8Array
  readonly stdout?: string
  readonly stderr?: string
  readonly exit?: number
}

const body = Buffer.from(
  '{"items": [{"id": 12345678901234567890, "name": "gr\u00fcn\\n"}], "a.b": {"c": [1.50, null]}}',
)

function message(head: readonly string[], content: string | Uint8Array = '', status = '200 OK'): Buffer {
  return Buffer.concat([
    Buffer.from([`HTTP/1.1 ${status}`, ...head, '', ''].join('\r\n'), 'latin1'),
    Buffer.from(content),
  ])
}

function sized(content: string | Uint8Array, head: readonly string[] = [], status = '200 OK'): Buffer {
  return message([`Content-Length: ${Buffer.from(content).length}`, ...head], content, status)
}

/** In chunks of the given number of bytes. */
function chunked(
  content: string | Uint8Array,
  size: number,
  end = '0\r\n\r\n',
  head: readonly string[] = [],
): Buffer {
  const bytes = Buffer.from(content)
  const chunks: Buffer[] = []
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size)
    chunks.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'))
  }
  return message(['Transfer-Encoding: chunked', ...head], Buffer.concat([...chunks, Buffer.from(end)]))
}

function encoded(coding: string, content: Uint8Array): Buffer {
  return sized(content, [`Content-Encoding: ${coding}`])
}

const whole: Row[] = [
  { title: 'a body with its length', stdin: sized('hello\n'), stdout: 'hello\n' },
  { title: 'a body that the connection ends', stdin: message([], 'hello'), stdout: 'hello' },
  { title: 'a body in chunks', stdin: chunked('hello world', 4), stdout: 'hello world' },
  {
    title: 'a body in chunks that is full of empty lines',
    stdin: chunked('\r\n\r\n\n\n0\r\n\r\n', 3),
    stdout: '\r\n\r\n\n\n0\r\n\r\n',
  },
  {
    title: 'chunks with extensions and trailers',
    stdin: message(['Transfer-Encoding: chunked'], '2;a=b\r\nhi\r\n0\r\nX: y\r\n\r\n'),
    stdout: 'hi',
  },
  { title: 'no body', stdin: sized(''), stdout: '' },
  { title: '204 has no body', stdin: message([], '', '204 No Content'), stdout: '' },
  {
    title: '304 has no body, whatever length it tells',
    stdin: message(['Content-Length: 9'], '', '304 Not Modified'),
    stdout: '',
  },
  {
    title: 'the answer to HEAD has no body',
    args: '--method=HEAD --status',
    stdin: message(['Content-Length: 9']),
    stdout: '200\n',
  },
  {
    title: 'interim answers are passed over',
    args: '-s -b',
    stdin: Buffer.concat([
      message([], '', '100 Continue'),
      message(['Link: </a>'], '', '103 Early Hints'),
      sized('x'),
    ]),
    stdout: '200\nx',
  },
  {
    title: 'another protocol behind 101',
    args: '-s -b',
    stdin: message(
      ['Upgrade: echo', 'Connection: upgrade'],
      '\0\u0001anything HTTP/1.1 200\r\n',
      '101 Switching Protocols',
    ),
    stdout: '101\n\0\u0001anything HTTP/1.1 200\r\n',
  },
  {
    title: 'a tunnel behind CONNECT',
    args: '--method=CONNECT',
    stdin: message([], 'bytes'),
    stdout: 'bytes',
  },
  {
    title: 'three messages, framed in three ways',
    stdin: Buffer.concat([chunked('one\n', 1), sized('two\n'), message([], 'three\n')]),
    stdout: 'one\ntwo\nthree\n',
  },
  {
    title: 'messages without bodies one after the other',
    args: '-s',
    stdin: Buffer.concat([sized(''), message([], '', '204 No Content'), chunked('', 1)]),
    stdout: '200\n204\n200\n',
  },
  {
    title: 'empty lines between messages',
    stdin: Buffer.concat([sized('a'), Buffer.from('\r\n\r\n'), sized('b')]),
    stdout: 'ab',
  },
  {
    title: 'HTTP/1.0',
    args: '--headers -b',
    stdin: 'HTTP/1.0 200 Fine by me\r\nServer: x\r\n\r\nhi',
    stdout: 'HTTP/1.0 200 Fine by me\r\nServer: x\r\n\r\nhi',
  },
  {
    title: 'a header with bytes beyond ASCII, byte for byte',
    args: '-h',
    stdin: sized('x', ['X-Name: gr\u00fcn\u00ff']),
    stdout: 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nX-Name: gr\u00fcn\u00ff\r\n\r\n',
  },
  {
    title: 'a header that comes twice, in the order sent',
    args: '-h',
    stdin: message(['B: 1', 'A: 2', 'B: 3', 'Content-Length: 0']),
    stdout: 'HTTP/1.1 200 OK\r\nB: 1\r\nA: 2\r\nB: 3\r\nContent-Length: 0\r\n\r\n',
  },
  {
    title: 'more headers than Node keeps by itself',
    args: '-h',
    stdin: message([...Array.from({ length: 2500 }, (_, index) => `H${index}: x`), 'Content-Length: 0']),
    stdout: [
      'HTTP/1.1 200 OK',
      ...Array.from({ length: 2500 }, (_, index) => `H${index}: x`),
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n'),
  },
  {
    title: 'every byte in a body',
    stdin: sized(Uint8Array.from({ length: 256 }, (_, byte) => byte)),
    stdout: Buffer.from(Uint8Array.from({ length: 256 }, (_, byte) => byte)).toString('latin1'),
  },
]

const coded: Row[] = [
  { title: 'gzip', stdin: encoded('gzip', gzipSync('hello')), stdout: 'hello' },
  {
    title: 'gzip in chunks',
    stdin: chunked(gzipSync('hello'), 3, '0\r\n\r\n', ['Content-Encoding: gzip']),
    stdout: 'hello',
  },
  {
    title: 'gzip of two members',
    stdin: encoded('x-gzip', Buffer.concat([gzipSync('one'), gzipSync('two')])),
    stdout: 'onetwo',
  },
  { title: 'deflate', stdin: encoded('deflate', deflateSync('hello')), stdout: 'hello' },
  {
    title: 'deflate without its header',
    stdin: encoded('deflate', deflateRawSync('hello')),
    stdout: 'hello',
  },
  { title: 'brotli', stdin: encoded('br', brotliCompressSync('hello')), stdout: 'hello' },
  {
    title: 'two codings',
    stdin: encoded('gzip, br', brotliCompressSync(gzipSync('hello'))),
    stdout: 'hello',
  },
  { title: 'the identity', stdin: encoded('identity', Buffer.from('hello')), stdout: 'hello' },
  { title: 'an empty body that claims a coding', stdin: encoded('gzip', Buffer.alloc(0)), stdout: '' },
  {
    title: 'left as it is',
    args: '--encoded',
    stdin: encoded('gzip', gzipSync('hello')),
    stdout: gzipSync('hello').toString('latin1'),
  },
  {
    title: 'gzip that is cut off',
    stdin: encoded('gzip', gzipSync('hello').subarray(0, 15)),
    stderr: 'response: the body is no gzip data: unexpected end of file\n',
    exit: 1,
  },
  {
    title: 'what is no gzip',
    stdin: encoded('gzip', Buffer.from('hello')),
    stderr: 'response: the body is no gzip data: incorrect header check\n',
    exit: 1,
  },
  {
    title: 'a coding that nobody knows',
    stdin: encoded('rot13', Buffer.from('uryyb')),
    stderr: "response: the content coding 'rot13' is not known; --encoded leaves the body as it is\n",
    exit: 1,
  },
]

const judged: Row[] = [
  {
    title: 'a number keeps its digits',
    args: "--field 'items[0].id'",
    stdin: sized(body),
    stdout: '12345678901234567890\n',
  },
  {
    title: 'a string is its characters',
    args: "--field 'items[0].name'",
    stdin: sized(body),
    stdout: Buffer.from('gr\u00fcn\n\n').toString('latin1'),
  },
  {
    title: 'an object as JSON without blanks',
    args: `--field '["a.b"]'`,
    stdin: sized(body),
    stdout: '{"c":[1.50,null]}\n',
  },
  { title: 'null', args: `--field '["a.b"].c[1]'`, stdin: sized(body), stdout: 'null\n' },
  {
    title: 'several fields',
    args: `--field '["a.b"].c[0]' --field 'items[0].id'`,
    stdin: sized(body),
    stdout: '1.50\n12345678901234567890\n',
  },
  {
    title: 'the last of two members of one name',
    args: '--field a',
    stdin: sized('{"a":1,"b":{"a":3},"a":2}'),
    stdout: '2\n',
  },
  { title: 'an array alone', args: "--field '[1]'", stdin: sized('[1,[2,3]]'), stdout: '[2,3]\n' },
  {
    title: 'an index that is not there',
    args: "--field '[7]'",
    stdin: sized('[1,[2,3]]'),
    stderr: 'response: the body has no field [7]\n',
    exit: 3,
  },
  {
    title: 'a field that is not there',
    args: '--field a.x',
    stdin: sized('{"a":{}}'),
    stderr: 'response: the body has no field a.x\n',
    exit: 3,
  },
  {
    title: 'a member of a string',
    args: '--field a.x',
    stdin: sized('{"a":"{\\"x\\":1}"}'),
    stderr: 'response: the body has no field a.x\n',
    exit: 3,
  },
  {
    title: 'a body that is no JSON',
    args: '--field a',
    stdin: sized('<html>'),
    stderr: 'response: the body is no JSON\n',
    exit: 3,
  },
  {
    title: 'a body that is too large to look at',
    args: '--field a --body-limit 5',
    stdin: sized('{"a":1}'),
    stderr: 'response: the body has more than the 5 bytes of --body-limit\n',
    exit: 1,
  },
  { title: 'an error without --fail', stdin: sized('no', [], '404 Not Found'), stdout: 'no' },
  {
    title: 'an error with --fail',
    args: '--fail',
    stdin: sized('no', [], '404 Not Found'),
    stderr: 'response: the server answered 404 Not Found\n',
    exit: 22,
  },
  {
    title: 'an error with --fail-with-body',
    args: '--fail-with-body',
    stdin: sized('no', [], '500'),
    stdout: 'no',
    stderr: 'response: the server answered 500\n',
    exit: 22,
  },
  {
    title: 'one error among others',
    args: '--fail',
    stdin: Buffer.concat([sized('a'), sized('b', [], '400 Bad'), sized('c')]),
    stdout: 'ac',
    stderr: 'response: the server answered 400 Bad\n',
    exit: 22,
  },
  { title: 'a redirection is no failure', args: '--fail', stdin: sized('x', [], '302 Found'), stdout: 'x' },
  {
    title: 'checks that hold',
    args: `--check 'status == 200' 'header content-type =~ json' 'body contains ok' 'time < 10m' 'size == 2'`,
    stdin: sized('ok', ['Content-Type: application/json']),
    stdout:
      'ok    status == 200\nok    header content-type =~ json\nok    body contains ok\nok    time < 10m\nok    size == 2\n',
  },
  {
    title: 'checks that fail',
    args: `--check 'status < 200' --check 'header content-type =~ ^text/' --check 'body == "x"' 'header etag exists' 'size > 2' 'time > 1h' 2>/dev/null`,
    stdin: sized('ok', ['Content-Type: application/json']),
    exit: 3,
  },
  {
    title: 'what is the case instead',
    args: `--check 'status == 200' 'header etag exists' 'body =~ ^ok$' 'field a == 1'`,
    stdin: sized('no', [], '404 Not Found'),
    stdout:
      "FAIL  status == 200: it is 404\nFAIL  header etag exists: it is not there\nFAIL  body =~ ^ok$: it is 'no'\nFAIL  field a == 1: it is not there\n",
    stderr: 'response: 4 of 4 checks failed\n',
    exit: 3,
  },
  {
    title: 'checks turned round',
    args: `--check 'not status == 404' 'not header etag exists' 'body !~ x' 'not body contains x' 'body != x'`,
    stdin: sized('ok'),
    stdout:
      'ok    not status == 404\nok    not header etag exists\nok    body !~ x\nok    not body contains x\nok    body != x\n',
  },
  {
    title: 'checks of fields',
    args: `--check 'field items[0].id == 12345678901234567890' 'field ["a.b"].c[0] < 2' 'field items exists' 'field items[0].name contains gr'`,
    stdin: sized(body),
    exit: 0,
    stdout: `ok    field items[0].id == 12345678901234567890\nok    field ["a.b"].c[0] < 2\nok    field items exists\nok    field items[0].name contains gr\n`,
  },
  {
    title: 'a check without blanks',
    args: `--check 'status==200'`,
    stdin: sized(''),
    stdout: 'ok    status==200\n',
  },
  {
    title: 'a header of several lines is one list',
    args: `--check 'header vary == "a, b"'`,
    stdin: message(['Vary: a', 'vary: b', 'Content-Length: 0']),
    stdout: 'ok    header vary == "a, b"\n',
  },
]

const broken: Row[] = [
  { title: 'nothing at all', stdin: '', stderr: 'response: no response came\n', exit: 1 },
  { title: 'empty lines alone', stdin: '\r\n\r\n', stderr: 'response: no response came\n', exit: 1 },
  {
    title: 'a head that is cut off',
    stdin: 'HTTP/1.1 200 OK\r\nContent-Le',
    stderr: 'response: the response ends in the middle of its head\n',
    exit: 1,
  },
  {
    title: 'an interim answer alone',
    stdin: 'HTTP/1.1 100 Continue\r\n\r\n',
    stderr: 'response: the response ends in the middle of its head\n',
    exit: 1,
  },
  {
    title: 'a body that is cut off',
    stdin: message(['Content-Length: 10'], 'abc'),
    stdout: 'abc',
    stderr: 'response: the response ends after 3 of 10 bytes of its body\n',
    exit: 1,
  },
  {
    title: 'chunks that are cut off',
    stdin: chunked('abcdef', 3, ''),
    stdout: 'abcdef',
    stderr: 'response: the response ends in the middle of its body\n',
    exit: 1,
  },
  {
    title: 'chunks without the last empty line',
    stdin: chunked('abc', 3, '0\r\n'),
    stdout: 'abc',
    stderr: 'response: the response ends in the middle of its body\n',
    exit: 1,
  },
  {
    title: 'the second message is cut off',
    stdin: Buffer.concat([sized('one'), message(['Content-Length: 2'], 'x')]),
    stdout: 'onex',
    stderr: 'response: the response ends after 1 of 2 bytes of its body\n',
    exit: 1,
  },
  {
    title: 'HTTP/2, as curl prints it',
    stdin: 'HTTP/2 200 \r\ncontent-length: 2\r\n\r\nok',
    stderr: 'response: the response is malformed: it is not HTTP/1 (`curl --http1.1` asks for that)\n',
    exit: 1,
  },
  {
    title: 'a chunk whose size is no number',
    stdin: message(['Transfer-Encoding: chunked'], 'zz\r\nabc\r\n0\r\n\r\n'),
    stderr: 'response: the response is malformed: Invalid character in chunk size\n',
    exit: 1,
  },
  {
    title: 'a chunk that is longer than it says',
    stdin: message(['Transfer-Encoding: chunked'], '2\r\nabc\r\n0\r\n\r\n'),
    exit: 1,
  },
  {
    title: 'a chunk size beyond counting',
    stdin: message(['Transfer-Encoding: chunked'], 'fffffffffffffffffffff\r\n'),
    exit: 1,
  },
  {
    title: 'both framings',
    stdin: message(['Content-Length: 3', 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
    stderr: "response: the response is malformed: Transfer-Encoding can't be present with Content-Length\n",
    exit: 1,
  },
  {
    title: 'both framings, the other way round',
    stdin: message(['Transfer-Encoding: chunked', 'Content-Length: 3'], '0\r\n\r\n'),
    exit: 1,
  },
  {
    title: 'two lengths',
    stdin: message(['Content-Length: 3', 'Content-Length: 4'], 'abcd'),
    stderr: 'response: the response is malformed: Duplicate Content-Length\n',
    exit: 1,
  },
  { title: 'a list of lengths', stdin: message(['Content-Length: 3, 4'], 'abcd'), exit: 1 },
  { title: 'a negative length', stdin: message(['Content-Length: -1'], ''), exit: 1 },
  { title: 'a signed length', stdin: message(['Content-Length: +1'], 'x'), exit: 1 },
  {
    title: 'a length beyond counting',
    stdin: message(['Content-Length: 99999999999999999999'], 'x'),
    exit: 1,
  },
  {
    title: 'HTTP/1.0 in chunks',
    stdin: 'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    stderr: 'response: the response is malformed: HTTP/1.0 with Transfer-Encoding\n',
    exit: 1,
  },
  {
    title: 'a transfer coding that nobody knows',
    stdin: message(['Transfer-Encoding: gzip, chunked'], '0\r\n\r\n'),
    stderr: "response: the transfer coding 'gzip' is not known\n",
    exit: 1,
  },
  { title: 'a blank before a colon', stdin: message(['Content-Length : 3'], 'abc'), exit: 1 },
  { title: 'a folded header', stdin: message(['A: b', ' c', 'Content-Length: 0']), exit: 1 },
  { title: 'NUL in a header', stdin: message(['A: b\0c', 'Content-Length: 0']), exit: 1 },
  { title: 'lines that end without CR', stdin: 'HTTP/1.1 200 OK\nContent-Length: 0\n\n', exit: 1 },
  {
    title: 'a head without end',
    stdin: message([`A: ${'x'.repeat(300_000)}`]),
    stderr: 'response: the response is malformed: Header overflow\n',
    exit: 1,
  },
  {
    title: 'garbage behind a message',
    stdin: Buffer.concat([sized('ok'), Buffer.from('garbage\r\n')]),
    stdout: 'ok',
    stderr: 'response: the response is malformed: Expected HTTP/, RTSP/ or ICE/\n',
    exit: 1,
  },
  { title: 'a request', stdin: 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', exit: 1 },
  { title: 'HTTP/2 as curl shows it', stdin: 'HTTP/2 200 \r\n\r\n', exit: 1 },
]

describe.each([
  ['whole messages', whole],
  ['content codings', coded],
  ['fields, checks and failures', judged],
  ['messages that are broken', broken],
])('%s', (_title, rows) => {
  test.each(rows.map((row) => [row.title, row] as const))('%s', async (_rowTitle, row) => {
    const stdin = Buffer.from(row.stdin)
    for (const readSize of [undefined, 1, 7]) {
      if (readSize !== undefined && stdin.length > 100_000) continue
      const run = { spec: `response ${row.args ?? ''}`, stdin, cwd: '/' }
      const result = await runHere(run, readSize === undefined ? {} : { readSize })
      expect({ stderr: result.stderr, exit: result.exit }).toMatchObject({
        exit: row.exit ?? 0,
        ...(row.stderr === undefined && (row.exit ?? 0) !== 0 ? {} : { stderr: row.stderr ?? '' }),
      })
      if (row.stdout !== undefined || (row.exit ?? 0) === 0)
        expect(result.stdout.toString('latin1')).toBe(row.stdout ?? '')
    }
  })
})

describe('what is refused before anything runs', () => {
  test.each([
    ['an operand', 'response x', "extra operand 'x'"],
    ['a check without operator', "response --check 'status 200'", 'it has no operator'],
    ['a check of nothing known', "response --check 'colour == red'", "nothing is called 'colour'"],
    ['a header without name', "response --check 'header == x'", 'write header NAME'],
    ['a number that is none', "response --check 'status == ok'", 'its value is no number, or no time'],
    ['a time that is none', "response --check 'time < soon'", 'its value is no number, or no time'],
    ['an expression that is none', "response --check 'body =~ a('", 'Unmatched ( or \\('],
    ['a path that is none', "response --field 'a..b'", 'is no path of a field'],
    ['a size that is none', 'response --body-limit x', 'invalid size'],
    ['a method in small letters', 'response --method head', 'a method is written in capitals'],
  ])('%s', async (_title, spec, message) => {
    const { stderr, exit } = await runHere({ spec, stdin: Buffer.alloc(0), cwd: '/' }, {})
    expect(stderr).toContain(message)
    expect(exit).toBe(2)
  })
})

test('a body of ten megabytes comes out whole, in every framing', async () => {
  const content = Buffer.from(Array.from({ length: 1_300_000 }, (_, line) => `${line}\r\n`).join(''))
  for (const stdin of [
    sized(content),
    message([], content),
    chunked(content, 50_000),
    chunked(gzipSync(content), 4096, '0\r\n\r\n', ['Content-Encoding: gzip']),
  ]) {
    const { stdout } = await runHere({ spec: 'response', stdin, cwd: '/' }, {})
    expect(stdout.equals(content)).toBe(true)
  }
})

describe('curl makes the same of what a server sends', () => {
  // curl takes one gzip member only; gzip itself, and we, take several (RFC 1952 section 2.2).
  const shared = [...whole, ...coded].filter(
    ({ title, args, exit }) =>
      args === undefined && exit === undefined && !/messages|between|members/.test(title),
  )
  for (const { title, stdin, stdout } of shared)
    testWithPeer('curl', title, async () => {
      const server = createServer((socket) => socket.once('data', () => socket.end(stdin)))
      await once(server.listen(0, '127.0.0.1'), 'listening')
      const { port } = server.address() as AddressInfo
      try {
        const { stdout: received } = await execa(
          'curl',
          ['-sS', '--compressed', `http://127.0.0.1:${port}/`],
          {
            encoding: 'latin1',
            stripFinalNewline: false,
          },
        )
        expect(received).toBe(stdout ?? '')
      } finally {
        server.close()
      }
    })
})
