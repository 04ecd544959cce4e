import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  chmodSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync, gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { againstGnu } from '../support/gnu.js'
import { runToolHere, type ToolResult } from '../support/run-tool.js'

const text = 'hello world hello world\n'
const compressed = gzipSync(text)
const twice = Buffer.concat([compressed, gzipSync('again\n')])
const files = { f: text, 'f.gz': compressed }
const long = Buffer.from(
  Array.from({ length: 20_000 }, (_, line) => `${line} ${(line * 7919) % 1013}\n`).join(''),
)
const skewed = Buffer.from(
  Array.from({ length: 90_000 }, (_, at) => 31 - Math.clz32((at * 2654435761) >>> 0)),
)

/** The same bytes on every run, that do not compress. */
function noise(size: number): Buffer {
  let state = 1
  return Buffer.from(
    Uint8Array.from({ length: size }, () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0
      return state >>> 24
    }),
  )
}

function changed(at: number): Buffer {
  const bytes = Buffer.from(compressed)
  bytes.writeUInt8(bytes.readUInt8(bytes.length + at) ^ 1, bytes.length + at)
  return bytes
}

/** A member around a stream of deflate. */
function member(deflated: Uint8Array, content: Uint8Array = Buffer.alloc(0)): Buffer {
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(crc32(content))
  trailer.writeUInt32LE(content.length, 4)
  return Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), deflated, trailer])
}

/** A member whose header has every field there is, and a checksum. */
function withEveryField(checksum?: number): Buffer {
  const header = Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 2 + 4 + 8 + 16, 0x40, 0x42, 0x0f, 0x50, 0, 3, 3, 0]),
    Buffer.from('xyzfolder/name\0a comment\0'),
  ])
  const sum = Buffer.alloc(2)
  sum.writeUInt16LE(checksum ?? crc32(header) & 0xffff)
  return Buffer.concat([header, sum, member(deflateRawSync(text), Buffer.from(text)).subarray(10)])
}
const everyField = withEveryField()
const wrongHeader = withEveryField(0x5858)

againstGnu('gzip', [
  { title: 'a file with the suffix', args: ['f.gz'], files },
  { title: 'a file with the suffix, quietly', args: ['-q', 'f.gz'], files },
  {
    title: 'other known suffixes',
    args: ['a.tgz', 'b.Z', 'c-gz', 'd_z', 'e.taz'],
    files: { 'a.tgz': '', 'b.Z': '', 'c-gz': '', d_z: '', 'e.taz': '' },
  },
  { title: 'a missing file', args: ['no'] },
  { title: 'an empty name', args: [''] },
  { title: 'a name below a file', args: ['f/g'], files },
  { title: 'an existing target is not overwritten', args: ['f'], files },
  { title: 'nor quietly', args: ['-q', 'f'], files },
  { title: 'a folder', args: ['.'], files },
  { title: 'a folder, quietly', args: ['-q', '.'], files },
  { title: 'an unknown option', args: ['-x'] },
  { title: 'an unknown long option', args: ['--foo'] },
  { title: '-0 is no level', args: ['-0'] },
  { title: '-S without its argument', args: ['-S'] },
  { title: 'an empty suffix', args: ['-S', ''], files },
  { title: 'a suffix that is too long', args: ['-S', '0123456789012345678901234567890'], files },
  { title: 'a suffix in a folder that does not exist', args: ['-S', '.a/b', '-k', 'f'], files },
  { title: 'decompresses a file', args: ['-d', 'g.gz'], files: { 'g.gz': compressed } },
  { title: 'decompresses and keeps', args: ['-dk', 'g.gz'], files: { 'g.gz': compressed } },
  { title: 'decompresses, verbosely', args: ['-dkv', 'g.gz'], files: { 'g.gz': compressed } },
  { title: 'decompresses and replaces, verbosely', args: ['-dv', 'g.gz'], files: { 'g.gz': compressed } },
  { title: 'decompresses over a file only when forced', args: ['-d', 'f.gz'], files },
  { title: 'decompresses over a file with -f', args: ['-df', 'f.gz'], files },
  { title: 'finds the suffix itself', args: ['-d', 'g'], files: { 'g.gz': compressed } },
  { title: 'finds another suffix itself', args: ['-dv', 'g'], files: { 'g.z': compressed } },
  { title: 'a missing file to decompress', args: ['-d', 'no'] },
  { title: 'a missing file with its suffix', args: ['-d', 'no.gz'] },
  { title: 'an unknown suffix', args: ['-d', 'f'], files },
  { title: 'an unknown suffix, quietly', args: ['-dq', 'f'], files },
  { title: 'a suffix of its own', args: ['-dS', '.x', 'f.x'], files: { 'f.x': compressed } },
  { title: 'a suffix in capitals', args: ['-dv', 'F.GZ'], files: { 'F.GZ': compressed } },
  { title: '.tgz becomes .tar', args: ['-dv', 'f.tgz'], files: { 'f.tgz': compressed } },
  { title: '.taz becomes .tar', args: ['-dv', 'f.taz'], files: { 'f.taz': compressed } },
  { title: 'a name that is only a suffix', args: ['-d', '.gz'], files: { '.gz': compressed } },
  { title: 'to standard output', args: ['-dc', 'f.gz', 'f.gz'], files },
  { title: 'to standard output, verbosely', args: ['-dcv', 'f.gz'], files },
  { title: 'to standard output, verbosely and kept', args: ['-dckv', 'f.gz'], files },
  { title: 'what is not compressed', args: ['-dc', 'f'], files },
  { title: 'what is not compressed, forced', args: ['-dcf', 'f', 'f.gz'], files },
  { title: 'the next file after one that is not compressed', args: ['-dc', 'f', 'f.gz'], files },
  { title: 'standard input', args: ['-d'], stdin: compressed },
  { title: '- among files', args: ['-dc', 'f.gz', '-', 'f.gz'], stdin: compressed, files },
  { title: 'standard input twice', args: ['-dc', '-', '-'], stdin: compressed },
  { title: 'several members', args: ['-d'], stdin: twice },
  { title: 'several members, verbosely', args: ['-dcv', 'g.gz'], files: { 'g.gz': twice } },
  { title: 'an empty input', args: ['-d'] },
  { title: 'an empty input, forced', args: ['-dcf'] },
  { title: 'one byte, forced', args: ['-dcf'], stdin: 'x' },
  { title: 'a piece of a header', args: ['-d'], stdin: compressed.subarray(0, 5) },
  { title: 'a piece of the data', args: ['-d'], stdin: compressed.subarray(0, 20) },
  { title: 'a piece of the trailer', args: ['-d'], stdin: compressed.subarray(0, -3) },
  {
    title: 'a second member in pieces',
    args: ['-d'],
    stdin: Buffer.concat([compressed, compressed.subarray(0, 15)]),
  },
  { title: 'text', args: ['-d'], stdin: 'text\n' },
  { title: 'trailing garbage', args: ['-d'], stdin: Buffer.concat([compressed, Buffer.from('garbage')]) },
  { title: 'a single byte of garbage', args: ['-d'], stdin: Buffer.concat([compressed, Buffer.from('g')]) },
  {
    title: 'trailing garbage, quietly',
    args: ['-dq'],
    stdin: Buffer.concat([compressed, Buffer.from('garbage')]),
  },
  {
    title: 'trailing garbage in a file',
    args: ['-d', 'g.gz'],
    files: { 'g.gz': Buffer.concat([compressed, Buffer.from('garbage')]) },
  },
  {
    title: 'trailing garbage, listed',
    args: ['-l', 'g.gz'],
    files: { 'g.gz': Buffer.concat([compressed, Buffer.from('garbage')]) },
  },
  { title: 'trailing zeros', args: ['-d'], stdin: Buffer.concat([compressed, Buffer.alloc(1000)]) },
  {
    title: 'zeros and then garbage',
    args: ['-d'],
    stdin: Buffer.concat([compressed, Buffer.alloc(10), Buffer.from('x')]),
  },
  {
    title: 'a member and something packed behind it',
    args: ['-d'],
    stdin: Buffer.concat([compressed, Buffer.from([0x1f, 0x1e, 0, 0])]),
    differs: {
      why: 'what pack, compress and LZH made is refused',
      instead: { exit: 1, stdout: text, stderr: 'gzip: stdin: packed by pack -- not supported\n' },
    },
  },
  { title: 'garbage, forced', args: ['-dcf'], stdin: Buffer.concat([compressed, Buffer.from('garbage')]) },
  {
    title: 'trailing zeros, verbosely',
    args: ['-dv'],
    stdin: Buffer.concat([compressed, Buffer.alloc(1)]),
  },
  {
    title: 'trailing zeros in a file, verbosely',
    args: ['-tv', 'g.gz'],
    files: { 'g.gz': Buffer.concat([compressed, Buffer.alloc(9)]) },
  },
  { title: 'text from standard input, forced', args: ['-df'], stdin: 'text\n' },
  {
    title: 'a member and text from standard input, forced',
    args: ['-df'],
    stdin: Buffer.concat([compressed, Buffer.from('x')]),
  },
  { title: 'text from standard input, forced and tested', args: ['-tf'], stdin: 'text\n' },
  { title: 'tests what is not compressed, verbosely', args: ['-tv', 'f', 'f.gz'], files },
  {
    title: 'tests a header with more in it, verbosely',
    args: ['-tv', 'g.gz'],
    files: { 'g.gz': everyField },
  },
  { title: 'a wrong checksum', args: ['-d'], stdin: changed(-6) },
  {
    title: 'a wrong checksum in a file',
    args: ['-d', 'g.gz', 'f.gz'],
    files: { ...files, 'g.gz': changed(-6) },
  },
  { title: 'a wrong length', args: ['-d'], stdin: changed(-2) },
  {
    title: 'a wrong checksum, tested',
    args: ['-tv', 'g.gz', 'f.gz'],
    files: { ...files, 'g.gz': changed(-6) },
  },
  { title: 'a wrong length, tested', args: ['-t', 'g.gz', 'f.gz'], files: { ...files, 'g.gz': changed(-2) } },
  { title: 'a wrong length, listed', args: ['-l', 'g.gz', 'f.gz'], files: { ...files, 'g.gz': changed(-2) } },
  {
    title: 'a bad block',
    args: ['-d'],
    stdin: Buffer.concat([compressed.subarray(0, 10), Buffer.alloc(20, 0xff)]),
  },
  {
    title: 'a bad block in a file ends all',
    args: ['-dc', 'g.gz', 'f.gz'],
    files: { ...files, 'g.gz': Buffer.concat([compressed.subarray(0, 10), Buffer.alloc(20, 0xff)]) },
  },
  {
    title: 'an early end in a file ends all',
    args: ['-tv', 'g.gz', 'f.gz'],
    files: { ...files, 'g.gz': compressed.subarray(0, 20) },
  },
  {
    title: 'a stored block that contradicts itself',
    args: ['-d'],
    stdin: member(Buffer.from([1, 1, 0, 1, 0, 65])),
  },
  {
    title: 'a distance before the start',
    args: ['-d'],
    stdin: member(deflateRawSync(text, { dictionary: Buffer.from(text) }), Buffer.from(text)),
    differs: {
      why: 'GNU takes what its window happens to hold',
      instead: { exit: 1, stdout: 'h', stderr: '\ngzip: stdin: invalid compressed data--format violated\n' },
    },
  },
  { title: 'a header with name, comment, extra field and checksum', args: ['-d'], stdin: everyField },
  { title: 'a header checksum that is wrong', args: ['-d'], stdin: wrongHeader },
  { title: 'a header checksum that is wrong, forced', args: ['-df'], stdin: wrongHeader },
  {
    title: 'a wrong checksum and length',
    args: ['-d'],
    stdin: member(Buffer.from([0x63, 0x00, 0x02, 0x00])),
  },
  { title: 'an unknown method', args: ['-d'], stdin: Buffer.from('1f8b0900616263616161616161616161', 'hex') },
  {
    title: 'an encrypted member',
    args: ['-d'],
    stdin: Buffer.from('1f8b0820616263616161616161616161', 'hex'),
  },
  { title: 'unknown flags', args: ['-d'], stdin: Buffer.from('1f8b08c0616263616161616161616161', 'hex') },
  { title: 'restores the name', args: ['-dNv', 'g.gz'], files: { 'g.gz': everyField } },
  { title: 'does not restore the name', args: ['-dnv', 'g.gz'], files: { 'g.gz': everyField } },
  { title: 'tests a file', args: ['-t', 'f.gz'], files },
  { title: 'tests a file, verbosely', args: ['-tv', 'f.gz', 'f.gz'], files },
  { title: 'tests standard input, verbosely', args: ['-tv'], stdin: compressed },
  { title: 'tests what is not compressed', args: ['-t', 'f.gz', 'f'], files },
  { title: 'lists a file', args: ['-l', 'f.gz'], files },
  { title: 'lists several files', args: ['-l', 'f.gz', 'f.gz'], files },
  { title: 'lists several members', args: ['-l', 'g.gz'], files: { 'g.gz': twice } },
  { title: 'lists quietly', args: ['-lq', 'f.gz', 'f.gz'], files },
  { title: 'lists standard input', args: ['-l'], stdin: compressed },
  { title: 'lists standard input, verbosely', args: ['-lv'], stdin: compressed },
  { title: 'lists with the saved name', args: ['-lN', 'g.gz'], files: { 'g.gz': everyField } },
  { title: 'lists with the saved name and time', args: ['-lvN', 'g.gz'], files: { 'g.gz': everyField } },
  { title: 'lists what is not compressed', args: ['-l', 'f.gz', 'f'], files },
  { title: 'lists an empty file', args: ['-l', 'g.gz'], files: { 'g.gz': gzipSync('') } },
  { title: 'lists a name without suffix', args: ['-l', 'f'], files: { 'f.gz': compressed } },
  { title: 'zeros, many', args: ['-d'], stdin: gzipSync(Buffer.alloc(10_000_000)) },
  { title: 'random bytes, stored', args: ['-d'], stdin: gzipSync(noise(300_000), { level: 0 }) },
  { title: 'fixed codes', args: ['-d'], stdin: member(deflateRawSync(long, { strategy: 4 }), long) },
  { title: 'dynamic codes', args: ['-d'], stdin: gzipSync(long) },
  { title: 'short and long codes', args: ['-d'], stdin: gzipSync(skewed) },
  { title: 'Huffman codes only', args: ['-d'], stdin: gzipSync(long, { strategy: 2 }) },
])

describe('gzip writes what others can read', () => {
  const contents: Readonly<Record<string, Buffer>> = {
    nothing: Buffer.alloc(0),
    'one byte': Buffer.from('a'),
    'every byte': Buffer.from(Uint8Array.from({ length: 256 }, (_, byte) => byte)),
    'a whole chunk': noise(256 * 1024),
    'a chunk and a byte': Buffer.alloc(256 * 1024 + 1, 'ab'),
    'a long line': Buffer.alloc(10_000_000, 'x'),
    'several chunks': Buffer.concat([noise(700_000), long, long]),
  }
  test.each(
    Object.entries(contents).flatMap(([title, content]) =>
      ['-1', '-4', '-6', '-9'].map((level) => [title, level, content] as const),
    ),
  )('%s with %s', async (_title, level, content) => {
    const { stdout, exit } = await gzip([level], content)
    expect(exit).toBe(0)
    const real = spawnSync('gzip', ['-dc'], { input: stdout, maxBuffer: 1 << 30 })
    expect(real.status).toBe(0)
    expect(real.stdout.equals(content)).toBe(true)
    expect(gunzipSync(stdout).equals(content)).toBe(true)
    const back = await gzip(['-d'], stdout)
    expect(back.stdout.equals(content)).toBe(true)
  })

  test('from a pipe, neither name nor time, whatever the size of reads', async () => {
    const whole = await gzip([], long)
    const cut = await gzip([], long, 999)
    expect(cut.stdout.equals(whole.stdout)).toBe(true)
    expect(whole.stdout.subarray(0, 10).toString('hex')).toBe('1f8b0800000000000003')
  })

  test('a match may reach into the chunk before', async () => {
    const block = noise(30_000)
    const content = Buffer.concat([noise(256 * 1024 - 30_000).reverse(), block, block])
    const { stdout } = await gzip([], content)
    expect(stdout.length).toBeLessThan(256 * 1024 + 2000)
  })
})

describe('gzip replaces files', () => {
  const time = new Date('2020-02-03T04:05:06Z')
  const warning = 'gzip: f: warning: file timestamp out of range for gzip format\n'

  test.each([
    { args: ['f'], left: ['f.gz'], says: '' },
    { args: ['-k', 'f'], left: ['f', 'f.gz'], says: '' },
    { args: ['-kv', 'f'], left: ['f', 'f.gz'], says: 'f:\t 29.2% -- created f.gz\n' },
    { args: ['-v', 'f'], left: ['f.gz'], says: 'f:\t 29.2% -- replaced with f.gz\n' },
    { args: ['-S', '.x', 'f'], left: ['f.x'], says: '' },
    { args: ['-c', 'f'], left: ['f'], says: '' },
    { args: ['-r', '.'], left: ['f.gz'], says: '' },
    {
      args: ['--best', '--no-name', '--verbose', 'f'],
      left: ['f.gz'],
      says: 'f:\t 29.2% -- replaced with f.gz\n',
    },
  ])('$args', async ({ args, left, says }) => {
    await inFolder(async (cwd) => {
      writeFileSync(join(cwd, 'f'), text)
      const { exit, stderr } = await gzip(args, undefined, undefined, cwd)
      expect({ exit, stderr, left: readdirSync(cwd).sort() }).toEqual({ exit: 0, stderr: says, left })
    })
  })

  test('mode and time are kept there and back, and saved in the header', async () => {
    await inFolder(async (cwd) => {
      const path = join(cwd, 'f')
      writeFileSync(path, text)
      chmodSync(path, 0o640)
      utimesSync(path, time, time)
      await gzip(['f'], undefined, undefined, cwd)
      const made = statSync(`${path}.gz`)
      expect([made.mode & 0o777, made.mtime]).toEqual([0o640, time])
      utimesSync(`${path}.gz`, new Date(), new Date())
      await gzip(['-dN', 'f.gz'], undefined, undefined, cwd)
      const back = statSync(path)
      expect([back.mode & 0o777, back.mtime]).toEqual([0o640, time])
    })
  })

  test.each([
    { seconds: -1, args: ['f'], says: warning },
    { seconds: 0.5, args: ['f'], says: warning },
    { seconds: 2 ** 32, args: ['-v', 'f'], says: `f:\t${warning} 29.2% -- replaced with f.gz\n` },
    { seconds: 0, args: ['-q', 'f'], says: '' },
    { seconds: 0, args: ['-n', 'f'], exit: 0, says: '' },
    { seconds: 1, args: ['f'], exit: 0, says: '' },
    { seconds: 2 ** 32 - 1, args: ['f'], exit: 0, says: '' },
  ])('a time of $seconds seconds with $args', async ({ seconds, args, says, exit = 2 }) => {
    const at = new Date(seconds * 1000)
    await inFolder(async (cwd) => {
      writeFileSync(join(cwd, 'f'), text)
      utimesSync(join(cwd, 'f'), at, at)
      const real = mkdtempSync(join(cwd, 'real-'))
      copyFileSync(join(cwd, 'f'), join(real, 'f'))
      utimesSync(join(real, 'f'), at, at)
      const { status, stderr } = spawnSync('gzip', args, { cwd: real, encoding: 'utf8' })
      expect({ exit: status, stderr }).toEqual({ exit, stderr: says })
      expect(await gzip(args, undefined, undefined, cwd)).toMatchObject({ exit, stderr: says })
    })
  })

  test('a damaged file leaves nothing beside it', async () => {
    await inFolder(async (cwd) => {
      writeFileSync(join(cwd, 'f.gz'), compressed.subarray(0, -10))
      const { exit } = await gzip(['-d', 'f.gz'], undefined, undefined, cwd)
      expect([exit, readdirSync(cwd)]).toEqual([1, ['f.gz']])
    })
  })
})

function gzip(
  args: readonly string[],
  stdin: Uint8Array = Buffer.alloc(0),
  readSize?: number,
  cwd = tmpdir(),
): Promise<ToolResult> {
  return runToolHere({
    tool: 'gzip',
    args,
    stdin,
    cwd,
    env: {},
    ...(readSize === undefined ? {} : { readSize }),
  })
}

async function inFolder(run: (cwd: string) => Promise<void>): Promise<void> {
  const cwd = mkdtempSync(join(tmpdir(), 'sluice-test-'))
  try {
    await run(cwd)
  } finally {
    rmSync(cwd, { recursive: true })
  }
}
