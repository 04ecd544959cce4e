// Whom Sluice is measured beside, as data:
//
//   shell    how it runs a spec, where it speaks shell
//   lacks    what of the shell it does not speak
//   own      how it runs what a suite has written for it
//   version  what says its version; a peer that cannot say it is not installed
//
// npm has some of them: `npm install --prefix bench/peers`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const here = (path) => new URL(path, import.meta.url).pathname
const modules = here('peers/node_modules')
const bun = join(modules, '.bin/bun')
const nu = join(modules, '@nushell/linux-x64/bin/nu')
const newNode = join(modules, 'node/bin/node')
const sluice = here('../bin/sluice.cjs')
const standalone = here('../build/sluice')

/** What makes Node do more than a start needs: reading a file of certificates takes it as long as all the rest. */
const leftOut = ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS']
const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !leftOut.includes(name)))

/** Sluice's names as commands; the locale is that of the laws. */
const links = mkdtempSync(join(tmpdir(), 'sluice-bench-'))
for (const name of ['sluice', 'sluice-cut', 'sluice-grep', 'sluice-wc'])
  symlinkSync(sluice, join(links, name))
export const env = { ...inherited, LC_ALL: 'C', PATH: `${links}:${process.env.PATH}` }

const bash = (text) => ({ argv: ['bash', '--norc', '-c', text], env })
const script = (name) => (spec) => ({ argv: ['node', here(`peers/${name}.mjs`), spec], env })
const processSubstitution = /[<>]\(/

export const peers = {
  bash: { shell: bash, version: ['bash', '--version'] },
  busybox: {
    shell: (spec) => ({ argv: ['busybox', 'sh', '-c', spec], env: { ...env, PATH: applets() } }),
    lacks: processSubstitution,
    version: ['busybox', '--help'],
  },
  mawk: { own: bash, version: ['mawk', '-W', 'version'] },
  ripgrep: { own: bash, version: ['rg', '--version'] },
  miller: { own: bash, version: ['mlr', '--version'] },
  nushell: {
    own: (text) => ({ argv: [nu, '--no-config-file', '-c', text], env }),
    version: [nu, '--version'],
  },
  bun: {
    shell: (spec) => ({ argv: [bun, 'exec', spec], env }),
    lacks: processSubstitution,
    version: [bun, '--version'],
  },
  zx: { shell: script('zx'), version: ['node', here('peers/zx.mjs')] },
  execa: { shell: script('execa'), lacks: /[<>();&]/, version: ['node', here('peers/execa.mjs')] },
  dax: { shell: script('dax'), lacks: processSubstitution, version: ['node', here('peers/dax.mjs')] },
  node: { own: (text) => ({ argv: text.split(' '), env }), version: ['node', '--version'] },
  'sluice-newest-node': {
    shell: (spec) => ({ argv: [newNode, sluice, '-c', spec], env }),
    version: [newNode, '--version'],
  },
  'sluice-standalone': {
    shell: (spec) => ({ argv: [standalone, '-c', spec], env }),
    version: [standalone, '--version'],
  },
}

/** How a peer runs a row; undefined where that is not natural to it. `fill` puts the inputs' paths into a text. */
export function commandOf(name, row, fill) {
  const { shell, own, lacks } = peers[name]
  const text = row.peers?.[name]
  if (text !== undefined && own !== undefined) return own(fill(text))
  if (row.spec === undefined || shell === undefined || lacks?.test(row.spec)) return undefined
  return shell(fill(row.spec))
}

/** How Sluice runs a row. */
export function ourCommand({ spec, ours }, fill) {
  return spec === undefined ? bash(fill(ours)) : { argv: ['sluice', '-c', fill(spec)], env }
}

/** Busybox's tools, by their names alone and first. */
function applets() {
  const folder = join(links, 'busybox')
  if (!existsSync(folder)) {
    mkdirSync(folder)
    spawnSync('busybox', ['--install', '-s', folder])
  }
  return `${folder}:${env.PATH}`
}
