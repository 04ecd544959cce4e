import { UsageError } from '../../../base/error.js'
import type { Arguments, OptionTable } from '../../../base/option.js'
import { quote } from '../../../base/quote.js'
import type { SettleContext } from '../../../base/tool.js'
import { required } from '../../required.js'

export const authOptions = {
  auth: {
    short: 'a',
    long: 'auth',
    value: 'SCHEME[:SECRET]',
    help: 'authenticate: basic:USER:PASSWORD or bearer:TOKEN',
  },
  authEnv: { long: 'auth-env', value: 'NAME', help: 'the SECRET of --auth is the value of this variable' },
  authFile: { long: 'auth-file', value: 'FILE', help: 'the SECRET of --auth is the first line of FILE' },
} as const satisfies OptionTable

/** The Authorization header's value that the options ask for. No message holds a secret. Throws `UsageError`. */
export function authorization(
  args: Pick<Arguments<typeof authOptions>, 'all'>,
  { env, readFile }: SettleContext,
): string | undefined {
  const auth = args.all('auth').at(-1)
  const [fromEnv, fromFile] = [args.all('authEnv').at(-1), args.all('authFile').at(-1)]
  const source = fromEnv ?? fromFile
  if (auth === undefined) {
    if (source === undefined) return undefined
    throw new UsageError(`'${source.spelling}' has no '--auth' to go with`, { argument: source.argument })
  }
  const { argument } = auth
  const [scheme = '', ...rest] = (auth.value ?? '').split(':')
  if (scheme !== 'basic' && scheme !== 'bearer')
    throw new UsageError("the scheme of '--auth' is neither basic nor bearer", {
      argument,
      help: 'write basic:USER:PASSWORD or bearer:TOKEN',
    })
  const given = [rest.length > 0, fromEnv !== undefined, fromFile !== undefined].filter(Boolean).length
  if (given !== 1)
    throw new UsageError(
      "'--auth' needs one secret: behind a colon, from '--auth-env' or from '--auth-file'",
      {
        argument,
      },
    )
  const secret =
    rest.length > 0 ? rest.join(':') : source?.key === 'authEnv' ? fromVariable() : fromFileLine()
  return scheme === 'basic' ? basic(secret, argument) : bearer(secret, argument)

  function fromVariable(): string {
    const name = source?.value ?? ''
    const value = env[name]
    if (value !== undefined) return value
    throw new UsageError(`the variable ${quote(name)} is not set`, { argument: source?.argument ?? argument })
  }

  function fromFileLine(): string {
    const text = required(source?.value ?? '', readFile).toString()
    return text.split(/\r?\n/, 1)[0] ?? ''
  }
}

/** RFC 7617: UTF-8, and no control characters. Throws `UsageError`. */
export function basic(credentials: string, argument: number | undefined): string {
  if (!credentials.includes(':') || /[\0-\x1f\x7f]/.test(credentials))
    throw new UsageError(
      'the secret of basic authentication is USER:PASSWORD without control characters',
      argument === undefined ? {} : { argument },
    )
  return `Basic ${Buffer.from(credentials).toString('base64')}`
}

/** RFC 6750 section 2.1. */
function bearer(secret: string, argument: number): string {
  if (!/^[A-Za-z0-9\-._~+/]+=*$/.test(secret))
    throw new UsageError('the token of bearer authentication has a character that none may have', {
      argument,
    })
  return `Bearer ${secret}`
}
