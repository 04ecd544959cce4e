import { ToolError, UsageError } from '../../base/error.js'
import { defineTool } from '../../base/tool.js'
import { bytes, http, lines } from '../../base/type.js'
import { parseCheck } from './response/check.js'
import { displayOptions, displayStatus, settleDisplay } from './response/display.js'
import { readMessages } from './response/messages.js'
import { Show } from './response/show.js'

export const response = defineTool({
  name: 'response',
  group: 'http',
  summary: 'read HTTP responses',
  usage: ['[OPTION]...', '--check CHECK...'],
  options: {
    ...displayOptions,
    method: {
      long: 'method',
      value: 'METHOD',
      help: 'the method of the requests; the answer to HEAD has no body',
    },
  },
  status: {
    trouble: 2,
    tellsHelp: true,
    meaning: { 0: 'every response was read, and all is as asked for', ...displayStatus },
  },
  settle(args) {
    if (args.operands.length > 0 && !args.has('check'))
      throw new UsageError(`extra operand '${args.operands[0] ?? ''}'`, {
        argument: args.operandIndex[0] ?? 0,
        help: 'it reads standard input; operands are further checks behind --check',
      })
    const method = args.last('method')
    if (method !== undefined && !/^[A-Z]+$/.test(method.value ?? ''))
      throw new UsageError('a method is written in capitals: --method=HEAD', { argument: method.argument })
    const checks = args.operands.map((text, index) => parseCheck(text, args.operandIndex[index]))
    return { method: method?.value ?? 'GET', display: settleDisplay(args, checks) }
  },
  types: ({ display }) => ({ input: http('response'), output: display.showBody ? bytes : lines }),
  traits: () => ({ memory: 'stream', keepsOrder: true }),
  asynchronous: true,
  details: [
    'Reads HTTP/1.x responses from standard input, as many as come one after the other, and prints their bodies: out of the transfer coding (chunked), and out of the content codings gzip, deflate, br and, where the version of Node has it, zstd. A body is printed as it comes. Interim answers (1xx) are passed over; behind a 101 everything is body.',
    'What curl has received is read as it came: curl --http1.1 --raw -si URL | response.',
    'With --status, --headers, --field or --check the body is left out, unless --body asks for it too.',
    'A response that is cut off, malformed or ambiguous (both Content-Length and Transfer-Encoding, several lengths) is an error, and so is no response at all. What came of the body until then has been printed.',
    'A CHECK is [not] SUBJECT OPERATOR VALUE. The subjects are status, time, size (bytes of the body), header NAME, body and field PATH; the operators == != < <= > >= contains =~ !~ and, without a value, exists. A value of =~ is an extended regular expression, as for grep -E. Further operands behind --check are checks too. The report has a line for each check. The time counts from the start to the end of the response; of several, each counts from the end of the one before.',
    'A PATH names members and elements of a JSON body: a.b[0]; names with a dot or a bracket are written ["a.b"]. A string is printed as its characters, every other value as it stands in the JSON without blanks.',
    'With --fail the body of an answer of 400 or above is not printed, as it is not what the next stage waits for; with --fail-with-body it is.',
  ],
  examples: [
    {
      about: 'The body of an answer',
      spec: 'response',
      stdin: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nhello\n\r\n0\r\n\r\n',
      stdout: 'hello\n',
    },
    {
      about: 'One value of a JSON body',
      spec: "response --field 'items[0].id'",
      stdin: 'HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n{"items": [{"id": 7}]}',
      stdout: '7\n',
    },
    {
      about: 'Check an answer',
      spec: "response --check 'status == 200' 'header content-type =~ json'",
      stdin: 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n',
      stdout: "ok    status == 200\nFAIL  header content-type =~ json: it is 'text/html'\n",
      exit: 3,
    },
  ],
  *run({ method, display }, io) {
    const show = new Show(display, io)
    try {
      yield* readMessages(io.stdin, method, show)
      yield* show.flush()
      return show.exit
    } catch (error) {
      // What came until then is printed.
      if (error instanceof ToolError) yield* show.flush()
      throw error
    } finally {
      show.close()
    }
  },
})
