import fc, { type Arbitrary } from 'fast-check'
import { sedScript } from './sed-scripts.js'

/** A pipeline as shell text, and what it reads. */
export interface Generated {
  readonly spec: string
  readonly stdin: Uint8Array
}

/** Pipelines of random stages with random options over random bytes. */
export function generated(): Arbitrary<Generated> {
  return fc.record({
    spec: fc.array(stage(), { minLength: 1, maxLength: 4 }).map((stages) => stages.join(' | ')),
    stdin: input(),
  })
}

/** Pipelines that begin with what several threads can do of a file. */
export function divisible(file: string): Arbitrary<Generated> {
  const first = fc.constantFrom(...dividedBeginnings)
  const last = fc.constantFrom('', ' | head -n 3', ' | sort -rn | head -n 4', ' | nl', ' | wc')
  return fc.record({
    spec: fc.tuple(first, last).map(([begin, end]) => begin.replace('FILE', file) + end),
    stdin: input(),
  })
}

const dividedBeginnings = [
  'sort FILE',
  'sort -rn -k2 FILE',
  'sort -u FILE',
  'sort -f FILE | uniq -c',
  'sort <FILE | uniq -d',
  'cut -d: -f2 FILE | sort | uniq -c',
  'cut -d: -f2 FILE | sort -u | wc',
  'cut -sd: -f1 FILE | sort | uniq -c | sort -n',
  'cat FILE | tr a-z A-Z | grep -a B | sort | uniq -u',
  'sort -n FILE | head -n 5',
  'sort -k2 FILE | tail -n 5',
  "tr ' ' '\\n' <FILE | sort -u",
  "tr -cs A-Za-z '\\n' <FILE | sort | uniq -c",
  "cat FILE | tr -s '\\n ' | grep -av 1",
  "cut -d: -f1 FILE | tr -cs 0-9 '[\\n*]' | sed 's/^/:/'",
  "tr -ds 1 'b\\n' <FILE | wc -l",
  'grep -c a FILE',
  'grep -avc 1 <FILE',
  'wc -l FILE',
  "grep -av 'a.*b' FILE | wc -l",
  'wc -w <FILE',
  'cut -c 2- FILE | wc -L',
  "grep 'a.*b' FILE",
  "grep -av '[0-9]' <FILE | cut -c 1-3",
  "cat FILE | grep -aE '(a|1)+' | fold -w 3",
  'cut -d: -f1 FILE | tr a-z A-Z',
  "sed 's/a/<&>/g;/^$/d' FILE",
  "sed -n '/b/{s/1/\\n/gp;t;i\\\nx\n}' <FILE | cut -c 1-3",
]

/** Lines of few different fields, so that ties, repeats and empty keys are common; now and then any bytes. */
function input(): Arbitrary<Uint8Array> {
  const field = fc.constantFrom(
    'a',
    'b',
    'B',
    'ab',
    'abc',
    '1',
    '2',
    '10',
    '-3',
    '1.5',
    '',
    'x y',
    'ÿ',
    '\0',
    '\r',
    'é',
    '1K',
    'Jan',
  )
  const line = fc
    .array(field, { maxLength: 4 })
    .chain((fields) => fc.constantFrom(' ', '\t', ':', '  ').map((by) => fields.join(by)))
  const lines = fc
    .tuple(fc.array(line, { maxLength: 30 }), fc.boolean())
    .map(([all, ended]) => Buffer.from(all.join('\n') + (ended && all.length > 0 ? '\n' : ''), 'latin1'))
  return fc.oneof(
    { weight: 5, arbitrary: lines },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
  )
}

const count = fc.integer({ min: 0, max: 12 })
const column = fc.integer({ min: 1, max: 6 })

function stage(): Arbitrary<string> {
  return fc.oneof(
    command('cat', flags('-n', '-b', '-s', '-E', '-T', '-v', '-A')),
    command(
      'grep -a',
      flags('-v', '-c', '-i', '-n', '-o', '-x', '-w', '-b', '-m 2', '-A 1', '-B 1').filter(isGrepSound),
      pattern(),
    ),
    command('grep -aE', flags('-v', '-c', '-i', '-o'), extendedPattern()),
    command(
      'grep -a',
      flags('-v', '-c', '-i', '-n', '-o', '-x').filter(isGrepSound),
      pattern().map((text) => `-e ${text}`),
      pattern().map((text) => `-e ${text}`),
    ),
    command(
      'grep -aF',
      flags('-v', '-i', '-x', '-w', '-o').filter(isGrepSound),
      fc.constantFrom("'a'", "'b B'", "''", "'ab'"),
    ),
    command('sed', flags('-n', '-s', '-z'), sedScript()),
    command('cut', cutList(), flags('-s', '--complement', '--output-delimiter=_', '-z')),
    command(
      'tr',
      fc.constantFrom(
        'a-z A-Z',
        '-d 0-9',
        '-s a-b',
        "-s '\\n'",
        '-c a-z. _',
        "-d '\\000\\r'",
        '-t abc x',
        "'[:lower:]' '[:upper:]'",
        "-cs 'a-zA-Z' '\\n'",
        "' ' '\\n'",
      ),
    ),
    command('tr', flags('-c', '-d', '-s', '-t'), byteList(), byteList()),
    command(
      'tr',
      flags('-c').map((flag) => `-d ${flag}`),
      byteList(),
    ),
    command(
      'sort',
      flags('-r', '-n', '-u', '-f', '-b', '-d', '-i', '-s', '-g', '-h', '-V', '-M', '-z').filter(compatible),
      key(),
    ),
    command(
      'uniq',
      flags('-c', '-i', '-d', '-u', '-z'),
      fc.constantFrom('', '-f 1', '-s 1', '-w 2', '-f 1 -w 3'),
    ),
    command(
      'uniq',
      fc.constantFrom('-D', '--all-repeated=separate', '--group', '--group=both'),
      flags('-i', '-z'),
    ),
    command(
      'sort -k 1b,1',
      fc.constantFrom('| join -', '| join -a 1 -', '| join -v 1 -', '| join -o 0,2.2,1.2 -e _ -'),
      pairs(),
    ),
    command(
      'sort |',
      fc.constantFrom('comm', 'comm -12', 'comm -3', 'comm -23'),
      fc.constantFrom('-'),
      pairs(),
    ),
    command('paste', fc.constantFrom('-', '-d : -', '- -'), pairs()),
    command(
      'head',
      fc.oneof(
        count.map((n) => `-n ${n}`),
        count.map((n) => `-n -${n}`),
        count.map((n) => `-c ${n}`),
        count.map((n) => `-c -${n}`),
      ),
    ),
    command(
      'tail',
      fc.oneof(
        count.map((n) => `-n ${n}`),
        count.map((n) => `-n +${n}`),
        count.map((n) => `-c ${n}`),
        count.map((n) => `-c +${n}`),
      ),
    ),
    command('wc', flags('-l', '-w', '-c', '-L', '-m')),
    command('nl', fc.constantFrom('', '-b a', '-n rz', '-w 2', "-s ': '", '-v 5 -i 2', '-b n')),
    command('tac', fc.constantFrom('', '-b', '-s a', '-s ab')),
    command('paste', fc.constantFrom('-s', '-s -d ,:', '- -', '-d , - - -', '-z -s')),
    command('fold', fc.constantFrom('-w 5', '-w 3 -s', '-b -w 4', '-w 7 -s')),
    command('expand', fc.constantFrom('', '-t 4', '-i', '-t 2,5')),
    command('unexpand', fc.constantFrom('', '-a', '-t 3', '--first-only')),
    command('fmt', fc.constantFrom('', '-w 10', '-s -w 12', '-u', '-c')),
    command('base64', fc.constantFrom('', '-w 10', '-w 0')),
    sortedChain(),
    countedChain(),
    fc.constant('gzip -n | gunzip'),
    fc.constant('tee /dev/null'),
  )
}

/** What the optimiser has rules for. */
function sortedChain(): Arbitrary<string> {
  const zero = fc.constantFrom('', '', '-z')
  const sort = command('sort', flags('-r', '-n', '-u', '-s', '-z'), key())
  const uniq = command('uniq', flags('-c', '-d', '-u', '-z'))
  const first = command(
    'head',
    count.map((n) => `-n ${n}`),
    zero,
  )
  const last = command(
    'tail',
    count.map((n) => `-n ${n}`),
    zero,
  )
  const next = fc.oneof(
    uniq,
    first,
    last,
    sort,
    fc.constantFrom('wc -l', 'cut -c 2- | sort', 'grep -a a | wc'),
  )
  return fc.tuple(sort, fc.array(next, { minLength: 1, maxLength: 3 })).map((all) => all.flat().join(' | '))
}

/** Lines are counted in no order there. */
function countedChain(): Arbitrary<string> {
  const sort = fc.constantFrom('sort -u | wc', 'sort | uniq -c | sort -n', 'sort -r | uniq -d | sort')
  return fc
    .tuple(command('cut', cutList(), flags('-s', '--complement', '--output-delimiter=_')), sort)
    .map((both) => both.join(' | '))
}

function command(name: string, ...parts: readonly Arbitrary<string>[]): Arbitrary<string> {
  return fc.tuple(...parts).map((words) => [name, ...words.filter((word) => word !== '')].join(' '))
}

function flags(...all: readonly string[]): Arbitrary<string> {
  return fc.subarray([...all], { maxLength: Math.min(3, all.length) }).map((some) => some.join(' '))
}

/** GNU grep 3.8 writes an empty line after each match of these three together. */
function isGrepSound(options: string): boolean {
  return !['-o', '-w', '-x'].every((option) => options.includes(option))
}

/** sort refuses two orders at once. */
function compatible(options: string): boolean {
  return (
    (options.match(/-[nghVMd]/g) ?? []).length <= 1 && !(options.includes('-i') && /-[nghM]/.test(options))
  )
}

function key(): Arbitrary<string> {
  const order = fc.constantFrom('', 'n', 'r', 'f', 'b', 'nr')
  const place = fc.tuple(column, fc.constantFrom('', '', '.1', '.2', '.4')).map((both) => both.join(''))
  const one = fc
    .tuple(place, place, order, fc.boolean())
    .map(([from, to, by, closed]) => `-k ${from}${by}${closed ? `,${to}${by}` : ''}`)
  return fc.oneof(
    fc.constant(''),
    one,
    one.map((text) => `-t : ${text}`),
    fc.tuple(one, one).map((two) => two.join(' ')),
  )
}

function cutList(): Arbitrary<string> {
  const range = fc.oneof(
    column.map(String),
    fc.tuple(column, column).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
    column.map((n) => `${n}-`),
    column.map((n) => `-${n}`),
  )
  const list = fc.array(range, { minLength: 1, maxLength: 3 }).map((ranges) => ranges.join(','))
  return fc.oneof(
    list.map((text) => `-c ${text}`),
    list.map((text) => `-b ${text}`),
    list.map((text) => `-f ${text}`),
    list.map((text) => `-d ' ' -f ${text}`),
  )
}

/** Sets of bytes as `tr` takes them. */
function byteList(): Arbitrary<string> {
  const part = fc.constantFrom(
    'a',
    'b',
    'a-c',
    '0-9',
    '[:alpha:]',
    '[:space:]',
    '\\n',
    '\\000',
    '\\377',
    '[x*3]',
    'B-',
    ' ',
  )
  return fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => `'${parts.join('')}'`)
}

/** A second input, in order. */
function pairs(): Arbitrary<string> {
  return fc.constantFrom(
    "<(printf 'a 1\\nab 2\\nb 3\\n')",
    "<(printf '1 x\\n10 y\\n2 z\\na w')",
    '<(seq 8)',
    '/dev/null',
  )
}

function pattern(): Arbitrary<string> {
  return fc.constantFrom(
    "'a'",
    "'^a'",
    "'b$'",
    "'a*b'",
    "'[0-9]'",
    "'[^a]'",
    "'\\(a\\|b\\)'",
    "'a.c'",
    "'^$'",
    "''",
    "'x y'",
    "'\\<a'",
    "'\\(a\\)\\1'",
    "'[[:space:]]'",
    "'a\\{2\\}'",
  )
}

function extendedPattern(): Arbitrary<string> {
  return fc.constantFrom(
    "'a|b'",
    "'(a|ab)(c|bcd)?'",
    "'^(a|1)+'",
    "'[0-9]+$'",
    "'a?b?c?'",
    "'(^|:)1'",
    "'.{3}'",
    "'\\w+'",
    "'b|$'",
  )
}
