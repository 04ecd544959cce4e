import type { OptionTable } from '../../../base/option.js'
import { proxyOptions } from './proxy-options.js'
import { secureOptions } from './secure-options.js'

export const ncOptions = {
  listen: { short: 'l', long: 'listen', help: 'wait for a connection instead of making one' },
  keepOpen: { short: 'k', long: 'keep-open', help: 'with -l, take one connection after the other' },
  port: {
    short: 'p',
    long: 'source-port',
    value: 'PORT',
    help: 'the local port; with -l, the one to listen at',
  },
  source: { short: 's', long: 'source', value: 'ADDR', help: 'the local address' },
  ipv4: { short: '4', help: 'use IPv4 addresses only' },
  ipv6: { short: '6', help: 'use IPv6 addresses only' },
  numeric: { short: 'n', long: 'nodns', help: 'refuse host names: addresses only' },
  udp: { short: 'u', long: 'udp', help: 'send and receive UDP datagrams' },
  unix: { short: 'U', long: 'unixsock', help: 'the operand is the path of a Unix stream socket' },
  scan: { short: 'z', long: 'zero', help: 'only find out whether something listens' },
  verbose: { short: 'v', long: 'verbose', help: 'say on standard error what is connected' },
  wait: {
    short: 'w',
    long: 'wait',
    value: 'TIME',
    help: 'fail when connecting, or silence, lasts longer: 5, 300ms',
  },
  interval: {
    short: 'i',
    long: 'interval',
    value: 'TIME',
    help: 'wait between lines sent, or between ports with -z',
  },
  crlf: { short: 'C', long: 'crlf', help: 'send CR LF where a line ends with LF' },
  shutdown: { short: 'N', help: 'tell the peer in every case when standard input ends' },
  noShutdown: { long: 'no-shutdown', help: 'do not tell the peer when standard input ends' },
  quit: { short: 'q', value: 'TIME', help: 'end that long after standard input has ended, at the latest' },
  keepSending: { long: 'keep-sending', help: 'when the peer has ended, send until standard input ends' },
  receiveOnly: {
    short: 'd',
    long: 'recv-only',
    help: 'do not read standard input, and tell the peer no end',
  },
  sendOnly: { long: 'send-only', help: 'throw away what is received, and end with standard input' },
  hexDump: {
    short: 'o',
    long: 'hex-dump',
    value: 'FILE',
    help: 'write down what passes, as hexadecimal numbers',
  },
  ...secureOptions,
  ...proxyOptions,
} as const satisfies OptionTable
