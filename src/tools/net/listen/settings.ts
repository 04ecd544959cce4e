import { BlockList, isIPv4, isIPv6 } from 'node:net'
import { UsageError } from '../../../base/error.js'
import type { Arguments, OptionTable } from '../../../base/option.js'
import type { SettleContext } from '../../../base/tool.js'
import { durationOption } from '../../duration.js'
import { required } from '../../required.js'
import { type Address, parseAddress, parsePath } from '../address.js'
import type { SecureSettings } from '../secure.js'

export const listenOptions = {
  max: {
    long: 'max',
    value: 'N',
    help: 'serve so many clients at once; the others wait (with udp they are not heard, and N is 1024)',
  },
  maxPerIp: { long: 'max-per-ip', value: 'N', help: 'turn away clients beyond so many of one address' },
  backlog: { long: 'backlog', value: 'N', help: 'let the system keep so many waiting (4096)' },
  allow: { long: 'allow', value: 'LIST', help: 'serve only these addresses: 10.0.0.0/8,::1' },
  deny: { long: 'deny', value: 'LIST', help: 'turn away these addresses, also allowed ones' },
  idleTimeout: {
    long: 'idle-timeout',
    value: 'TIME',
    help: 'end a connection on which nothing moves for TIME; with udp, the input of a client that sends nothing for TIME (60s)',
  },
  once: { long: 'once', help: "serve one client, and exit with its pipeline's status" },
  readyFd: { long: 'ready-fd', value: 'N', help: 'write the bound port, or path, to this descriptor' },
  grace: { long: 'grace', value: 'TIME', help: 'when told to end, let connections finish for TIME (5s)' },
  sslCert: { long: 'ssl-cert', value: 'FILE', help: 'with tls, the certificate to show, PEM' },
  sslKey: {
    long: 'ssl-key',
    value: 'FILE',
    help: 'the key of --ssl-cert, PEM; without it, that file has it too',
  },
  sslTrustfile: {
    long: 'ssl-trustfile',
    value: 'FILE',
    help: 'with tls, clients must have a certificate of these authorities, PEM',
  },
  sslAlpn: { long: 'ssl-alpn', value: 'LIST', help: 'with tls, offer these protocols: h2,http/1.1' },
} as const satisfies OptionTable

export interface ListenSettings {
  readonly address: Address
  /** Whether clients send datagrams. */
  readonly datagrams: boolean
  readonly secure: SecureSettings | undefined
  readonly max: number
  readonly maxPerIp: number
  readonly backlog: number
  readonly allow: BlockList | undefined
  readonly deny: BlockList | undefined
  /** Milliseconds, as is `grace`. */
  readonly idleTimeout: number | undefined
  readonly grace: number
  readonly once: boolean
  readonly readyFd: number | undefined
}

type ListenArguments = Arguments<typeof listenOptions>
type Key = Extract<keyof typeof listenOptions, string>

/** Throws `UsageError`, and `ToolError` when a file cannot be read. */
export function settleListen(args: ListenArguments, context: SettleContext): ListenSettings {
  const { operands, operandIndex } = args
  const [kind, text, spec] = operands
  if (kind === undefined || text === undefined || spec === undefined)
    throw new UsageError('write what to listen at, and the spec for each client', {
      help: "write `listen tcp :8080 'SPEC'`, or `listen unix PATH 'SPEC'`",
    })
  if (operands.length > 3) {
    const help = 'the spec is one argument: put it in single quotes'
    throw new UsageError(`extra operand '${operands[3]}'`, { argument: operandIndex[3] ?? 0, help })
  }
  if (kind !== 'tcp' && kind !== 'tls' && kind !== 'udp' && kind !== 'unix')
    throw new UsageError(`cannot listen for '${kind}'`, {
      argument: operandIndex[0] ?? 0,
      help: 'it is tcp, tls, udp or unix',
    })
  const datagrams = kind === 'udp'
  const backlog = args.last('backlog')
  if (datagrams && backlog !== undefined)
    throw new UsageError(`'${backlog.spelling}' is for connections, and udp has none`, backlog)
  const addressIndex = operandIndex[1] ?? 0
  return {
    address: kind === 'unix' ? parsePath(text, addressIndex) : parseInternet(text, addressIndex),
    secure: settleSecure(args, kind === 'tls', context),
    datagrams,
    max: count(args, 'max') ?? (datagrams ? 1024 : Infinity),
    maxPerIp: count(args, 'maxPerIp') ?? Infinity,
    backlog: count(args, 'backlog') ?? 4096,
    allow: addressList(args, 'allow'),
    deny: addressList(args, 'deny'),
    idleTimeout: duration(args, 'idleTimeout') ?? (datagrams ? 60_000 : undefined),
    grace: duration(args, 'grace') ?? 5000,
    once: args.has('once'),
    readyFd: count(args, 'readyFd'),
  }
}

function parseInternet(text: string, argument: number): Address {
  const address = parseAddress(text, argument)
  if (address.kind === 'internet') return address
  throw new UsageError(`'${text}' is no internet address`, {
    argument,
    help: 'write `listen unix PATH SPEC`',
  })
}

function count(args: ListenArguments, key: Key): number | undefined {
  const option = args.last(key)
  if (option?.value === undefined) return undefined
  if (/^[1-9]\d{0,8}$/.test(option.value)) return Number(option.value)
  throw new UsageError(`'${option.spelling}' takes a number from 1, not '${option.value}'`, option)
}

function duration(args: ListenArguments, key: Key): number | undefined {
  const option = args.last(key)
  return option?.value === undefined
    ? undefined
    : durationOption(option.spelling, option.value, option.argument)
}

/** Addresses and networks (RFC 4632 section 3.1), from every use of an option. */
function addressList(args: ListenArguments, key: Key): BlockList | undefined {
  const options = args.all(key)
  if (options.length === 0) return undefined
  const list = new BlockList()
  for (const { value = '', argument, spelling } of options) {
    for (const entry of value.split(',')) {
      const [, host = '', prefix] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(entry) ?? []
      const family = isIPv4(host) ? 'ipv4' : isIPv6(host) ? 'ipv6' : undefined
      const length = family === 'ipv4' ? 32 : 128
      const size = prefix === undefined ? length : Number(prefix)
      if (family === undefined || size > length) {
        const help = 'write 10.1.2.3, 10.0.0.0/8 or fd00::/8'
        throw new UsageError(`'${entry}' is no address for '${spelling}'`, { argument, help })
      }
      list.addSubnet(host, size, family)
    }
  }
  return list
}

function settleSecure(
  args: ListenArguments,
  isTls: boolean,
  { readFile }: SettleContext,
): SecureSettings | undefined {
  const file = (key: Key): Buffer | undefined => {
    const path = args.value(key)
    return path === undefined ? undefined : required(path, readFile)
  }
  if (!isTls) {
    const stray = args.last('sslCert', 'sslKey', 'sslTrustfile', 'sslAlpn')
    if (stray !== undefined) throw new UsageError(`'${stray.spelling}' needs tls`, stray)
    return undefined
  }
  const certificate = file('sslCert')
  if (certificate === undefined) throw new UsageError("tls needs '--ssl-cert' and '--ssl-key'")
  return {
    certificate,
    key: file('sslKey'),
    authorities: file('sslTrustfile'),
    verifies: true,
    serverName: undefined,
    protocols: args.value('sslAlpn')?.split(','),
  }
}
