import { isIP } from 'node:net'
import { UsageError } from '../../../base/error.js'
import type { Arguments } from '../../../base/option.js'
import { durationOption } from '../../duration.js'
import type { SettleContext } from '../../../base/tool.js'
import { type Address, parseAddress, parseHost, parsePath, parsePort } from '../address.js'
import type { Proxy } from '../proxy.js'
import type { SecureSettings } from '../secure.js'
import { ncOptions } from './options.js'
import { settleProxy } from './proxy-options.js'
import { settleSecure } from './secure-options.js'

export interface NcSettings {
  readonly mode: 'connect' | 'listen' | 'scan'
  readonly address: Address
  /** The last of the ports to scan; the address has the first. */
  readonly lastPort: number
  /** The only address family to use. */
  readonly family: 4 | 6 | undefined
  readonly from: { readonly host: string | undefined; readonly port: number | undefined }
  readonly datagrams: boolean
  readonly proxy: Proxy | undefined
  readonly secure: SecureSettings | undefined
  readonly keepOpen: boolean
  readonly verbose: boolean
  /** The file that gets a dump of what passes. */
  readonly hexDump: string | undefined
  readonly traffic: TrafficSettings
}

/** What passes over a connection, and what ends it. Times are in milliseconds. */
export interface TrafficSettings {
  readonly sends: boolean
  readonly prints: boolean
  /** Whether the peer is told that standard input has ended: always, or where it waits for that. */
  readonly tellsEnd: 'always' | 'never' | 'usually'
  /** How long a peer may go on when standard input has ended. */
  readonly quitAfter: number | undefined
  /** Whether standard input is sent to its end when the peer has ended. */
  readonly keepsSending: boolean
  /** The longest silence, and the longest time for connecting. */
  readonly timeout: number | undefined
  /** The pause between two lines. */
  readonly interval: number | undefined
  readonly crlf: boolean
}

type NcArguments = Arguments<typeof ncOptions>
type Key = keyof typeof ncOptions

/** Throws `UsageError`. */
export function settleNc(args: NcArguments, context: SettleContext): NcSettings {
  for (const [key, other] of needs)
    if (args.has(key) && !args.has(other)) refuse(args, key, `needs '${spelling(other)}'`)
  for (const [key, other] of conflicts)
    if (args.has(key) && args.has(other)) refuse(args, key, `cannot be combined with '${spelling(other)}'`)
  const mode = args.has('scan') ? 'scan' : args.has('listen') ? 'listen' : 'connect'
  const { address, lastPort } = settleOperands(args, mode)
  if (args.has('udp') && address.kind === 'unix')
    refuse(args, 'udp', 'cannot be combined with a Unix socket: Node has no Unix datagram sockets')
  const family = args.has('ipv4') ? 4 : args.has('ipv6') ? 6 : undefined
  const from = settleSource(args, mode)
  const { host } = address.kind === 'internet' ? address : {}
  if (args.has('numeric') && host !== undefined && isIP(host) === 0)
    throw new UsageError(`with '-n' the host must be an address, and '${host}' is none`)
  const proxy = settleProxy(args, context)
  const kind = isIP(host ?? '')
  if (family !== undefined && proxy === undefined && kind !== 0 && kind !== family)
    throw new UsageError(`with '-${family}' the host cannot be ${host}`)
  return {
    ...{ mode, address, lastPort, family, from },
    datagrams: args.has('udp'),
    proxy,
    secure: settleSecure(args, mode === 'listen', context),
    keepOpen: args.has('keepOpen'),
    verbose: args.has('verbose'),
    hexDump: args.value('hexDump'),
    traffic: settleTraffic(args),
  }
}

const needs: readonly (readonly [Key, Key])[] = [['keepOpen', 'listen']]

const conflicts: readonly (readonly [Key, Key])[] = [
  ['ipv4', 'ipv6'],
  ['scan', 'listen'],
  ['scan', 'unix'],
  ['unix', 'port'],
  ['unix', 'source'],
  ['udp', 'ssl'],
  ['udp', 'proxy'],
  ['proxy', 'listen'],
  ['proxy', 'unix'],
  ['scan', 'ssl'],
  ['shutdown', 'noShutdown'],
  ['receiveOnly', 'sendOnly'],
]

function refuse(args: NcArguments, key: Key, problem: string): never {
  const option = args.last(key)
  const blame = option === undefined ? {} : { argument: option.argument }
  throw new UsageError(`'${option?.spelling ?? spelling(key)}' ${problem}`, blame)
}

function spelling(key: Key): string {
  const { short, long }: { short?: string; long?: string } = ncOptions[key]
  return short === undefined ? `--${long}` : `-${short}`
}

/** `HOST PORT`, `ADDRESS`, a path with -U, and with -l also `PORT` or nothing beside -p. */
function settleOperands(
  args: NcArguments,
  mode: NcSettings['mode'],
): { readonly address: Address; readonly lastPort: number } {
  const { operands, operandIndex } = args
  const [first, second, third] = operands
  const [firstIndex = 0, secondIndex = 0, thirdIndex = 0] = operandIndex
  if (third !== undefined) throw new UsageError(`extra operand '${third}'`, { argument: thirdIndex })
  if (args.has('unix')) {
    if (first === undefined) throw new UsageError("'-U' needs the path of a socket")
    if (second !== undefined) throw new UsageError(`extra operand '${second}'`, { argument: secondIndex })
    return { address: parsePath(first, firstIndex), lastPort: 0 }
  }
  if (second !== undefined) return internet(first, second, secondIndex)
  const port = mode === 'listen' ? args.last('port') : undefined
  if (first === undefined) {
    if (port !== undefined) return internet(undefined, port.value ?? '', port.argument)
    throw new UsageError('there is no address', { help: 'write HOST PORT, HOST:PORT, :PORT or unix:PATH' })
  }
  if (mode === 'listen' && !first.includes(':')) {
    if (port === undefined) return internet(undefined, first, firstIndex)
    return internet(first, port.value ?? '', port.argument)
  }
  const address = parseAddress(first, firstIndex)
  return { address, lastPort: address.kind === 'unix' ? 0 : address.port }

  function internet(
    host: string | undefined,
    portText: string,
    argument: number,
  ): { address: Address; lastPort: number } {
    const [from = '', to = from, ...more] = mode === 'scan' ? portText.split('-') : [portText]
    const [portNumber, lastPort] = [parsePort(from, argument), parsePort(to, argument)]
    if (more.length > 0 || lastPort < portNumber)
      throw new UsageError(`invalid range of ports '${portText}'`, { argument })
    const checked = host === undefined ? undefined : parseHost(host, firstIndex)
    return { address: { kind: 'internet', host: checked, port: portNumber }, lastPort }
  }
}

function settleSource(args: NcArguments, mode: NcSettings['mode']): NcSettings['from'] {
  const [source, port] = [args.last('source'), args.last('port')]
  if (source !== undefined && isIP(source.value ?? '') === 0)
    throw new UsageError(`invalid local address '${source.value ?? ''}'`, { argument: source.argument })
  const isOwnPort = mode !== 'listen' && port !== undefined
  return { host: source?.value, port: isOwnPort ? parsePort(port.value ?? '', port.argument) : undefined }
}

function settleTraffic(args: NcArguments): TrafficSettings {
  const time = (key: 'wait' | 'interval' | 'quit'): number | undefined => {
    const option = args.last(key)
    return option && durationOption(option.spelling, option.value ?? '', option.argument)
  }
  return {
    sends: !args.has('receiveOnly'),
    prints: !args.has('sendOnly'),
    tellsEnd: args.has('shutdown') ? 'always' : args.has('noShutdown') ? 'never' : 'usually',
    quitAfter: args.value('quit') === '-1' ? undefined : time('quit'),
    keepsSending: args.has('keepSending'),
    timeout: time('wait'),
    interval: time('interval'),
    crlf: args.has('crlf'),
  }
}
