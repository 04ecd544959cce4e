// Chains of filters, with no sort.
export const chains = {
  name: 'chains',
  about: 'chains of `tr cut grep sed head tail` with no sort, 466 MB',
  goal: { times: 2 },
  rows: [
    { name: 'cut-tr-grep-wc', input: 'A', spec: "cut -d' ' -f1,7 $F | tr a-z A-Z | grep 77 | wc -l" },
    { name: 'grep-cut', input: 'log', spec: "grep GET $F | cut -d' ' -f7" },
    { name: 'grep-v-cut-tr', input: 'A', spec: "grep -v ' 200 ' $F | cut -d' ' -f1,9 | tr ' ' ," },
    { name: 'sed-cut', input: 'A', spec: "sed 's/GET/get/' $F | cut -d' ' -f6-9" },
    {
      name: 'grep-sed-head-tail',
      input: 'log',
      spec: "grep GET $F | sed 's/GET/get/' | cut -d' ' -f1,7 | head -n 1000000 | tail -n 5",
    },
    { name: 'tr-tr-grep-c', input: 'log', spec: "tr A-Z a-z <$F | tr -d '\"' | grep -c mozilla" },
    { name: 'tail-cut-grep', input: 'A', spec: "tail -n +1000 $F | cut -d'\"' -f2 | grep 'page/7'" },
    { name: 'cat-grep-grep-v', input: 'log', spec: 'cat $F | grep -i firefox | grep -v bot | wc -l' },
  ],
}
