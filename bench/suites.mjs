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

  // Streaming filters: no slower than bash with GNU tools.
  { name: 'cut', input: 'requests', spec: "cut -d' ' -f1 $F", atMost: 1 },
  { name: 'tr', input: 'requests', spec: 'tr a-z A-Z <$F', atMost: 1 },
  { name: 'grep', input: 'requests', spec: 'grep " 500 " $F', atMost: 1 },
  { name: 'grep-E', input: 'requests', spec: "grep -E '\" (4|5)[0-9]{2} ' $F", atMost: 1 },
  { name: 'grep-c', input: 'requests', spec: 'grep -c page/77/ $F', atMost: 1 },
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

  // Memory.
  { name: 'yes', input: 'empty', spec: 'yes | head -c 2G | tr y n | wc -c', megabytes: 150 },
  { name: 'sort-1g', input: 'unsorted', spec: 'sort -S 100M $F', runs: 3, megabytes: 250 },

  // Through a real process and back.
  { name: 'through-cat', input: 'half', spec: 'cat $F | /usr/bin/cat | wc -c', atMost: 1.2 },
]
