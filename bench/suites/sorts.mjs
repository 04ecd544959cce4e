// All lines in order.
export const sorts = {
  name: 'sorts',
  about: 'full sorts, 1 GB',
  goal: { times: 1.2 },
  rows: [
    { name: 'sort', input: 'unsorted', spec: 'sort $F' },
    { name: 'sort-k2n', input: 'unsorted', spec: 'sort -k2,2n $F' },
    { name: 'sort-sort-r', input: 'unsorted', spec: 'sort $F | sort -r' },
    {
      name: 'comm',
      input: 'unsorted-half',
      others: { OTHER: 'unsorted-other' },
      spec: 'comm -12 <(sort $F) <(sort $OTHER)',
    },
    // Held to its budget, it spills; the peer is held to the same.
    { name: 'sort-100M', input: 'unsorted', spec: 'sort -S 100M $F', goal: { times: 1.2, megabytes: 250 } },
    { name: 'sort-text', input: 'text', spec: 'sort $F' },
  ],
}
