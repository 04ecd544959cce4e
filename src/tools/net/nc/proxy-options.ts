import { UsageError } from '../../../base/error.js'
import type { Arguments, OptionTable } from '../../../base/option.js'
import { quote } from '../../../base/quote.js'
import type { SettleContext } from '../../../base/tool.js'
import { required } from '../../required.js'
import { parseAddress } from '../address.js'
import type { Credentials, Proxy } from '../proxy.js'

export const proxyOptions = {
  proxy: { short: 'x', long: 'proxy', value: 'HOST[:PORT]', help: 'connect through this proxy' },
  proxyType: {
    short: 'X',
    long: 'proxy-type',
    value: 'TYPE',
    help: 'what the proxy speaks: 5 or socks5 (default), 4 or socks4, connect or http',
  },
  proxyAuth: { long: 'proxy-auth', value: 'USER[:PASSWORD]', help: 'who asks the proxy' },
  proxyAuthEnv: { long: 'proxy-auth-env', value: 'NAME', help: 'the same, from this variable' },
  proxyAuthFile: { long: 'proxy-auth-file', value: 'FILE', help: 'the same, from the first line of FILE' },
} as const satisfies OptionTable

type ProxyArguments = Pick<Arguments<typeof proxyOptions>, 'all'>

/** Undefined without -x. No message holds the password. Throws `UsageError`, and `ToolError` for a file. */
export function settleProxy(args: ProxyArguments, context: SettleContext): Proxy | undefined {
  const [proxy, type] = [args.all('proxy').at(-1), args.all('proxyType').at(-1)]
  if (proxy === undefined) {
    for (const key of ['proxyType', 'proxyAuth', 'proxyAuthEnv', 'proxyAuthFile'] as const)
      for (const { spelling, argument } of args.all(key))
        throw new UsageError(`'${spelling}' needs '-x'`, { argument })
    return undefined
  }
  const protocol = protocols[type?.value ?? '5']
  if (protocol === undefined)
    throw new UsageError(`unknown proxy type '${type?.value ?? ''}'`, {
      argument: type?.argument ?? 0,
      help: 'write 5, 4 or connect',
    })
  const text = proxy.value ?? ''
  const hasPort = /:\d*$/.test(text) && (text.startsWith('[') || !text.includes('::'))
  const address = parseAddress(
    hasPort ? text : `${text}:${protocol === 'http' ? 3128 : 1080}`,
    proxy.argument,
  )
  if (address.kind === 'unix')
    throw new UsageError('a proxy is not at a Unix socket', { argument: proxy.argument })
  return { protocol, address, credentials: settleCredentials(args, context) }
}

const protocols: Readonly<Record<string, Proxy['protocol'] | undefined>> = {
  ...{ 5: 'socks5', socks5: 'socks5' },
  ...{ 4: 'socks4', socks4: 'socks4' },
  ...{ connect: 'http', http: 'http' },
}

function settleCredentials(args: ProxyArguments, { env, readFile }: SettleContext): Credentials | undefined {
  const given = (['proxyAuth', 'proxyAuthEnv', 'proxyAuthFile'] as const).flatMap((key) => {
    const option = args.all(key).at(-1)
    return option === undefined ? [] : [{ ...option, key }]
  })
  const [option, other] = given
  if (option === undefined) return undefined
  const { key, argument, value = '' } = option
  if (other !== undefined)
    throw new UsageError(`'${other.spelling}' and '${option.spelling}' say the same`, {
      argument: other.argument,
    })
  const secret = key === 'proxyAuth' ? value : key === 'proxyAuthEnv' ? env[value] : firstLine(value)
  if (secret === undefined) throw new UsageError(`the variable ${quote(value)} is not set`, { argument })
  const [user = '', ...password] = secret.split(':')
  const credentials = { user, password: password.join(':') }
  const isUsable = user !== '' && Object.values(credentials).every(isPlain)
  if (isUsable) return credentials
  throw new UsageError(
    `what '${option.spelling}' gives is no USER[:PASSWORD] of at most 255 plain characters each`,
    {
      argument,
    },
  )

  function firstLine(path: string): string {
    return required(path, readFile).toString().split(/\r?\n/, 1)[0] ?? ''
  }
}

/** What SOCKS5 can count, and what ends no line and no field. */
function isPlain(text: string): boolean {
  return Buffer.byteLength(text) <= 255 && !/[\0-\x1f\x7f]/.test(text)
}
