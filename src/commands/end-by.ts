/** Ends this process by a signal's default action: the shell then knows how it ended (130, 143, 141). */
export function endBy(signal: NodeJS.Signals): void {
  // Node ignores SIGPIPE; adding and removing a listener brings the default action back.
  const listener = (): void => undefined
  process.on(signal, listener)
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
}
