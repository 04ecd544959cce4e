// With real processes between the tools, and streams without an end.
export const processes = {
  name: 'processes',
  about: 'through a real process and back; a stream of 2 GB',
  goal: { times: 0.9 },
  rows: [
    { name: 'through-cat', input: 'log-300', spec: 'cat $F | /usr/bin/cat | wc -c' },
    {
      name: 'real-in-the-middle',
      input: 'log-300',
      spec: "grep GET $F | /usr/bin/tr a-z A-Z | cut -d' ' -f7 | wc -l",
    },
    {
      name: 'yes',
      input: 'empty',
      spec: 'yes | head -c 2G | tr y n | wc -c',
      goal: { times: 0.9, megabytes: 150 },
    },
  ],
}
