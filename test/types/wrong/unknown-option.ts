import { sort } from 'sluice'

// expect: 'nope' does not exist in type 'SortOptions'
export const wrong = sort({ nope: true })
