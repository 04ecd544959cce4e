import { sluice } from 'sluice'

// expect: 'a' does not exist in type 'readonly (string | number | boolean)[]'
export const wrong = sluice`cat ${{ a: 1 }}`
