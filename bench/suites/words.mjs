// Words of a text: counted, ranked, distinct, in pairs.
export const words = {
  name: 'words',
  about: 'word frequency, top words, distinct words, bigrams, in 100 MB of text',
  goal: { times: 8 },
  rows: [
    {
      name: 'word-frequency',
      spec: "tr -cs A-Za-z '\\n' <$F | sort | uniq -c | sort -rn | head",
      peers: {
        mawk: "mawk -F'[^A-Za-z]+' '{ for (i = 1; i <= NF; i++) n[$i]++ } END { for (w in n) print n[w], w }' $F | sort -rn | head",
      },
    },
    {
      name: 'top-words',
      spec: "tr A-Z a-z <$F | tr -cs a-z '\\n' | sort | uniq -c | sort -rn | head -n 100",
    },
    { name: 'distinct-words', spec: "tr -cs A-Za-z '\\n' <$F | tr A-Z a-z | sort -u | wc -l" },
    {
      name: 'all-words',
      spec: "tr -c A-Za-z '\\n' <$F | grep -v '^$' | tr A-Z a-z | sort | uniq -c | sort -rn",
    },
    {
      name: 'long-words',
      spec: "tr -cs A-Za-z '\\n' <$F | grep -E '^.{10,}$' | sort | uniq -c | sort -rn | head",
    },
    {
      name: 'bigrams',
      spec: "paste -d' ' <(tr -cs A-Za-z '\\n' <$F) <(tr -cs A-Za-z '\\n' <$F | tail -n +2) | sort | uniq -c | sort -rn | head",
      goal: { times: 4 },
    },
  ].map((row) => ({ ...row, input: 'text' })),
}
