import fc, { type Arbitrary } from 'fast-check'

/** Scripts of sed of some commands, each at some address. All of them end: none goes back without reading. */
export function sedScript(): Arbitrary<string> {
  const commands = fc.array(command(), { minLength: 1, maxLength: 4 })
  return fc.oneof(
    { weight: 4, arbitrary: commands.map((all) => `'${all.join('\n')}'`) },
    { weight: 1, arbitrary: fc.constantFrom(...idioms) },
  )
}

const idioms = [
  "'N;P;D'",
  "'$!N;/a/P;D'",
  "':a;N;$!ba;s/\\n/,/g'",
  "':a;s/^\\(.*\\)b/\\1X/;ta'",
  "'1!G;h;$!d'",
  "'/a/{n;d}'",
  "'$!{h;d};H;x'",
  "'s/a/b/;ta;s/b/c/;:a;s/$/!/'",
  "-E 's/(a|ab)(c|bcd)*/[\\1|\\2]/g'",
]

const regex = fc.constantFrom(
  ...['a', '^a', 'b$', 'a*', 'a*b', '[0-9]', '[^a]', '\\(a\\|b\\)', 'a.c', '^$', 'x y', '\\<a', '\\(a\\)\\1'],
  ...['[[:space:]]', 'a\\{2\\}', '.', '..', '\\(.\\)\\(.\\)', ' *$', '.*', '\\w\\+', 'never'],
)

function address(): Arbitrary<string> {
  const pattern = regex.map((text) => `/${text}/`)
  const line = fc.constantFrom('1', '2', '3', '7', '$')
  const one = fc.oneof(line, pattern, fc.constantFrom('0~2', '1~3', '2~0'))
  const end = fc.oneof(line, pattern, fc.constantFrom('+1', '~4'))
  const range = fc.tuple(one, end).map((both) => both.join(','))
  const some = fc.oneof(
    one,
    range,
    pattern.map((text) => `0,${text}`),
  )
  const negated = fc.tuple(some, fc.constantFrom('', '!')).map((both) => both.join(''))
  return fc.oneof({ weight: 1, arbitrary: fc.constant('') }, { weight: 1, arbitrary: negated })
}

function command(): Arbitrary<string> {
  const replacement = fc.constantFrom('', 'x', '<&>', '&&', '\\n', 'longer &', '[\\&]')
  const flags = fc.constantFrom('', '', 'g', 'g', '2', '2g', 'p', 'I', 'gp')
  const substitution = fc.tuple(regex, replacement, flags).map(([find, by, how]) => `s/${find}/${by}/${how}`)
  const other = fc.constantFrom(
    ...['d', 'p', 'P', 'n', 'N', 'g', 'G', 'h', 'H', 'x', '=', 'l', 'l 5', 'q', 'Q', 'q3', 'z', 'F'],
    ...['y/ab/ba/', 'y/ \\n/_ /', 'a text', 'i text', 'c text', 't', 'b', '{p;s/a/b/}', 'n;d'],
  )
  const what = fc.oneof({ weight: 2, arbitrary: substitution }, { weight: 1, arbitrary: other })
  return fc.tuple(address(), what).map((both) => both.join(''))
}
