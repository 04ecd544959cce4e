// Questions to a log that a sort answers.
export const queries = {
  name: 'queries',
  about: '`grep | cut | sort | uniq -c`, `sort -u | wc -l`, `sort | head`, `sort -n | tail`, 466 MB',
  goal: { times: 5 },
  rows: [
    {
      name: 'failures',
      spec: "grep ' 500 ' $F | cut -d' ' -f1 | sort | uniq -c",
      peers: {
        mawk: "mawk '/ 500 / { n[$1]++ } END { for (c in n) print n[c], c }' $F | sort -k2",
        ripgrep: "rg --text ' 500 ' $F | cut -d' ' -f1 | sort | uniq -c",
        miller: `mlr --inidx --ifs ' ' --onidx filter '$9 == 500' then count -g 1 then sort -f 1 $F`,
      },
    },
    { name: 'distinct-clients', spec: "cut -d' ' -f1 $F | sort -u | wc -l" },
    { name: 'distinct-lines', spec: 'sort -u $F | wc -l' },
    { name: 'pages-by-status', spec: "cut -d' ' -f7,9 $F | sort | uniq -c | sort -rn | head -n 20" },
    { name: 'status-codes', spec: "cut -d' ' -f9 $F | sort | uniq -c" },
    { name: 'sort-head', spec: 'sort $F | head' },
    { name: 'sort-tail', spec: "sort -t' ' -k9,9 $F | tail -n 20" },
    { name: 'sort-n-tail', spec: 'sort -n -k10 $F | tail' },
  ].map((row) => ({ ...row, input: 'A' })),
}
