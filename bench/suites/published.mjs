// One-liners of the kinds that are published as benchmarks of shells, over 300 MB each.
import { classics } from './published/classics.mjs'
import { nlp } from './published/nlp.mjs'
import { transit } from './published/transit.mjs'
import { unix50 } from './published/unix50.mjs'

export const published = [classics, unix50, nlp, transit]
