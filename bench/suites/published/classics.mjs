// The classic one-liners: expressions, sorts, word counts, a speller, differences of sets.
const wordsOf = "tr -cs A-Za-z '\\n'"

export const classics = {
  name: 'published-classics',
  about: 'classic one-liners: nfa-regex, sort, top-n, wf, spell, bi-grams, set-diff, sort-sort, diff',
  goal: { times: 0.9, mean: 8 },
  rows: [
    {
      name: 'nfa-regex',
      input: 'text-3',
      spec: "cat $F | tr A-Z a-z | grep '\\(.\\).*\\1\\(.\\).*\\2\\(.\\).*\\3\\(.\\).*\\4'",
    },
    { name: 'classic-sort', spec: 'cat $F | sort' },
    { name: 'top-n', spec: `cat $F | ${wordsOf} | tr A-Z a-z | sort | uniq -c | sort -rn | sed 100q` },
    { name: 'wf', spec: `cat $F | ${wordsOf} | tr A-Z a-z | sort | uniq -c | sort -rn` },
    {
      name: 'spell',
      others: { DICTIONARY: 'dictionary' },
      spec: `cat $F | tr -cs A-Za-z '\\n' | tr A-Z a-z | tr -d '[:punct:]' | sort | uniq | comm -23 - $DICTIONARY`,
    },
    {
      name: 'bi-grams',
      spec: `paste <(cat $F | ${wordsOf} | tr A-Z a-z) <(cat $F | ${wordsOf} | tr A-Z a-z | tail -n +2) | sort | uniq`,
    },
    {
      name: 'set-diff',
      input: 'people-300',
      spec: "comm -23 <(cut -d' ' -f1,2 $F | tr A-Z a-z | sort) <(cut -d' ' -f1,2 $F | grep -v Ada | tr A-Z a-z | sort)",
    },
    { name: 'sort-sort', spec: 'cat $F | tr A-Z a-z | sort | sort -r' },
    {
      name: 'diff',
      input: 'people-300',
      spec: 'diff <(cut -d, -f1 $F | tr a-z A-Z | sort -u) <(cut -d, -f1 $F | tr A-Z a-z | sort -u)',
    },
    { name: 'min-grep', spec: "cat $F | grep -v '^$' | grep -i 'the ' | cut -c 1-40 | wc" },
    {
      name: 'shortest-scripts',
      spec: "grep -E '^[A-Z][a-z]+:$' $F | sort | uniq -c | sort -rn | head -n 15",
    },
    {
      name: 'sieve-lines',
      input: 'sorted-300',
      spec: 'cut -c 9-12 $F | sort -n | uniq -c | sort -nr | head -n 1',
    },
  ].map((row) => ({ input: 'text-300', ...row })),
}
