/** The character classes of the C locale (POSIX.1-2017, "LC_CTYPE Category in the POSIX Locale"). */
const classes = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  cntrl: /[\x00-\x1f\x7f]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[ \t\n\v\f\r]/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
}

export type CharacterClass = keyof typeof classes

export function isCharacterClass(name: string): name is CharacterClass {
  return Object.hasOwn(classes, name)
}

/** The bytes of a class, in ascending order. */
export function members(name: CharacterClass): number[] {
  const bytes = Array.from({ length: 256 }, (_, byte) => byte)
  return bytes.filter((byte) => classes[name].test(String.fromCharCode(byte)))
}
