import { gzip, grep, pipe } from 'sluice'

// expect: this stage cannot read what the stage before it writes
export const wrong = pipe(gzip(), grep('x'))
