import { UsageError } from '../../../base/error.js'
import type { Arguments, OptionTable } from '../../../base/option.js'
import { durationOption } from '../../duration.js'
import { maximumInt, parseNumber } from '../../size.js'
import { type Display, displayOptions, settleDisplay } from '../response/display.js'

/** How `--send` goes about it, and what is made of the answer. */
export interface SendSettings {
  readonly display: Display
  /** Milliseconds that an exchange may take; undefined for as long as it takes. */
  readonly timeout: number | undefined
  /** How many redirections are followed. */
  readonly redirections: number
  readonly cookieFile: string | undefined
  /** Whether certificates are checked, and the file of the authorities that count instead of the usual ones. */
  readonly verify: boolean
  readonly authorities: string | undefined
  /** Whether standard input holds the requests, one a line. */
  readonly readsRequests: boolean
}

const needingSend = {
  stdinRequests: {
    long: 'stdin-requests',
    help: 'send a request for each line METHOD URL [ITEM]... of standard input, on connections that stay open',
  },
  follow: { short: 'F', long: 'follow', help: 'go where the server redirects to' },
  maxRedirects: { long: 'max-redirects', value: 'NUM', help: 'follow at most NUM redirections (20)' },
  cookieJar: {
    long: 'cookie-jar',
    value: 'FILE',
    help: "take cookies from FILE, if it is there, and write them back, in curl's format",
  },
  timeout: {
    long: 'timeout',
    value: 'TIME',
    help: 'fail when an exchange takes longer, such as 500ms or 30s',
  },
  verify: {
    long: 'verify',
    value: 'HOW',
    help: "no: take every certificate; FILE: trust FILE's authorities alone",
  },
  ...displayOptions,
} as const satisfies OptionTable

export const sendOptions = {
  send: {
    short: 'S',
    long: 'send',
    help: 'send the request and print the body of the answer, as response does',
  },
  ...needingSend,
} as const satisfies OptionTable

/** Undefined where nothing is to be sent. Throws `UsageError`. */
export function settleSend(
  args: Pick<Arguments<typeof sendOptions>, 'has' | 'all'>,
): SendSettings | undefined {
  if (!args.has('send')) {
    // The keys are those of the table.
    for (const key of Object.keys(needingSend) as (keyof typeof needingSend)[])
      for (const { spelling, argument } of args.all(key))
        throw new UsageError(`'${spelling}' needs '--send'`, { argument })
    return undefined
  }
  const [timeout, most, verify] = (['timeout', 'maxRedirects', 'verify'] as const).map((key) =>
    args.all(key).at(-1),
  )
  const limit = { problem: 'invalid number of redirections', maximum: maximumInt }
  return {
    display: settleDisplay(args),
    timeout: timeout && durationOption('--timeout', timeout.value ?? '', timeout.argument),
    redirections: args.has('follow') ? Number(parseNumber(most?.value ?? '20', limit)) : 0,
    cookieFile: args.all('cookieJar').at(-1)?.value,
    verify: verify?.value !== 'no',
    authorities: verify?.value === 'no' ? undefined : verify?.value,
    readsRequests: args.has('stdinRequests'),
  }
}
