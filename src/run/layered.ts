import type { Environment } from '../base/tool.js'

/**
 * An environment with variables over those of another, which is read only when it is asked for: a copy of it costs
 * several microseconds, and few of the many runs of a nested spec need one.
 */
export function layered(own: Environment, below: Environment): Environment {
  return new Proxy(own, {
    get: (_own, name) => (typeof name === 'string' ? (own[name] ?? below[name]) : undefined),
    has: (_own, name) => name in own || name in below,
    ownKeys: () => [...new Set([...Reflect.ownKeys(below), ...Reflect.ownKeys(own)])],
    getOwnPropertyDescriptor(_own, name) {
      const property = Object.getOwnPropertyDescriptor(name in own ? own : below, name)
      return property && { ...property, configurable: true }
    },
  })
}
