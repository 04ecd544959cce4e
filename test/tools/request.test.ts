import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { runHere, withFiles } from '../support/engines.js'
import { runToolHere } from '../support/run-tool.js'

const files = {
  'text.txt': 'line\n"two"',
  'data.json': ' {"a": 1.0}\n',
  'bytes.bin': Uint8Array.of(0, 255, 13, 10),
  token: 'abc.def\n',
  'bad.txt': Uint8Array.of(255),
}

/** Writes a request as the tool does. */
async function write(
  args: readonly string[],
  {
    stdin = '',
    env = {},
  }: { readonly stdin?: string | Uint8Array; readonly env?: Record<string, string> } = {},
): Promise<{ head: string; body: string; stderr: string; exit: number; bytes: Buffer }> {
  const { stdout, stderr, exit } = await withFiles(files, (cwd) =>
    runToolHere({ tool: 'request', args, stdin: Buffer.from(stdin), cwd, env }),
  )
  const text = stdout.toString('latin1')
  const end = text.indexOf('\r\n\r\n')
  return { head: text.slice(0, Math.max(end, 0)), body: text.slice(end + 4), stderr, exit, bytes: stdout }
}

const json = (body: string): object => ({
  body,
  has: ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`],
})

interface Row {
  readonly title: string
  readonly args: readonly string[]
  readonly stdin?: string
  readonly env?: Record<string, string>
  readonly line?: string
  readonly has?: readonly string[]
  readonly lacks?: readonly string[]
  readonly body?: string
}

const urls: Row[] = [
  {
    title: 'a port of this machine',
    args: ['GET', ':8080'],
    line: 'GET / HTTP/1.1',
    has: ['Host: localhost:8080'],
  },
  {
    title: 'a port and a path',
    args: ['GET', ':8080/x?y'],
    line: 'GET /x?y HTTP/1.1',
    has: ['Host: localhost:8080'],
  },
  { title: 'a colon alone', args: ['GET', ':'], has: ['Host: localhost'] },
  {
    title: 'a path of this machine',
    args: ['GET', ':/x'],
    line: 'GET /x HTTP/1.1',
    has: ['Host: localhost'],
  },
  { title: 'a host', args: ['GET', 'example.org'], line: 'GET / HTTP/1.1', has: ['Host: example.org'] },
  {
    title: 'a host with port and path',
    args: ['GET', 'example.org:81/a/b'],
    line: 'GET /a/b HTTP/1.1',
    has: ['Host: example.org:81'],
  },
  { title: 'http without its own port', args: ['GET', 'http://EXAMPLE.org:80/'], has: ['Host: example.org'] },
  {
    title: 'https without its own port',
    args: ['GET', 'https://example.org:443/x'],
    has: ['Host: example.org'],
  },
  {
    title: 'https with the port of http',
    args: ['GET', 'https://example.org:80'],
    has: ['Host: example.org:80'],
  },
  { title: 'IPv6', args: ['GET', '[::1]:8080/x'], line: 'GET /x HTTP/1.1', has: ['Host: [::1]:8080'] },
  { title: 'IPv6 with a scheme', args: ['GET', 'http://[2001:db8::1]/'], has: ['Host: [2001:db8::1]'] },
  {
    title: 'a name beyond ASCII',
    args: ['GET', 'b\u00fccher.example'],
    has: ['Host: xn--bcher-kva.example'],
  },
  { title: 'a fragment is not sent', args: ['GET', ':/x#y'], line: 'GET /x HTTP/1.1' },
  {
    title: 'what no URL may hold',
    args: ['GET', ':/a b|c^"<\u00fc>`{}[]\\d?q=[x|y]'],
    line: 'GET /a%20b%7Cc%5E%22%3C%C3%BC%3E%60%7B%7D%5B%5D%5Cd?q=%5Bx%7Cy%5D HTTP/1.1',
  },
  { title: 'a blank at the end', args: ['GET', ':/x '], line: 'GET /x%20 HTTP/1.1' },
  {
    title: 'what is encoded stays so',
    args: ['GET', ':/a%2Fb%20?c%26=d+e'],
    line: 'GET /a%2Fb%20?c%26=d+e HTTP/1.1',
  },
  {
    title: 'a stray percent sign',
    args: ['GET', ':/100%/x?50%25=%zz'],
    line: 'GET /100%25/x?50%25=%25zz HTTP/1.1',
  },
  { title: 'dot segments', args: ['GET', ':/a/../b/./c'], line: 'GET /b/c HTTP/1.1' },
  {
    title: 'query items',
    args: ['GET', ':/x', 'a==1', 'b c==d&e', 'a==2'],
    line: 'GET /x?a=1&b+c=d%26e&a=2 HTTP/1.1',
  },
  {
    title: 'query items behind a query',
    args: ['GET', ':/x?z=%41', 'a==\u00fc'],
    line: 'GET /x?z=%41&a=%C3%BC HTTP/1.1',
  },
  {
    title: 'a query item from a file',
    args: ['GET', ':', 'q==@text.txt'],
    line: 'GET /?q=line%0A%22two%22 HTTP/1.1',
  },
  {
    title: 'user and password in the URL',
    args: ['GET', 'http://us%40r:p%3Aw@h/'],
    has: ['Host: h', `Authorization: Basic ${btoa('us@r:p:w')}`],
  },
]

const heads: Row[] = [
  {
    title: 'the default headers',
    args: ['GET', ':'],
    has: [
      'User-Agent: sluice/0.1.0',
      'Accept: */*',
      'Accept-Encoding: gzip, deflate, br',
      'Connection: close',
    ],
    lacks: ['Content-', 'Transfer-'],
  },
  { title: 'a method in small letters', args: ['get', ':'], line: 'GET / HTTP/1.1' },
  { title: 'a method that is not known', args: ['PURGE', ':'], line: 'PURGE / HTTP/1.1' },
  { title: 'a header', args: ['GET', ':', 'X-A: b c \t'], has: ['X-A: b c'] },
  { title: 'a header twice', args: ['GET', ':', 'X:1', 'X:2'], has: ['X: 1\r\nX: 2'] },
  { title: 'a header with colons and equals signs', args: ['GET', ':', 'X:a=b:c@d'], has: ['X: a=b:c@d'] },
  { title: 'a header beyond ASCII', args: ['GET', ':', 'X:gr\u00fcn'], has: ['X: gr\u00c3\u00bcn'] },
  { title: 'a header from a file', args: ['GET', ':', 'X:@token'], has: ['X: abc.def'] },
  { title: 'a header without value', args: ['GET', ':', 'X;'], has: ['X: '] },
  {
    title: 'a default header given otherwise',
    args: ['GET', ':', 'user-agent:me', 'Accept:text/plain'],
    has: ['user-agent: me', 'Accept: text/plain'],
    lacks: ['sluice', '*/*'],
  },
  {
    title: 'a default header left out',
    args: ['GET', ':', 'User-Agent:', 'Accept-Encoding:'],
    lacks: ['User-Agent', 'Encoding'],
  },
  { title: 'another host', args: ['GET', ':', 'Host:other'], has: ['Host: other'], lacks: ['localhost'] },
  { title: 'HTTP/1.0', args: ['--http1.0', 'GET', ':'], line: 'GET / HTTP/1.0' },
  { title: 'HTTP/1.0 without a host', args: ['--http1.0', 'GET', ':', 'Host:'], lacks: ['Host'] },
  {
    title: 'basic authentication',
    args: ['--auth', 'basic:me:p:w', 'GET', ':'],
    has: [`Authorization: Basic ${btoa('me:p:w')}`],
  },
  {
    title: 'basic authentication beyond ASCII',
    args: ['-abasic:m\u00e9:\u00fc', 'GET', ':'],
    has: [`Authorization: Basic ${Buffer.from('m\u00e9:\u00fc').toString('base64')}`],
  },
  { title: 'a bearer token', args: ['--auth=bearer:abc', 'GET', ':'], has: ['Authorization: Bearer abc'] },
  {
    title: 'a secret from the environment',
    args: ['--auth=bearer', '--auth-env=TOKEN', 'GET', ':'],
    env: { TOKEN: 'xyz' },
    has: ['Authorization: Bearer xyz'],
  },
  {
    title: 'a secret from a file',
    args: ['--auth=bearer', '--auth-file=token', 'GET', ':'],
    has: ['Authorization: Bearer abc.def'],
  },
  {
    title: 'a secret from standard input',
    args: ['--auth=bearer', '--auth-file=-', 'GET', ':'],
    stdin: 'abc\nrest',
    has: ['Authorization: Bearer abc'],
  },
  {
    title: 'authentication by an item comes first',
    args: ['--auth=bearer:abc', 'GET', ':', 'Authorization:Own x'],
    has: ['Authorization: Own x'],
    lacks: ['abc'],
  },
]

const bodies: Row[] = [
  { title: 'a POST without body says so', args: ['POST', ':'], has: ['Content-Length: 0'], body: '' },
  {
    title: 'strings and JSON values',
    args: ['POST', ':', 'a=1', 'b:=1', 'c:=true', 'd:=[1, 2]', 'e='],
    ...json('{"a":"1","b":1,"c":true,"d":[1, 2],"e":""}'),
  },
  { title: 'Accept with JSON', args: ['POST', ':', 'a=1'], has: ['Accept: application/json, */*;q=0.5'] },
  {
    title: 'a number that no double holds',
    args: ['POST', ':', 'a:=12345678901234567890.10'],
    ...json('{"a":12345678901234567890.10}'),
  },
  {
    title: 'the last of two of one name',
    args: ['POST', ':', 'a=1', 'b=2', 'a=3'],
    ...json('{"a":"3","b":"2"}'),
  },
  {
    title: 'names that are numbers keep their order',
    args: ['POST', ':', 'b=1', '2=x', '1=y'],
    ...json('{"b":"1","2":"x","1":"y"}'),
  },
  { title: '__proto__ is a name', args: ['POST', ':', '__proto__[a]=1'], ...json('{"__proto__":{"a":"1"}}') },
  {
    title: 'quotes and line ends in a string',
    args: ['POST', ':', 'a="\r\n\0\\'],
    ...json('{"a":"\\"\\r\\n\\u0000\\\\"}'),
  },
  {
    title: 'text and JSON from files',
    args: ['POST', ':', 'a=@text.txt', 'b:=@data.json'],
    ...json('{"a":"line\\n\\"two\\"","b":{"a": 1.0}}'),
  },
  { title: 'text from standard input', args: ['POST', ':', 'a=@-'], stdin: 'in\n', ...json('{"a":"in\\n"}') },
  {
    title: 'separators with backslashes',
    args: ['POST', ':', 'a\\:b=1', 'c\\=d\\@=2', 'e\\f=3', 'g=x\\=y'],
    ...json('{"a:b":"1","c=d@":"2","e\\\\f":"3","g":"x=y"}'),
  },
  {
    title: 'nested members',
    args: ['POST', ':', 'a[b][c]=1', 'a[b][d]:=2', 'a[e]=3'],
    ...json('{"a":{"b":{"c":"1","d":2},"e":"3"}}'),
  },
  {
    title: 'nested lists',
    args: ['POST', ':', 'a[]=1', 'a[]:=2', 'a[4]=5', 'b[0][x]=y', 'c[][d]=1', 'c[][d]=2'],
    ...json('{"a":["1",2,null,null,"5"],"b":[{"x":"y"}],"c":[{"d":"1"},{"d":"2"}]}'),
  },
  {
    title: 'a list as the whole body',
    args: ['POST', ':', '[]=1', '[]:=2', '[][a]=b'],
    ...json('["1",2,{"a":"b"}]'),
  },
  {
    title: 'a number as a member, and brackets in names',
    args: ['POST', ':', 'a[\\0]=1', 'b\\[c\\]=2', 'd[e\\]f]=3', '0[x]=4'],
    ...json('{"a":{"0":"1"},"b[c]":"2","d":{"e]f":"3"},"0":{"x":"4"}}'),
  },
  {
    title: 'into what was given as JSON',
    args: ['POST', ':', 'a:={"b":1}', 'a[c]=2', 'd:=[1]', 'd[]=2', 'e:=null', 'e[f]=1'],
    ...json('{"a":{"b":1,"c":"2"},"d":[1,"2"],"e":{"f":"1"}}'),
  },
  {
    title: 'a gap is filled',
    args: ['POST', ':', 'a[2]=x', 'a[0]=y', 'a[1][z]=1'],
    ...json('{"a":["y",{"z":"1"},"x"]}'),
  },
  {
    title: 'another type of content',
    args: ['POST', ':', 'a=1', 'Content-Type:application/vnd.x+json'],
    has: ['Content-Type: application/vnd.x+json'],
    lacks: ['application/json\r'],
  },
  {
    title: 'a form',
    args: ['--form', 'POST', ':', 'a=1 2', 'b=&=\u00fc', 'a=3', 'c:=4', 'd=@text.txt'],
    has: ['Content-Type: application/x-www-form-urlencoded; charset=utf-8'],
    body: 'a=1+2&b=%26%3D%C3%BC&a=3&c=4&d=line%0A%22two%22',
  },
  {
    title: 'the last kind of body wins',
    args: ['--form', '--json', 'POST', ':', 'a=1'],
    ...json('{"a":"1"}'),
  },
  {
    title: 'raw text',
    args: ['--raw', 'gr\u00fcn', 'POST', ':'],
    has: ['Content-Length: 5'],
    body: 'gr\u00c3\u00bcn',
  },
  {
    title: 'standard input',
    args: ['POST', ':', '-', 'Content-Type:text/plain'],
    stdin: 'body\n',
    has: ['Content-Length: 5', 'Content-Type: text/plain'],
    body: 'body\n',
  },
  {
    title: 'standard input, as a file',
    args: ['POST', ':', '@-'],
    stdin: '',
    has: ['Content-Length: 0'],
    body: '',
  },
  {
    title: 'standard input is not read unasked',
    args: ['POST', ':', 'a=1'],
    stdin: 'ignored',
    ...json('{"a":"1"}'),
  },
  { title: 'a file', args: ['POST', ':', '@bytes.bin'], has: ['Content-Length: 4'], body: '\0\xff\r\n' },
  {
    title: 'standard input in chunks',
    args: ['--chunked', 'POST', ':', '-'],
    stdin: 'body\n',
    has: ['Transfer-Encoding: chunked'],
    lacks: ['Content-Length'],
    body: '5\r\nbody\n\r\n0\r\n\r\n',
  },
  { title: 'nothing in chunks', args: ['--chunked', 'POST', ':', '-'], stdin: '', body: '0\r\n\r\n' },
  { title: 'chunks without body', args: ['--chunked', 'GET', ':'], lacks: ['Transfer-Encoding'], body: '' },
  { title: 'items in chunks', args: ['--chunked', 'POST', ':', 'a=1'], body: '9\r\n{"a":"1"}\r\n0\r\n\r\n' },
]

describe.each([
  ['URLs', urls],
  ['methods and headers', heads],
  ['bodies', bodies],
])('%s', (_title, rows) => {
  test.each(rows.map((row) => [row.title, row] as const))('%s', async (_rowTitle, row) => {
    const { head, body, stderr, exit } = await write(row.args, row)
    expect({ stderr, exit }).toEqual({ stderr: '', exit: 0 })
    if (row.line !== undefined) expect(head.split('\r\n')[0]).toBe(row.line)
    for (const part of row.has ?? []) expect(`${head}\r\n`).toContain(`\r\n${part}\r\n`)
    for (const part of row.lacks ?? []) expect(head).not.toContain(part)
    if (row.body !== undefined) expect(body).toBe(row.body)
  })
})

describe('what is refused, without a word of what it holds', () => {
  const secret = 'hunter2'
  test.each<[string, readonly string[], string]>([
    ['no words', [], 'missing METHOD and URL'],
    ['no URL', ['GET'], "missing URL after 'GET'"],
    ['no method', [`http://u:${secret}@h/`], 'the method is missing'],
    ['a method with a line end', ['GET\r\nX', 'h'], 'the method is not well formed'],
    ['a method with a blank', ['GET /x', 'h'], 'the method'],
    ['CONNECT', ['CONNECT', 'h'], 'CONNECT opens a tunnel'],
    ['an empty URL', ['GET', ''], 'the URL is empty'],
    ['a path without a host', ['GET', '/x'], 'the URL has no host: write :8080/path for this machine'],
    [
      'a scheme without a host',
      ['GET', 'http:///x'],
      'the URL has no host: write :8080/path for this machine',
    ],
    ['a URL with a line end', ['GET', `h/${secret}\r\nX: y`], 'the URL holds a control character'],
    ['a URL with a tab', ['GET', `h/\t${secret}`], 'the URL holds a control character'],
    ['another scheme', ['GET', `ftp://u:${secret}@h`], 'another scheme than http and https'],
    ['IPv6 without brackets', ['GET', '::1/x'], 'an IPv6 address without brackets'],
    ['a blank behind the host', ['GET', `u:${secret}@h `], 'the URL is not valid'],
    ['a port that is none', ['GET', `u:${secret}@h:99999/`], 'the URL is not valid'],
    ['port 0', ['GET', ':0'], 'the port 0'],
    ['CR LF in a header', ['GET', ':', `X:${secret}\r\nY: z`], 'the header X holds a carriage return'],
    ['LF in a header', ['GET', ':', `X:${secret}\nY: z`], 'the header X holds a line feed'],
    ['NUL in a header', ['GET', ':', `X:${secret}\0`], 'the header X holds NUL'],
    ['another control character in a header', ['GET', ':', `X:${secret}\x7f`], 'a control character'],
    ['a line end at the end of a header', ['GET', ':', `X:${secret}\n`], 'a line feed'],
    ['a name with a blank', ['GET', ':', `X Y:${secret}`], 'is no name of a header'],
    ['a name with a line end', ['GET', ':', `X\r\nY:${secret}`], 'is no name of a header'],
    ['a name beyond ASCII', ['GET', ':', `\u00fc:${secret}`], 'is no name of a header'],
    ['no name', ['GET', ':', `:${secret}`], 'is no name of a header'],
    ['a length', ['POST', ':', 'Content-Length:5', `a=${secret}`], 'Content-Length is not yours to set'],
    ['a transfer coding', ['POST', ':', 'transfer-encoding:chunked', `a=${secret}`], 'use --chunked'],
    ['two hosts', ['GET', ':', 'Host:a', 'host:b'], 'one header Host only'],
    ['no host', ['GET', ':', 'Host:'], 'HTTP/1.1 needs the header Host'],
    ['a value behind Name;', ['GET', ':', `X;${secret}`], 'X; is for a header without value'],
    ['an item without separator', ['POST', ':', secret], 'an item is none of'],
    ['JSON that is none', ['POST', ':', `a:={"x":${secret}`], "the value of 'a' is no JSON"],
    ['JSON from a file that is none', ['POST', ':', 'a:=@text.txt'], "the value of 'a' is no JSON"],
    ['text that is no UTF-8', ['POST', ':', 'a=@bad.txt'], 'bad.txt: it is not UTF-8 text'],
    ['a file that is not there', ['POST', ':', 'a=@missing'], 'missing: No such file or directory'],
    ['a body that is not there', ['POST', ':', '@missing'], 'missing: No such file or directory'],
    ['a folder as body', ['POST', ':', '@.'], '.: Is a directory'],
    ['a file in JSON', ['POST', ':', 'a@text.txt'], "the file of 'a' needs --form or --multipart"],
    ['a list in a form', ['-f', 'POST', ':', `a:=["${secret}"]`], "the value of 'a' must be a single one"],
    ['two bodies', ['--raw', secret, 'POST', ':', 'a=1'], 'not from two of them'],
    ['two body files', ['POST', ':', '@token', '@text.txt'], 'there can be one body only'],
    ['standard input twice', ['POST', ':', '-', 'X:@-'], 'standard input can be read for one item only'],
    [
      'standard input twice, once for a secret',
      ['--auth=bearer', '--auth-file=-', 'POST', ':', '-'],
      'for one thing only',
    ],
    [
      'a member of a string',
      ['POST', ':', `a=${secret}`, 'a[b]=1'],
      "the key 'a[b]' is for an object, but there is a single value already",
    ],
    [
      'an element of an object',
      ['POST', ':', 'a[b]=1', `a[]=${secret}`],
      "the key 'a[]' is for an array, but there is an object already",
    ],
    [
      'a member of a list',
      ['POST', ':', '[]=1', `a=${secret}`],
      "the key 'a' is for an object, but there is an array already",
    ],
    ['a key that is not closed', ['POST', ':', `a[b=${secret}`], "']' is missing"],
    ['a key that goes on behind a bracket', ['POST', ':', `a[b]c=${secret}`], "'[' expected"],
    ['a bracket that was not opened', ['POST', ':', `a]=${secret}`], "'[' expected"],
    ['a negative index', ['POST', ':', `a[-1]=${secret}`], 'an index counts from the start'],
    ['an enormous index', ['POST', ':', `a[999999999]=${secret}`], 'the index is too large'],
    ['a key that is very deep', ['POST', ':', `a${'[b]'.repeat(5000)}=${secret}`], 'it is too deep'],
    ['chunks in HTTP/1.0', ['--http1.0', '--chunked', 'POST', ':', 'a=1'], 'HTTP/1.0 has no chunks'],
    ['authentication of an unknown kind', ['--auth', `me:${secret}`, 'GET', ':'], 'neither basic nor bearer'],
    [
      'a token with a line end',
      ['--auth', `bearer:${secret}\r\nX: y`, 'GET', ':'],
      'a character that none may have',
    ],
    [
      'a password with a line end',
      ['--auth', `basic:me:${secret}\n`, 'GET', ':'],
      'without control characters',
    ],
    ['a user without password', ['--auth', `basic:${secret}`, 'GET', ':'], 'USER:PASSWORD'],
    ['no secret', ['--auth', 'basic', 'GET', ':'], "'--auth' needs one secret"],
    [
      'two secrets',
      ['--auth', `bearer:${secret}`, '--auth-file', 'token', 'GET', ':'],
      "'--auth' needs one secret",
    ],
    [
      'a variable that is not set',
      ['--auth=bearer', '--auth-env=NOPE', 'GET', ':'],
      "the variable 'NOPE' is not set",
    ],
    ['a secret of nothing', ['--auth-file=token', 'GET', ':'], "has no '--auth' to go with"],
    ['what only --send has', ['--follow', 'GET', ':'], "'--follow' needs '--send'"],
    ['HTTP/1.0 that is sent', ['--send', '--http1.0', 'GET', ':'], "'--send' speaks HTTP/1.1"],
    [
      'words beside those of standard input',
      ['--send', '--stdin-requests', 'GET', ':'],
      'stand on standard input',
    ],
    ['a time that is none', ['--send', '--timeout=soon', 'GET', ':'], "invalid time 'soon'"],
  ])('%s', async (_title, args, message) => {
    const { stderr, exit, bytes } = await write(args)
    expect(stderr).toContain(message)
    expect(stderr).not.toContain(secret)
    expect(exit).toBe(2)
    expect(bytes.length).toBe(0)
  })
})

describe('types', () => {
  test.each([
    [
      'a request into lines',
      'request GET : | grep x',
      '`grep` reads lines, but `request` writes http<request>',
    ],
    [
      'a request into a response',
      'request GET : | response',
      '`response` reads http<response>, but `request` writes http<request>',
    ],
    ['an input that nobody reads', 'echo x | request POST : a=1', '`request` reads no input'],
  ])('%s is refused', async (_title, spec, message) => {
    const { stderr, exit } = await runHere({ spec, stdin: Buffer.alloc(0), cwd: '/' }, {})
    expect(stderr).toContain(message)
    expect(exit).toBe(2)
  })

  test.each([
    ['as text', 'request GET : | cat | head -n 1'],
    ['as bytes', 'request GET : | gzip | gunzip | cat | head -n 1'],
    ['with an input that is asked for', 'echo x | request GET : - | cat | head -n 1'],
  ])('a request %s', async (_title, spec) => {
    const { stdout } = await runHere({ spec, stdin: Buffer.alloc(0), cwd: '/' }, {})
    expect(stdout.toString()).toBe('GET / HTTP/1.1\r\n')
  })
})

describe('bodies of other kinds', () => {
  test('multipart', async () => {
    const args = [
      '--multipart',
      'POST',
      ':',
      'a=1',
      'q"\u00fc=x\ny',
      'f@bytes.bin',
      'g@text.txt;type=text/plain',
      'h=@token',
    ]
    const { head, body } = await write(args)
    const [, boundary = ''] = /Content-Type: multipart\/form-data; boundary=(.*)\r\n/.exec(head) ?? []
    const part = (disposition: string, content: string, type?: string): string =>
      `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${type === undefined ? '' : `Content-Type: ${type}\r\n`}\r\n${content}\r\n`
    const expected = [
      part('name="a"', '1'),
      part('name="q%22\u00fc"', 'x\ny'),
      part('name="f"; filename="bytes.bin"', '\0\u00ff\r\n', 'application/octet-stream'),
      part('name="g"; filename="text.txt"', 'line\n"two"', 'text/plain'),
      part('name="h"', 'abc.def\n'),
      `--${boundary}--\r\n`,
    ].join('')
    const bytes = Buffer.concat(
      expected
        .split('\u00fc')
        .flatMap((text, index) => [Buffer.from(index === 0 ? '' : '\u00fc'), Buffer.from(text, 'latin1')]),
    )
    expect(Buffer.from(body, 'latin1').equals(bytes), body).toBe(true)
    expect(head).toContain(`Content-Length: ${bytes.length}`)
  })

  test('a form with a file is multipart, and standard input can be the file', async () => {
    const { head, body } = await write(['--form', 'POST', ':', 'f@-'], { stdin: 'content' })
    expect(head).toContain('multipart/form-data')
    expect(body).toContain('filename="stdin"\r\nContent-Type: application/octet-stream\r\n\r\ncontent\r\n')
  })

  test.each([[[]], [['--chunked']]])('compressed, with %j', async (options) => {
    const { head, body } = await write([...options, '--compress', 'POST', ':', '-'], {
      stdin: 'x'.repeat(1000),
    })
    expect(head).toContain('Content-Encoding: gzip')
    const content = options.length === 0 ? body : body.replace(/^[0-9a-f]+\r\n/, '')
    expect(
      gunzipSync(Buffer.from(content, 'latin1').subarray(0, -7 * options.length || undefined)).toString(),
    ).toBe('x'.repeat(1000))
  })

  test('a body that is too large to be held asks for chunks', async () => {
    const { stderr, exit } = await withFiles({}, (cwd) =>
      runToolHere({
        tool: 'request',
        args: ['POST', ':', '-'],
        stdin: Buffer.alloc(100),
        cwd,
        env: {},
        memoryBudget: 99,
      }),
    )
    expect(stderr).toContain('more than 99 bytes before its length is known: use --chunked')
    expect(exit).toBe(2)
  })
})
