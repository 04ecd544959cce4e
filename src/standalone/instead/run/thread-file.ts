export const threadFile = new URL('./thread.js', import.meta.url)
