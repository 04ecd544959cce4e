import { UsageError } from '../../base/error.js'
import { until } from '../../base/task.js'
import { defineTool } from '../../base/tool.js'
import { bytes, http, lines, nothing } from '../../base/type.js'
import { version } from '../../base/version.js'
import { messageOptions, settleMessage, wordsOf } from './request/message.js'
import type { Source } from './request/send.js'
import { type SendSettings, sendOptions, settleSend } from './request/send-options.js'
import { writeMessage } from './request/write.js'
import { displayStatus } from './response/display.js'

interface Settings {
  readonly source: Source
  readonly sending: SendSettings | undefined
}

const method = 'the method is the first operand: request POST URL'
const header = 'a header is an item behind the URL: Name:VALUE'
const body = 'the body is items behind the URL: NAME=VALUE (with --form a form), @FILE, -; or --raw=TEXT'
const outcome = 'redirect the output: request --send GET URL >FILE'
const answer = '--headers --body prints the headers of the answer too'
const head = 'the method is HEAD, and --headers prints the headers: request --send --headers HEAD URL'

/** Of curl. */
const elsewhere = {
  X: method,
  request: method,
  I: head,
  head,
  H: header,
  header,
  A: header,
  'user-agent': header,
  e: header,
  referer: header,
  d: body,
  data: body,
  'data-raw': body,
  'data-binary': body,
  'data-urlencode': body,
  T: body,
  'upload-file': body,
  L: 'it is --follow',
  location: 'it is --follow',
  u: 'it is --auth=basic:USER:PASSWORD',
  user: 'it is --auth=basic:USER:PASSWORD',
  k: 'it is --verify=no',
  insecure: 'it is --verify=no',
  cacert: 'it is --verify=FILE',
  m: 'it is --timeout=TIME',
  'max-time': 'it is --timeout=TIME',
  c: 'it is --cookie-jar=FILE',
  o: outcome,
  output: outcome,
  i: answer,
  include: answer,
}

export const request = defineTool({
  name: 'request',
  group: 'http',
  summary: 'write, or send, an HTTP request',
  usage: ['[OPTION]... METHOD URL [ITEM]...', '--send --stdin-requests [OPTION]...'],
  options: { ...messageOptions, ...sendOptions },
  syntax: { elsewhere },
  status: {
    trouble: 2,
    tellsHelp: true,
    meaning: {
      0: 'the request was written; or the answer was read, and all is as asked for',
      ...displayStatus,
    },
  },
  settle(args, context): Settings {
    const sending = settleSend(args)
    const [oldVersion] = args.all('http10')
    if (sending !== undefined && oldVersion !== undefined)
      throw new UsageError("'--send' speaks HTTP/1.1", { argument: oldVersion.argument })
    if (sending?.readsRequests !== true)
      return { source: settleMessage(wordsOf(args), args, context), sending }
    const [operand] = args.operandIndex
    if (operand !== undefined)
      throw new UsageError("with '--stdin-requests' METHOD, URL and ITEMs stand on standard input", {
        argument: operand,
      })
    return { source: (words, later) => settleMessage(words, args, later, 'keep-alive'), sending }
  },
  types({ source, sending }) {
    const input = typeof source === 'function' ? lines : source.readsStdin ? bytes : nothing
    if (sending === undefined) return { input, output: http('request') }
    return { input, output: sending.display.showBody ? bytes : lines }
  },
  traits: () => ({ memory: 'stream' }),
  asynchronous: ({ sending }) => sending !== undefined,
  details: [
    'Writes one HTTP/1.1 message on standard output: request … | nc :8080 | response sends it and reads the answer. With --send it does all of that itself, with TLS for https.',
    'The URL is http://host/path, https://…, host/path, or :8080/path for this machine; what a URL cannot hold is percent-encoded. An IPv6 address stands in brackets: [::1]:8080/path. USER:PASSWORD@ before the host is as --auth basic.',
    'An ITEM is, by its first separator:',
    [
      '  Name:VALUE     a header; Name: leaves out a default one, Name; has no value',
      '  Name:@FILE     a header whose value stands in FILE',
      '  NAME==VALUE    added to the query of the URL; ==@FILE from a file',
      '  NAME=VALUE     a string of the body; =@FILE from a file',
      '  NAME:=JSON     a JSON value of the body, as it stands; :=@FILE from a file',
      '  NAME@FILE      a file of a form; NAME@FILE;type=TYPE tells its media type',
      '  @FILE          the body is FILE; @- or - is standard input',
    ].join('\n'),
    'A backslash before : ; = or @ makes it an ordinary character of a name. The items of the body are a JSON object, or with --form a form. In JSON a NAME may be nested: a[b]=1 is a member of a, a[]=1 an element added to a list, a[0]=1 the element of that number (the gap before it is null), and []=1 makes the whole body a list; a[\\0] and \\[ stand for the characters.',
    'The headers Host, User-Agent, Accept, Accept-Encoding, Connection: close and, with a body, Content-Type are added where no item says otherwise. Content-Length is counted: what has no length before it is read (standard input, a pipe, a compressed body) is held in memory, up to the limit, unless --chunked sends it as it comes.',
    'Standard input is read where an item says -, and never by guessing. CR, LF and NUL in a header, the URL or the method are refused. Values are never shown in a message: a secret is best given by --auth-env or --auth-file, where other users do not see it either.',
    'With --send the answer is treated as by response, whose options are accepted. --follow goes where the server redirects to: after 303, and after 301 and 302 of a POST, with GET; to another server without Authorization and Cookie. Certificates are checked against the authorities that Node brings, and those of the file in NODE_EXTRA_CA_CERTS.',
    'With --stdin-requests the words of a line may be quoted as in a shell. The options are those of every request; a line that is wrong or fails is reported with its number, and the exit status is the highest of all.',
  ],
  examples: [
    {
      about: 'A JSON object from items',
      spec: "request POST :8080/orders id:=1 name=Ann 'tags[]=new'",
      stdout: `POST /orders HTTP/1.1\r\nHost: localhost:8080\r\nUser-Agent: sluice/${version}\r\nAccept: application/json, */*;q=0.5\r\nAccept-Encoding: gzip, deflate, br\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 36\r\n\r\n{"id":1,"name":"Ann","tags":["new"]}`,
    },
    {
      about: 'The body from standard input',
      spec: 'request PUT example.org/notes/1 - Content-Type:text/plain | cat | tail -n 3',
      stdin: 'remember\n',
      stdout: 'Content-Length: 9\r\n\r\nremember\n',
    },
    {
      about: 'Query items, and a path that needs encoding',
      spec: "request GET 'example.org/a b' 'q==x y' | cat | head -n 1",
      stdout: 'GET /a%20b?q=x+y HTTP/1.1\r\n',
    },
  ],
  *run({ source, sending }, io) {
    if (sending !== undefined) {
      // Node's client is loaded where something is sent, and not where a message is written.
      const { send } = yield* until(import('./request/send.js'))
      return yield* send(source, sending, io)
    }
    if (typeof source !== 'function') yield* writeMessage(source, io)
    return 0
  },
})
