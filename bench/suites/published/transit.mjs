// Reports over positions of buses: time, line, vehicle, stop, speed, state.
export const transit = {
  name: 'published-transit',
  about: 'reports over transit logs, with stages of sed and awk, 300 MB',
  goal: { times: 0.9, mean: 5 },
  rows: [
    [
      'vehicles-per-day',
      "cat $F | sed 's/T..:..:..//' | cut -d, -f1,3 | sort -u | cut -d, -f1 | sort | uniq -c | awk '{ print $2, $1 }'",
    ],
    [
      'days-per-vehicle',
      "cat $F | sed 's/T..:..:..//' | cut -d, -f3,1 | sort -u | cut -d, -f2 | sort | uniq -c | sort -k1n | awk '{ print $2, $1 }'",
    ],
    [
      'hours-per-vehicle',
      "cat $F | sed 's/T\\(..\\):..:../,\\1/' | cut -d, -f1,2,4 | sort -u | cut -d, -f3 | sort | uniq -c | sort -k1n | awk '{ print $2, $1 }'",
    ],
    [
      'hours-per-day',
      "cat $F | sed 's/T\\(..\\):..:../,\\1/' | cut -d, -f1,2 | sort -u | cut -d, -f1 | sort | uniq -c | awk '{ print $2, $1 }'",
    ],
    ['late-lines', "grep ',late$' $F | cut -d, -f2 | sort | uniq -c | sort -rn | head"],
    ['stops', "cut -d, -f4 $F | sed 's/stop //' | sort -n | uniq -c | sort -k1,1nr | head -n 25"],
    ['fastest', "cut -d, -f3,5 $F | tr , ' ' | sort -k2,2nr -k1,1n | head -n 20"],
    [
      'mean-speed',
      "cut -d, -f2,5 $F | awk -F, '{ s[$1] += $2; n[$1]++ } END { for (l in s) print l, s[l] / n[l] }' | sort -n",
    ],
  ].map(([name, spec]) => ({ name, input: 'transit-300', spec })),
}
