// Expressions that refer back to what matched.
export const backReferences = {
  name: 'back-references',
  about: '`grep` with back-references, 3 MB of text',
  goal: { times: 10 },
  rows: [
    {
      name: 'four-repeated',
      spec: "tr A-Z a-z <$F | grep '\\(.\\).*\\1\\(.\\).*\\2\\(.\\).*\\3\\(.\\).*\\4'",
    },
    { name: 'doubled-word', spec: "grep -E '\\b([a-z]+) \\1\\b' $F", goal: { times: 1 } },
  ].map((row) => ({ ...row, input: 'text-3' })),
}
