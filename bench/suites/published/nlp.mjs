// Exercises of a course on words: counts, syllables, vowels, rhymes, bigrams.
const words = "tr -sc A-Za-z '\\n' <$F"
const lower = `${words} | tr A-Z a-z`

export const nlp = {
  name: 'published-nlp',
  about: 'words, syllables, vowels, rhymes, bigrams, 300 MB of text',
  goal: { times: 0.9, mean: 6 },
  rows: [
    ['count-words', `${words} | sort | uniq -c`],
    ['merge-upper', `tr a-z A-Z <$F | tr -sc A-Z '\\n' | sort | uniq -c`],
    ['count-vowel-sequences', "tr a-z A-Z <$F | tr -sc AEIOU '\\n' | sort | uniq -c"],
    ['count-consonant-sequences', "tr a-z A-Z <$F | tr -sc BCDFGHJKLMNPQRSTVWXYZ '\\n' | sort | uniq -c"],
    ['sorted-by-frequency', `${words} | sort | uniq -c | sort -nr`],
    ['sorted-by-folding', `${words} | sort | uniq -c | sort -f -k2 | head -n 5000`],
    ['rhyming-order', `${words} | sort | uniq -c | rev | sort | rev`],
    ['one-syllable', `${lower} | grep -i '^[^aeiou]*[aeiou][^aeiou]*$' | sort | uniq -c | sed 5q`],
    [
      'two-syllables',
      `${lower} | grep -i '^[^aeiou]*[aeiou][^aeiou]*[aeiou][^aeiou]*$' | sort | uniq -c | sed 5q`,
    ],
    ['words-no-vowels', `${words} | grep -vi '[aeiou]' | sort | uniq -c`],
    ['capital-words', `${words} | grep '^[A-Z]' | sort | uniq -c | sort -nr | head`],
    ['four-letters', `${words} | grep '^....$' | sort -u | wc -l`],
    [
      'distinct-words-ending',
      `${lower} | grep 'ing$' | sort | uniq -c | sort -rn | awk '{ print $2 }' | head -n 100`,
    ],
    ['bigrams', `paste <(${lower}) <(${lower} | tail -n +2) | sort | uniq -c | sort -nr | sed 10q`],
    [
      'trigrams',
      `paste <(${lower}) <(${lower} | tail -n +2) <(${lower} | tail -n +3) | sort | uniq -c | sort -nr | sed 10q`,
    ],
  ].map(([name, spec]) => ({ name: `nlp-${name}`, input: 'text-300', spec })),
}
