/** What the codes of `sort` mean. POSIX.1-2017, sort, EXIT STATUS. */
export const status = {
  trouble: 2,
  false: [1],
  meaning: { 0: 'all lines were sorted', 1: 'with -c or -C, the input is not sorted', 2: 'trouble' },
} as const
