import type { ParameterTypeName } from '../syntax/tree.js'

/** For each type of parameter: why a value is not of it, or undefined when it is. */
export const parameterTypes: Readonly<
  Record<ParameterTypeName, (text: string, choices: readonly string[]) => string | undefined>
> = {
  string: () => undefined,
  int: (text) => (/^[-+]?\d+$/.test(text) ? undefined : 'expected a whole number'),
  float: (text) => (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? undefined : 'expected a number'),
  bool: (text) => (text === 'true' || text === 'false' ? undefined : 'expected true or false'),
  path: (text) => (text === '' ? 'expected a path' : undefined),
  duration: (text) =>
    /^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text) ? undefined : 'expected a duration such as 500ms, 30s or 1h30m',
  size: (text) => (/^\d+([KMGTPE](i?B)?|B)?$/.test(text) ? undefined : 'expected a size such as 64K or 10M'),
  address: (text) => (isAddress(text) ? undefined : 'expected an address such as :8080 or example.org:443'),
  enum: (text, choices) => (choices.includes(text) ? undefined : `expected one of ${choices.join(', ')}`),
}

/** `HOST:PORT`, `:PORT` or `[IPv6]:PORT`. */
function isAddress(text: string): boolean {
  const port = /^(?:\[[0-9a-fA-F:.]+\]|[^:[\]\s]*):(\d{1,5})$/.exec(text)?.[1]
  return port !== undefined && Number(port) <= 65535
}
