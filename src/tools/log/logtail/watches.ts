import { lstatSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { type Watch, watchEntries, watchPath } from '../../follow/watch.js'

/** The folders and files whose changes the system tells of. */
export interface Watches {
  /** Watches what has the path, and what gets it. */
  watchLog(path: string): void
  /** Watches what comes and goes in a folder. */
  watchFolder(folder: string): void
  close(): void
}

/**
 * `changed` is told which log may have grown or been rotated; undefined where something happened to another file.
 * A folder tells of all that is done to its files, so only what a link leads to needs a watch of its own.
 */
export function createWatches(changed: (path: string | undefined) => void): Watches {
  const folders = new Map<string, { readonly watch: Watch; readonly logs: Map<string, string> }>()
  const links = new Map<string, Watch>()

  const watchFolder = (folder: string): Map<string, string> | undefined => {
    const known = folders.get(folder)
    if (known !== undefined) return known.logs
    const logs = new Map<string, string>()
    const watch = watchEntries(folder, (entry) => {
      const log = entry === null ? undefined : logs.get(entry)
      if (log !== undefined) changed(log)
      else {
        // A rotated file may still be written to.
        for (const [name, path] of logs) if (entry === null || entry.startsWith(name)) changed(path)
        changed(undefined)
      }
    })
    if (watch === undefined) return undefined
    folders.set(folder, { watch, logs })
    return logs
  }

  return {
    watchLog(path) {
      watchFolder(dirname(path))?.set(basename(path), path)
      links.get(path)?.close()
      links.delete(path)
      if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true)
        links.set(
          path,
          watchPath(path, () => changed(path)),
        )
    },
    watchFolder: (folder) => void watchFolder(folder),
    close() {
      for (const { watch } of folders.values()) watch.close()
      for (const watch of links.values()) watch.close()
    },
  }
}
