export const print = (): string => ''
