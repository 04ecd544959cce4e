import { sort } from 'sluice'

// expect: Type 'string' is not assignable to type 'boolean'
export const wrong = sort({ reverse: 'yes' })
