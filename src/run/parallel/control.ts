// What the threads of one parallel stage share: 32-bit words, which they read and change atomically.

/** A layout of the words: `atWords` are those of all, then every other thread has a ring for what it sends. */
const word = { nextChunk: 0, taken: 1, bell: 2, stopped: 3 } as const
const commonWords = 4

const part = { open: 0, taken: 1, dismissed: 2 } as const
const ringWord = { sent: 0, received: 1, part: 2, osThread: 3, slots: 4 } as const
const slotWords = 4
/** How many messages of a thread may wait. */
const ringSlots = 64
const ringWords = ringWord.slots + ringSlots * slotWords

export type Control = Int32Array

/** The words for some threads beside the first. */
export function createControl(others: number): Control {
  return new Int32Array(new SharedArrayBuffer(4 * (commonWords + others * ringWords)))
}

/** The number of the next chunk that no thread has taken, which is taken by that. */
export function claimChunk(control: Control): number {
  return Atomics.add(control, word.nextChunk, 1)
}

/** The number of the next chunk that no thread has taken. */
export function nextChunk(control: Control): number {
  return Atomics.load(control, word.nextChunk)
}

/** How many chunks' outputs were passed on; the others wait in memory. */
export function chunksTaken(control: Control): number {
  return Atomics.load(control, word.taken)
}

export function takeChunk(control: Control): void {
  Atomics.add(control, word.taken, 1)
  Atomics.notify(control, word.taken)
}

/** Blocks until another chunk's output was passed on, or the threads are to stop. */
export function waitForTaking(control: Control, seen: number): void {
  if (!isStopped(control)) Atomics.wait(control, word.taken, seen)
}

/** Tells the other threads that nothing more is wanted. */
export function stop(control: Control): void {
  Atomics.store(control, word.stopped, 1)
  // Whoever waits for one of these words looks at the others again.
  Atomics.add(control, word.taken, 1)
  Atomics.notify(control, word.taken)
  for (let ring = commonWords; ring < control.length; ring += ringWords)
    Atomics.notify(control, ring + ringWord.received)
}

export function isStopped(control: Control): boolean {
  return Atomics.load(control, word.stopped) === 1
}

/** How often the other threads rang; a ring says that there is something to receive. */
export function rings(control: Control): number {
  return Atomics.load(control, word.bell)
}

/** Blocks until a thread has rung again, or the longest wait is over. */
export function waitForRing(control: Control, seen: number): void {
  Atomics.wait(control, word.bell, seen, longestWait)
}

/** The same for who must not block. */
export function nextRing(control: Control, seen: number): Promise<void> {
  return new Promise((resolve) => {
    // Waiting for a word does not keep a process alive, and a thread that has died does not either.
    const timer = setTimeout(resolve, longestWait)
    const wait = Atomics.waitAsync(control, word.bell, seen, longestWait)
    void Promise.resolve(wait.value).then(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** Takes part in the work, unless it has gone on without this thread. `osThread` is the system's number of it. */
export function join(control: Control, thread: number, osThread: number): boolean {
  Atomics.store(control, ringOf(thread) + ringWord.osThread, osThread)
  return setPart(control, thread, part.taken)
}

/** The system's number of a thread that takes part; 0 where it is not known. */
export function osThreadOf(control: Control, thread: number): number {
  return Atomics.load(control, ringOf(thread) + ringWord.osThread)
}

/** Blocks until a thread takes part in the work. Throws when it has not begun for so many milliseconds. */
export function waitForJoining(control: Control, thread: number, patience = 30_000): void {
  const answer = Atomics.wait(control, ringOf(thread) + ringWord.part, part.open, patience)
  if (answer === 'timed-out') throw new Error('a thread has not begun: maybe its file cannot be loaded')
}

/** Goes on without a thread, unless it takes part already. */
export function dismiss(control: Control, thread: number): boolean {
  return setPart(control, thread, part.dismissed)
}

function setPart(control: Control, thread: number, value: number): boolean {
  const at = ringOf(thread) + ringWord.part
  const isSet = Atomics.compareExchange(control, at, part.open, value) === part.open
  Atomics.notify(control, at)
  return isSet
}

/** What a message says: bytes in the sender's memory, which are the sender's again once it is received. */
export interface Message {
  readonly kind: number
  readonly chunk: number
  readonly address: number
  readonly length: number
}

/** Sends a message, if there is room for it. */
export function send(control: Control, thread: number, message: Message): boolean {
  const ring = ringOf(thread)
  const sent = Atomics.load(control, ring + ringWord.sent)
  if (sent - Atomics.load(control, ring + ringWord.received) === ringSlots) return false
  const slot = slotOf(ring, sent)
  control.set([message.kind, message.chunk, message.address, message.length], slot)
  Atomics.store(control, ring + ringWord.sent, sent + 1)
  Atomics.add(control, word.bell, 1)
  Atomics.notify(control, word.bell)
  return true
}

/** How many of a thread's messages were received. */
export function received(control: Control, thread: number): number {
  return Atomics.load(control, ringOf(thread) + ringWord.received)
}

/** Blocks until more of a thread's messages were received, or the threads are to stop. */
export function waitForReceipt(control: Control, thread: number, seen: number): void {
  if (!isStopped(control)) Atomics.wait(control, ringOf(thread) + ringWord.received, seen, longestWait)
}

/** The message that a thread sent first of those that wait. */
export function firstMessage(control: Control, thread: number): Message | undefined {
  const ring = ringOf(thread)
  const count = Atomics.load(control, ring + ringWord.received)
  if (Atomics.load(control, ring + ringWord.sent) === count) return undefined
  const slot = slotOf(ring, count)
  const [kind = 0, chunk = 0, address = 0, length = 0] = control.subarray(slot, slot + slotWords)
  return { kind, chunk, address: address >>> 0, length: length >>> 0 }
}

/** Gives the first message's bytes back. */
export function confirm(control: Control, thread: number): void {
  const at = ringOf(thread) + ringWord.received
  Atomics.add(control, at, 1)
  Atomics.notify(control, at)
}

/** Milliseconds after which a waiting thread looks whether it is to stop, or whether the others still live. */
const longestWait = 100

function ringOf(thread: number): number {
  return commonWords + (thread - 1) * ringWords
}

function slotOf(ring: number, count: number): number {
  return ring + ringWord.slots + (count % ringSlots) * slotWords
}
