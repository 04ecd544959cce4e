// What must compile; the compiler is the test (npm run check, and test/types/types.test.ts).
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
  into,
  pipe,
  seq,
  sluice,
  sort,
  through,
  wc,
  zcat,
} from 'sluice'

export const fits = [
  pipe(file('f'), grep('x'), wc()),
  pipe(file('f'), gzip(), gunzip(), grep('x')),
  pipe(file('f'), gzip(), zcat(), sort()),
  pipe(gzip(), wc({ bytes: true })),
  pipe(seq(3), sort({ reverse: true, key: ['1,1', '2n'] }), cut({ fields: '1-3' })),
  pipe(command('ls'), grep('x')),
  pipe(
    from('x'),
    eachLine((line) => line.trim()),
    cat(),
  ),
  pipe(file('f'), through(new TransformStream<Uint8Array, Uint8Array>()), into(process.stdout)),
  pipe(sluice`cat f`, sort()),
  pipe(pipe(seq(1), cat()), sort()),
]
