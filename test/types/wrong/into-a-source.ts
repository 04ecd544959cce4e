import { pipe, seq, sort } from 'sluice'

// expect: this stage cannot read what the stage before it writes
export const wrong = pipe(sort(), seq(3))
