import { type FSWatcher, watch } from 'node:fs'

/** Calls an action at changes, until it is closed. */
export interface Watch {
  close(): void
}

const noWatch: Watch = { close: () => undefined }

/** Watches a file, or the entry `only` of a folder. Where the system cannot, it never calls; look now and then. */
export function watchPath(path: string, changed: () => void, only?: string): Watch {
  try {
    const watcher: FSWatcher = watch(path, { recursive: false }, (_event, entry) => {
      if (only === undefined || entry === null || entry === only) changed()
    })
    watcher.on('error', () => watcher.close())
    return watcher
  } catch {
    return noWatch
  }
}
