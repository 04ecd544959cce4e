// What is measured, as data. `spec` runs with sluice -c and, unless `against` says what else, in bash with GNU tools.
export const suites = [
  // Start-up: the target is 1.25 times an empty Node.
  {
    name: 'start-spec',
    input: 'empty',
    spec: 'grep x $F | wc -l',
    against: 'node -e 0',
    runs: 21,
    atMost: 1.25,
  },
  {
    name: 'start-tool',
    input: 'empty',
    tool: "sluice-cut -d' ' -f1 $F",
    against: 'node -e 0',
    runs: 21,
    atMost: 1.25,
  },

  // Streaming filters: no slower than bash with GNU tools. GNU grep stops at the first line where it writes to /dev/null.
  { name: 'cut', input: 'requests', spec: "cut -d' ' -f1 $F", atMost: 1 },
  { name: 'tr', input: 'requests', spec: 'tr a-z A-Z <$F', atMost: 1 },
  { name: 'grep', input: 'requests', spec: 'grep " 500 " $F | cat', atMost: 1 },
  { name: 'grep-E', input: 'requests', spec: "grep -E '\" (4|5)[0-9]{2} ' $F | cat", atMost: 1 },
  { name: 'grep-c', input: 'requests', spec: 'grep -c page/77/ $F | cat', atMost: 1 },
  { name: 'wc-l', input: 'requests', spec: 'wc -l $F', atMost: 1.5 },
  {
    name: 'cut-tr-grep-wc',
    input: 'requests',
    spec: "cut -d' ' -f1,7 $F | tr a-z A-Z | grep 77 | wc -l",
    atMost: 1,
  },
  { name: 'grep-cut', input: 'log', spec: "grep GET $F | cut -d' ' -f7", atMost: 1 },
  { name: 'sed', input: 'log', spec: "sed 's/GET/get/' $F", atMost: 1 },
  { name: 'top-clients', input: 'log', spec: "cut -d' ' -f1 $F | sort | uniq -c | sort -rn | head" },

  // A pipeline is a query: at most a part of bash's time.
  ...[
    ['clients', 'requests', "cut -d' ' -f1 $F | sort | uniq -c | sort -rn | head", 0.1],
    ['distinct-clients', 'requests', "cut -d' ' -f1 $F | sort -u | wc -l", 0.2],
    ['failures', 'requests', "grep ' 500 ' $F | cut -d' ' -f1 | sort | uniq -c", 0.2],
    ['sort-head', 'requests', 'sort $F | head', 0.2],
    ['sort-n-tail', 'requests', 'sort -n -k10 $F | tail', 0.2],
    ['words', 'text', "tr -cs A-Za-z '\\n' <$F | sort | uniq -c | sort -rn | head", 0.125],
    [
      'top-words',
      'text',
      "tr A-Z a-z <$F | tr -cs a-z '\\n' | sort | uniq -c | sort -rn | head -n 100",
      0.125,
    ],
    ['sort-text', 'text', 'sort $F', 0.83],
    [
      'grep-sed',
      'log',
      "grep GET $F | sed 's/GET/get/' | cut -d' ' -f1,7 | head -n 1000000 | tail -n 5",
      0.5,
    ],
    [
      'back-references',
      'text',
      "head -c 3M $F | tr A-Z a-z | grep '\\(.\\).*\\1\\(.\\).*\\2\\(.\\).*\\3\\(.\\).*\\4' | wc -l",
      0.1,
    ],
  ].map(([name, input, spec, atMost]) => ({ name, input, spec, runs: 3, atMost })),

  // Memory.
  { name: 'yes', input: 'empty', spec: 'yes | head -c 2G | tr y n | wc -c', megabytes: 150 },
  { name: 'sort-1g', input: 'unsorted', spec: 'sort -S 100M $F', runs: 3, megabytes: 250 },

  // Through a real process and back.
  { name: 'through-cat', input: 'half', spec: 'cat $F | /usr/bin/cat | wc -c', atMost: 1.2 },
]
