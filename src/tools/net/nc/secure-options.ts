import { UsageError } from '../../../base/error.js'
import type { Arguments, OptionTable } from '../../../base/option.js'
import type { SettleContext } from '../../../base/tool.js'
import { required } from '../../required.js'
import type { SecureSettings } from '../secure.js'

export const secureOptions = {
  ssl: { long: 'ssl', help: 'speak TLS; the server must prove who it is' },
  sslVerify: {
    long: 'ssl-verify',
    value: 'yes|no',
    optionalValue: true,
    help: 'whether the server must prove who it is (yes)',
  },
  sslCert: {
    long: 'ssl-cert',
    value: 'FILE',
    help: 'the own certificate, PEM, with those that lead to its authority',
  },
  sslKey: {
    long: 'ssl-key',
    value: 'FILE',
    help: 'the key of --ssl-cert, PEM; without it, that file has it too',
  },
  sslTrustfile: {
    long: 'ssl-trustfile',
    value: 'FILE',
    help: "trust these authorities, PEM, instead of the system's; with -l, clients must have a certificate of theirs",
  },
  sslServername: {
    long: 'ssl-servername',
    value: 'NAME',
    help: "the name to ask for, and to verify, instead of HOST's",
  },
  sslAlpn: {
    long: 'ssl-alpn',
    value: 'LIST',
    help: 'offer these protocols, separated by commas: h2,http/1.1',
  },
} as const satisfies OptionTable

type SecureArguments = Pick<Arguments<typeof secureOptions>, 'has' | 'all'>

/** Undefined without --ssl. Throws `UsageError`, and `ToolError` when a file cannot be read. */
export function settleSecure(
  args: SecureArguments,
  isServer: boolean,
  { readFile }: SettleContext,
): SecureSettings | undefined {
  const last = (key: keyof typeof secureOptions): string | undefined => args.all(key).at(-1)?.value
  const file = (key: keyof typeof secureOptions): Buffer | undefined => {
    const path = last(key)
    return path === undefined ? undefined : required(path, readFile)
  }
  const [ssl] = args.all('ssl')
  if (ssl === undefined) {
    // The keys are those of the table.
    for (const key of Object.keys(secureOptions) as (keyof typeof secureOptions)[])
      for (const { spelling, argument } of args.all(key))
        throw new UsageError(`'${spelling}' needs '--ssl'`, { argument })
    return undefined
  }
  const certificate = file('sslCert')
  if (isServer && certificate === undefined)
    throw new UsageError("a server needs '--ssl-cert' and '--ssl-key'", { argument: ssl.argument })
  return {
    certificate,
    key: file('sslKey'),
    verifies: settleVerify(args),
    authorities: file('sslTrustfile'),
    serverName: last('sslServername'),
    protocols: last('sslAlpn')?.split(','),
  }
}

function settleVerify(args: SecureArguments): boolean {
  const option = args.all('sslVerify').at(-1)
  const { value = 'yes' } = option ?? {}
  if (value === 'yes' || value === 'no') return value === 'yes'
  throw new UsageError(`'--ssl-verify' is yes or no, not '${value}'`, { argument: option?.argument ?? 0 })
}
