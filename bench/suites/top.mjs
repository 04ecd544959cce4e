// The busiest clients of a log, and what else is asked in the same way, over three kinds of keys.
const rows = (input) =>
  [
    {
      name: `clients-${input}`,
      spec: "cut -d' ' -f1 $F | sort | uniq -c | sort -rn | head",
      peers: {
        mawk: "mawk '{ n[$1]++ } END { for (c in n) print n[c], c }' $F | sort -rn | head",
        miller: "mlr --inidx --ifs ' ' --onidx count -g 1 then sort -nr count then head -n 10 $F",
        nushell:
          "open --raw $F | lines | parse '{client} {rest}' | get client | uniq --count | sort-by --reverse count | first 10",
      },
    },
    { name: `clients-awk-${input}`, spec: "awk '{ print $1 }' $F | sort | uniq -c | sort -nr | head -n 5" },
    {
      name: `client-page-${input}`,
      spec: "cut -d' ' -f1,9 $F | sort | uniq -c | sort -k1,1nr -k2 | head -n 20",
    },
    { name: `repeated-${input}`, spec: "cut -d' ' -f1 $F | sort | uniq -d | wc -l" },
    { name: `last-clients-${input}`, spec: "cut -d' ' -f1 $F | sort | uniq -c | sort -n | tail -n 3" },
  ].map((row) => ({ ...row, input }))

export const topA = {
  name: 'top-A',
  about: '`cut … | sort | uniq -c | sort -rn | head` and its kind, 2,000 different keys in 466 MB',
  goal: { times: 10 },
  // The programs that are not ours take most of the time.
  rows: rows('A').map((row) => (row.name.includes('awk') ? { ...row, goal: { times: 0.9 } } : row)),
}

export const topB = {
  name: 'top-B',
  about: 'the same, 200,000 different keys in 474 MB of real log lines',
  goal: { times: 4 },
  rows: rows('B').map((row) => (row.name.includes('awk') ? { ...row, goal: { times: 0.9 } } : row)),
}

export const topC = {
  name: 'top-C',
  about: 'the same, 4 million different keys in 466 MB',
  goal: { times: 1.5 },
  rows: rows('C').map((row) => (row.name.includes('awk') ? { ...row, goal: { times: 0.9 } } : row)),
}
