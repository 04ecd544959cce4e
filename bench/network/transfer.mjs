// 2 GB from a sender to a receiver over the loopback address.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, sluice, start, untilListening } from './programs.mjs'

const size = '2G'

const pairs = {
  ours: {
    receiver: (port) => [...sluice, 'listen', '--once', 'tcp', `127.0.0.1:${port}`, 'cat >/dev/null'],
    sender: (port) => [...sluice, 'nc', `127.0.0.1:${port}`],
  },
  ncat: {
    receiver: (port) => ['ncat', '-l', '--recv-only', '127.0.0.1', `${port}`],
    sender: (port) => ['ncat', '--send-only', '127.0.0.1', `${port}`],
  },
  nc: {
    receiver: (port) => ['nc', '-l', '127.0.0.1', `${port}`],
    sender: (port) => ['nc', '-N', '127.0.0.1', `${port}`],
  },
  socat: {
    receiver: (port) => ['socat', '-u', `TCP-LISTEN:${port},bind=127.0.0.1`, '-'],
    sender: (port) => ['socat', '-u', '-', `TCP:127.0.0.1:${port}`],
  },
}

export const transfer = [
  {
    name: 'transfer',
    base: 'ncat',
    commands: Object.fromEntries(Object.entries(pairs).map(([name, pair]) => [name, () => measure(pair)])),
  },
]

async function measure({ receiver, sender }) {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-transfer-'))
  const timed = (name, argv) => ['/usr/bin/time', '-f', '%M', '-o', join(folder, name), ...argv]
  try {
    const port = await freePort()
    const from = start(timed('receiver', receiver(port)))
    await untilListening(port)
    const before = performance.now()
    const piped = ['bash', '-c', `head -c ${size} /dev/zero | exec "$@"`, 'bash', ...sender(port)]
    const ends = await Promise.all([from.ended, start(timed('sender', piped)).ended])
    const seconds = (performance.now() - before) / 1000
    if (ends.some(([code]) => code !== 0)) throw new Error(`it ended with ${ends.join(' and ')}`)
    const kilobytes = ['receiver', 'sender'].map((name) => Number(readFileSync(join(folder, name), 'utf8')))
    return { seconds, megabytes: Math.max(...kilobytes) / 1024 }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
