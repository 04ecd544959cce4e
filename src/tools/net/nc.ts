import { Closed, type Output } from '../../base/io.js'
import { race, type Task } from '../../base/task.js'
import { defineTool, type StageIo } from '../../base/tool.js'
import { bytes } from '../../base/type.js'
import { required } from '../required.js'
import { addressName } from './address.js'
import { connect } from './connect.js'
import { connectionOf } from './connection.js'
import { callByDatagrams, serveByDatagrams } from './nc/datagram-mode.js'
import { hexDump } from './nc/hex-dump.js'
import { ncOptions } from './nc/options.js'
import { scan } from './nc/scan.js'
import { peerName, say } from './nc/say.js'
import { serve } from './nc/serve.js'
import { type NcSettings, settleNc } from './nc/settings.js'
import { type Pass, passTraffic } from './nc/traffic.js'

const runs = "`listen tcp :PORT 'SPEC'` runs a pipeline for each client"
const limits = '`listen` has --max, --max-per-ip, --allow and --deny'

/** Of the other netcats. */
const elsewhere = {
  e: runs,
  c: runs,
  exec: runs,
  'sh-exec': runs,
  m: limits,
  'max-conns': limits,
  allow: limits,
  deny: limits,
}

export const nc = defineTool({
  name: 'nc',
  group: 'net',
  summary: 'send standard input over a connection, and print the answer',
  usage: [
    '[OPTION]... HOST PORT',
    '[OPTION]... HOST:PORT | :PORT | unix:PATH',
    '-l [OPTION]... [HOST] PORT',
    '-z [OPTION]... HOST PORT[-PORT]',
  ],
  options: ncOptions,
  syntax: { elsewhere },
  status: {
    trouble: 2,
    tellsHelp: true,
    meaning: {
      0: 'the connection ended as it should; with -z, something listens',
      1: 'no connection could be made, or it broke, or was silent for too long',
      2: 'the arguments are wrong, or a file could not be read or written',
    },
  },
  settle: settleNc,
  types: () => ({ input: bytes, output: bytes }),
  traits: () => ({ memory: 'stream' }),
  asynchronous: true,
  details: [
    'Connects to HOST, or with -l waits for a client; then standard input goes to the peer, and what the peer sends goes to standard output, both at once and as it comes. Without a HOST it is this machine; with -l, all of its addresses of both families. With -l the PORT may be 0: the system chooses one, and -v tells which. When a host has several addresses they are tried in turn, IPv6 and IPv4 alternately.',
    'What ends a connection, and how that is changed:',
    [
      '  standard input ends       the peer is told, and its answer awaited',
      '    an HTTP request with    the peer is not told: it ends by itself, and some',
      '      Connection: close     take the end for our going',
      '    -N                      the peer is told in every case',
      '    --no-shutdown           the peer is not told, and its answer awaited',
      '    -q TIME                 the peer is told, and left after TIME',
      '    --send-only             the peer is told, and left as soon as it has all',
      '    -l, and nothing sent    the client is told only when it has ended',
      '    -u                      the answers are awaited until 1 s of silence',
      '  the peer ends             nc ends, though standard input stays open; what',
      '                            stands ready there (within 0.1 s) is still sent',
      '                            (to one that takes nothing for 10 s: an error, exit 1)',
      '    --keep-sending          standard input is sent to its end',
      '  the peer resets           an error, exit 1',
      '  the reader of the output  the connection is closed; it is no error',
      '    is gone',
      '  silence for -w TIME       an error, exit 1; with -u, the end',
    ].join('\n'),
    'With -d nothing is sent and no end is told. With -k the next client is taken when the one before is over: what standard input has left is for the next one, and a client that breaks off is reported and no more.',
    'A TIME counts seconds, or has units: 300ms, 2s, 1m30s. The time of -w is also what connecting may take, proxy and TLS included.',
    'With --ssl the certificate of the server must lead to an authority of the system (of the file in SSL_CERT_FILE, where that is set) or of --ssl-trustfile, and be for the HOST, unless --ssl-verify=no takes every one. With -l the certificate and key of --ssl-cert and --ssl-key are shown, and with --ssl-trustfile clients must have one of its authorities.',
    'With -x the proxy looks up the HOST. Its password is never shown in a message; other users of the machine see it least by --proxy-auth-env or --proxy-auth-file. Without a port the proxy is at 1080, for connect at 3128. A proxy may drop an answer that is under way when it is told our end, as that of ncat does: --no-shutdown keeps it from that.',
    'With -u a batch of standard input is a datagram, of 65507 bytes at most. No datagram tells an end: one that nobody hears is only an error where the other machine says so. With -z a port that says nothing within -w (1 s) counts as open. With -l the first sender is answered, and nobody else heard; with -k everybody is heard, and who was heard last is answered.',
    'With -z and a range PORT-PORT one open port is enough; -v tells each.',
    'A line of -o is the direction (> sent, < received), the place in it, sixteen bytes, and their characters.',
  ],
  examples: [
    {
      about: 'Whether something listens at a port',
      spec: 'nc -z 127.0.0.1 1 2>&1 | cat',
      stdout: 'nc: connect to 127.0.0.1 port 1: connection refused\n',
      exit: 1,
    },
  ],
  files: ({ hexDump: path }) => (path === undefined ? {} : { writes: [path] }),
  *run(settings, io) {
    const { mode, address, datagrams } = settings
    const dump = settings.hexDump === undefined ? undefined : hexDump(required(settings.hexDump, io.create))
    const pass: Pass = (connection, peer) => passTraffic(connection, peer, { ...settings.traffic, dump }, io)
    // Who prints nothing needs no reader.
    const isPrinting = settings.traffic.prints && mode !== 'scan'
    yield* isPrinting ? race([perform(), untilReaderGoes(io.stdout)]) : perform()
    return 0

    function perform(): Task<void> {
      if (address.kind === 'unix' || (!datagrams && mode !== 'scan'))
        return mode === 'listen' ? serve(settings, io, pass) : call(settings, io, pass)
      if (mode === 'scan') return scan(address, settings, io)
      const performDatagrams = mode === 'listen' ? serveByDatagrams : callByDatagrams
      return performDatagrams(address, settings, io, pass)
    }
  },
})

/** A reader that is done ends every wait. */
function* untilReaderGoes(stdout: Output): Task<never> {
  while (!stdout.closed) yield stdout.closing
  throw new Closed()
}

/** Connects, and passes traffic until that is over. Throws `ToolError`. */
function* call(settings: NcSettings, io: StageIo, pass: Pass): Task<void> {
  const { address, verbose, traffic } = settings
  const socket = yield* connect({ ...settings, timeout: traffic.timeout }, io.env)
  // The other end of the socket may be the proxy's.
  const name = settings.proxy === undefined ? peerName(socket, address) : addressName(address)
  if (verbose) yield* say(io, `connected to ${name}`)
  yield* pass(connectionOf(socket), { name, isClient: false })
}
