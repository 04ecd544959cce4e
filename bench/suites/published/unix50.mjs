// Questions of a game for Unix's birthday: who, when, how many, in lists of people and games of chess.
const people = [
  ['last-names', "cat $F | cut -d' ' -f2 | sort -u"],
  ['sorted-last-names', "cat $F | cut -d' ' -f2 | sort"],
  ['first-names', "cut -d' ' -f1 $F | sort | uniq -c | sort -nr | head -n 1"],
  ['initials', 'cut -c 1-1 $F | sort | uniq -c'],
  ['by-name', "grep Ken $F | cut -d' ' -f2 | sort | uniq -c | sort -rn"],
  ['not-born-then', "grep -v '(19[0-4]' $F | wc -l"],
  ['years', "cut -d'(' -f2 $F | cut -d')' -f1 | sort | uniq -c | sort -rn | head -n 3"],
  ['decades', "sed 's/.*(\\(...\\).*/\\10s/' $F | sort | uniq -c"],
  ['town-fields', "cut -d, -f2 $F | tr -d ' ' | tr : '\\n' | sort | uniq -c | sort -rn"],
  ['most-papers', "awk '{ print $(NF - 1), $1, $2 }' $F | sort -rn | head -n 5"],
  ['longest-line', "awk '{ print length, $0 }' $F | sort -rn | head -n 1 | cut -d' ' -f2-"],
  ['half-of-them', "sed -n '1,2000000p' $F | cut -d' ' -f3 | tr -d '(),' | sort -n | tail -n 1"],
  ['words-capital', "tr ' ' '\\n' <$F | grep '^[A-Z]' | sort | uniq -c | sort -rn | head"],
  ['reversed-names', "cut -d' ' -f1 $F | rev | cut -c 1 | sort | uniq -c"],
].map(([name, spec]) => ({ name, input: 'people-300', spec }))

const chess = [
  ['pieces-captured', "cat $F | tr ' ' '\\n' | grep x | wc -l"],
  [
    'captures-by-piece',
    "cat $F | tr ' ' '\\n' | grep 'x' | grep '[KQRBN]' | cut -c 1-1 | sort | uniq -c | sort -nr",
  ],
  ['pawns', "cat $F | tr ' ' '\\n' | grep '^[a-h]' | wc -l"],
  ['first-moves', "grep '^1\\.' $F | cut -d' ' -f2 | sort | uniq -c | sort -rn | head -n 4"],
  ['squares', "tr ' ' '\\n' <$F | grep -o '[a-h][1-8]' | sort | uniq -c | sort -rn | head -n 8"],
  ['checks', "cut -d' ' -f2,3 $F | grep '+' | sed 's/[^+]//g' | sort | uniq -c"],
  ['last-square', "cut -d' ' -f3 $F | tr -d '+' | sed 's/.*\\(..\\)$/\\1/' | sort -u | wc -l"],
  ['replaced', "sed -e 's/N/Knight /' -e 's/Q/Queen /' $F | fmt -w 60 | head -n 200000 | tail -n 1"],
].map(([name, spec]) => ({ name, input: 'chess-300', spec }))

export const unix50 = {
  name: 'published-unix50',
  about: 'questions to lists, in the manner of Unix50, 300 MB',
  goal: { times: 0.9, mean: 3 },
  rows: [...people, ...chess],
}
