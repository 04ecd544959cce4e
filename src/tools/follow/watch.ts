import { type FSWatcher, watch } from 'node:fs'

/** Calls an action at changes, until it is closed. */
export interface Watch {
  close(): void
}

const noWatch: Watch = { close: () => undefined }

/** Watches a file, or the entry `only` of a folder. Where the system cannot, it never calls; look now and then. */
export function watchPath(path: string, changed: () => void, only?: string): Watch {
  const act = (entry: string | null): void => {
    if (only === undefined || entry === null || entry === only) changed()
  }
  return watchEntries(path, act) ?? noWatch
}

/** Watches a folder: `changed` is told which of its entries it was, where the system says. Undefined where it cannot. */
export function watchEntries(folder: string, changed: (entry: string | null) => void): Watch | undefined {
  try {
    const watcher: FSWatcher = watch(folder, { recursive: false }, (_event, entry) => changed(entry))
    watcher.on('error', () => watcher.close())
    return watcher
  } catch {
    return undefined
  }
}
