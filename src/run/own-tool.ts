/** The program that is a tool of ours in a process of its own, and the words before the tool's arguments. */
export function ownTool(name: string): { readonly path: string; readonly words: readonly string[] } {
  return { path: process.execPath, words: [process.argv[1] ?? '', name] }
}
