import { sluice } from 'sluice'

// expect: Argument of type '{ a: number; }' is not assignable to parameter of type 'Hole'
export const wrong = sluice`cat ${{ a: 1 }}`
