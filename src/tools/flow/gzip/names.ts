import type { Settings } from './settings.js'

/** Endings of compressed files, by which they are known in any case of letters. */
const usualSuffixes = ['.gz', '.z', '.taz', '.tgz', '-gz', '-z', '_z']

/** What is tried for a name that is no file, when decompressing. */
const triedSuffixes = ['.gz', '.z', '-z', '.Z']

/** The ending that marks the file as compressed, as it stands in the name. */
export function knownSuffix(path: string, { suffix }: Pick<Settings, 'suffix'>): string | undefined {
  for (const each of [suffix, ...usualSuffixes]) {
    const stem = path.slice(0, -each.length)
    const end = path.slice(-each.length)
    if (end.toLowerCase() === each.toLowerCase() && stem !== '' && !stem.endsWith('/')) return end
  }
  return undefined
}

/** The names under which a compressed file may be found, the one to report first. */
export function candidates(path: string, settings: Settings): readonly string[] {
  if (settings.action === 'compress' || knownSuffix(path, settings) !== undefined) return [path]
  return [...new Set([settings.suffix, ...triedSuffixes])].map((suffix) => path + suffix)
}

/** The name without its ending; `.tgz` and `.taz` stand for `.tar.gz`. */
export function withoutSuffix(path: string, suffix: string): string {
  const stem = path.slice(0, -suffix.length)
  return ['.tgz', '.taz'].includes(suffix.toLowerCase()) ? `${stem}.tar` : stem
}
