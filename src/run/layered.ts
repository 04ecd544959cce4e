import type { Environment } from '../base/tool.js'

/**
 * An environment with variables over those of another. Both are read only when they are asked for: a copy costs several
 * microseconds, and few of the many runs of a nested spec need one.
 */
export function layered(own: () => Environment, below: Environment): Environment {
  return new Proxy({}, new Layers(own, below))
}

class Layers implements ProxyHandler<Environment> {
  #own: Environment | undefined

  constructor(
    private readonly makeOwn: () => Environment,
    private readonly below: Environment,
  ) {}

  get(_target: Environment, name: string | symbol): string | undefined {
    return typeof name === 'string' ? this.#layerOf(name)[name] : undefined
  }

  has(_target: Environment, name: string | symbol): boolean {
    return name in this.#layerOf(name)
  }

  ownKeys(): (string | symbol)[] {
    return [...new Set([...Reflect.ownKeys(this.below), ...Reflect.ownKeys(this.#top)])]
  }

  getOwnPropertyDescriptor(_target: Environment, name: string | symbol): PropertyDescriptor | undefined {
    const property = Object.getOwnPropertyDescriptor(this.#layerOf(name), name)
    return property && { ...property, configurable: true }
  }

  #layerOf(name: string | symbol): Environment {
    return name in this.#top ? this.#top : this.below
  }

  get #top(): Environment {
    return (this.#own ??= this.makeOwn())
  }
}
