import { cat, cut, file, gzip, pipe, sort } from 'sluice'

// expect: this stage cannot read what the stage before it writes
export const wrong = pipe(file('f'), cat(), gzip(), cut({ fields: 1 }), sort())
