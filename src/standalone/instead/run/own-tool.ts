/** The process has the tool's name, which says what it is. */
export function ownTool(): { readonly path: string; readonly words: readonly string[] } {
  return { path: process.execPath, words: [] }
}
