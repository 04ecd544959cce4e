// One tool alone: no slower than the real one.
export const oneTool = {
  name: 'one-tool',
  about: 'one tool, 466 MB',
  goal: { times: 1 },
  rows: [
    {
      name: 'wc-l',
      spec: 'wc -l $F',
      peers: { ripgrep: "rg -c --text '' $F", mawk: "mawk 'END { print NR }' $F" },
    },
    {
      name: 'grep-c',
      spec: 'grep -c page/77/ $F',
      peers: {
        ripgrep: 'rg -c --text page/77/ $F',
        mawk: "mawk '/page\\/77\\// { n++ } END { print n }' $F",
      },
    },
    {
      name: 'grep-cE',
      spec: "grep -cE '\" (4|5)[0-9]{2} ' $F",
      peers: { ripgrep: "rg -c --text '\" (4|5)[0-9]{2} ' $F" },
    },
    { name: 'grep', spec: "grep ' 500 ' $F", peers: { ripgrep: "rg --text ' 500 ' $F" } },
    {
      name: 'cut',
      spec: "cut -d' ' -f1 $F",
      peers: { mawk: "mawk '{ print $1 }' $F", miller: "mlr --inidx --ifs ' ' --onidx cut -f 1 $F" },
    },
    { name: 'tr', spec: 'tr a-z A-Z <$F' },
    { name: 'sed', spec: "sed 's/GET/get/' $F", peers: { mawk: 'mawk \'{ sub(/GET/, "get"); print }\' $F' } },
    { name: 'sort-u', spec: 'sort -u $F' },
    { name: 'wc', spec: 'wc $F' },
    { name: 'uniq-c', spec: 'uniq -c $F' },
  ].map((row) => ({ ...row, input: 'A' })),
}
