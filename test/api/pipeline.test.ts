import { readFileSync } from 'node:fs'
import { Readable, Transform, Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import {
  cat,
  command,
  cut,
  eachLine,
  file,
  from,
  grep,
  gunzip,
  gzip,
  head,
  into,
  pipe,
  PipelineError,
  seq,
  sluice,
  sort,
  through,
  transform,
  uniq,
  wc,
  yes,
} from '../../src/api/index.js'

const log = 'examples/access.log'
const topThree = '    482 66.249.73.135\n    364 46.105.14.53\n    357 130.237.218.86\n'

describe('a pipeline of tools', () => {
  test('gives its output as text, lines, bytes and an outcome', async () => {
    const numbers = pipe(seq(3), cat())
    expect(await numbers.text()).toBe('1\n2\n3\n')
    expect(await numbers.lines()).toEqual(['1', '2', '3'])
    expect(await numbers.bytes()).toEqual(Buffer.from('1\n2\n3\n'))
    expect(await pipe(seq(3), grep('nothing')).text()).toBe('')
  })

  test('counts the busiest clients as the text form does', async () => {
    const top = pipe(
      file(log),
      cut({ delimiter: ' ', fields: 1 }),
      sort(),
      uniq({ count: true }),
      sort({ reverse: true, numericSort: true }),
      head({ lines: 3 }),
    )
    expect(await top.text()).toBe(topThree)
    expect(await sluice`cut -d' ' -f1 ${log} | sort | uniq -c | sort -rn | head -n 3`.text()).toBe(topThree)
  })

  test('is an async iterable of lines; leaving early ends an endless source', async () => {
    const lines: string[] = []
    for await (const line of pipe(yes('again'))) {
      lines.push(line)
      if (lines.length === 3) break
    }
    expect(lines).toEqual(['again', 'again', 'again'])
  })

  test('may be a stage of another', async () => {
    const numbers = pipe(seq(5))
    expect(await pipe(numbers, wc({ lines: true })).text()).toBe('5\n')
  })

  test('tells how every stage ended', async () => {
    const outcome = await pipe(seq(3), grep('nothing')).with({}).run()
    expect(outcome).toMatchObject({
      ok: false,
      code: 1,
      stages: [
        { name: 'seq', code: 0 },
        { name: 'grep', code: 1, class: 'false' },
      ],
    })
  })

  test('takes its input, folder and environment from options', async () => {
    expect(await pipe(cat()).with({ stdin: 'given' }).text()).toBe('given')
    expect(await pipe(cat()).text()).toBe('')
    expect(
      await pipe(cat('access.log'), head({ bytes: 4 }))
        .with({ cwd: 'examples' })
        .text(),
    ).toBe('83.1')
    expect(
      await pipe(command('sh', '-c', 'echo $WHO'))
        .with({ env: { PATH: process.env['PATH'], WHO: 'me' } })
        .text(),
    ).toBe('me\n')
  })

  test('bytes that are no text pass unchanged', async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 31) % 256)
    expect(await pipe(from(bytes), gzip(), gunzip()).bytes()).toEqual(Buffer.from(bytes))
  })
})

describe('own code as a stage', () => {
  test('over lines', async () => {
    expect(
      await pipe(
        seq(3),
        eachLine((line) => (line === '2' ? undefined : `<${line}>`)),
      ).text(),
    ).toBe('<1>\n<3>\n')
    expect(
      await pipe(
        seq(2),
        eachLine((line) => [line, line]),
      ).text(),
    ).toBe('1\n1\n2\n2\n')
    expect(
      await pipe(
        seq(2),
        eachLine((line) => Promise.resolve(`${line}!`)),
      ).text(),
    ).toBe('1!\n2!\n')
  })

  test('over batches, with an async generator', async () => {
    const count = transform(async function* (source) {
      let bytes = 0
      for await (const piece of source) bytes += piece.length
      yield `${bytes}\n`
    })
    expect(await pipe(file(log), count).text()).toBe('2370789\n')
  })

  test('through Node and web streams', async () => {
    const upper = new Transform({
      transform: (piece: Buffer, _encoding, done) => done(undefined, piece.toString().toUpperCase()),
    })
    expect(await pipe(from('abc'), through(upper)).text()).toBe('ABC')
    expect(await pipe(from(Readable.from(['a', 'b'])), cat()).text()).toBe('ab')
    const web = new TransformStream<Uint8Array, Uint8Array>()
    expect(await pipe(from('web'), through(web)).text()).toBe('web')
  })

  test('into a stream', async () => {
    const pieces: Buffer[] = []
    const sink = new Writable({
      write(piece: Buffer, _encoding, done) {
        pieces.push(piece)
        done()
      },
    })
    await pipe(seq(3), into(sink)).run()
    expect(Buffer.concat(pieces).toString()).toBe('1\n2\n3\n')
  })

  test('an error it throws is the stage that failed, and the cause', async () => {
    const failing = eachLine(function picky(): string {
      throw new RangeError('not this one')
    })
    const error: unknown = await pipe(seq(3), failing, cat())
      .text()
      .catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(PipelineError)
    expect(error).toMatchObject({ message: 'picky: not this one', code: 1 })
  })

  test('an early end reaches an endless generator, which is closed', async () => {
    let closed = false
    async function* endless(): AsyncGenerator<string> {
      try {
        for (;;) yield await Promise.resolve('line\n')
      } finally {
        closed = true
      }
    }
    expect(await pipe(from(endless()), head({ lines: 1 })).text()).toBe('line\n')
    expect(closed).toBe(true)
  })
})

describe('values are never syntax', () => {
  test.each([
    ['; rm -rf /'],
    ['$(echo no)'],
    ['`echo no`'],
    ["it's"],
    ['"quoted" \\ $HOME *'],
    [''],
    ['two words'],
    ['a\nb'],
    ['-n'],
  ])('%j', async (value) => {
    expect(await sluice`printf '[%s]' ${value} x`.text()).toBe(`[${value}][x]`)
    expect(await sluice`printf '[%s]' "a ${value}b"`.text()).toBe(`[a ${value}b]`)
  })

  test('a list is as many arguments as it has', async () => {
    expect(await sluice`printf '[%s]' ${['a b', '*', 3]}`.text()).toBe('[a b][*][3]')
  })

  test('a hole in single quotes is an error, not text', async () => {
    await expect(sluice`echo '${'x'}'`.text()).rejects.toThrow(/quotes/)
  })
})

describe('one shape of error', () => {
  test('what is wrong before the start has its findings, and nothing runs', async () => {
    const error: unknown = await sluice`seq 3 | grpe x | sort --nope`
      .text()
      .catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(PipelineError)
    expect(error).toMatchObject({ code: 2, diagnostics: [{ code: 'unknown-command' }, { code: 'usage' }] })
  })

  test('wrong options of several stages come in one error', async () => {
    await expect(pipe(cut({ fields: 0 }), sort({ key: '0' })).text()).rejects.toThrow(
      /fields are numbered from 1[^]*sort/,
    )
  })

  test('a stage that fails has its code and its message', async () => {
    const error: unknown = await pipe(cat('missing'))
      .text()
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      code: 1,
      message: 'cat: missing: No such file or directory',
      stages: [{ name: 'cat', class: 'error' }],
    })
  })

  test('an abort ends real processes and generators', async () => {
    const controller = new AbortController()
    const waiting = pipe(command('sleep', '1000'), cat()).with({ signal: controller.signal }).text()
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(waiting).rejects.toMatchObject({ name: 'PipelineError', aborted: true, cause: reason })
  })

  test('an abort before the start runs nothing', async () => {
    await expect(pipe(seq(3)).with({ signal: AbortSignal.abort() }).text()).rejects.toMatchObject({
      aborted: true,
    })
  })

  test.each([
    ['is aborted', () => pipe(seq(3)).with({ signal: AbortSignal.abort() }), { aborted: true }],
    ['does not check', () => sluice`no-such-command`, { code: 127 }],
  ])('a loop over a pipeline that %s before the start ends', async (_title, pipeline, failure) => {
    await expect(pipeline().chunks().next()).rejects.toMatchObject(failure)
  })
})

test('the first example of the interface reads as the README shows it', () => {
  const readme = readFileSync('README.md', 'utf8')
  expect(readme).toContain(readFileSync('examples/clients.ts', 'utf8'))
})
