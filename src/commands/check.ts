import { ready, type Spec } from './spec.js'

/** Checks a spec and starts nothing: its findings go to standard error. */
export async function check(spec: Spec): Promise<number> {
  const result = await ready(spec, {})
  return result.kind === 'wrong' ? result.code : 0
}
