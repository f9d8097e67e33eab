/** So long may work go on before the page has its turn: short enough that no frame is late by it. */
const sliceMs = 12
/** Work on long lists may be cut after so many of them. */
const stepSize = 256

type Scheduler = { yield?: () => Promise<void> }

/** Lets whatever the page has to do go first: presses, typing, drawing. */
export function giveWay(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: Scheduler }
  if (scheduler?.yield) return scheduler.yield()
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

/** Long work: each `yield` is a place where it may be cut, about a millisecond after the one before at the most. */
export type Steps<T> = Generator<void, T, void>

/** How work is cut into slices: `pause` promises when to go on, `clock` tells milliseconds. */
export type Slicing = { signal?: AbortSignal; pause?: () => Promise<void>; clock?: () => number }

/** Does long work in slices of some milliseconds. Null when the signal gave it up. Throws what the work throws. */
export async function inSlices<T>(work: Steps<T>, slicing: Slicing = {}): Promise<T | null> {
  const { signal, pause = giveWay, clock = () => performance.now() } = slicing
  let start = clock()
  for (;;) {
    if (signal?.aborted) return null
    const { done, value } = work.next()
    if (done) return value
    if (clock() - start < sliceMs) continue
    await pause()
    start = clock()
  }
}

/** As `inSlices` for work that nothing gives up. */
export async function toItsEnd<T>(work: Steps<T>): Promise<T> {
  // Only a signal makes it null.
  return (await inSlices(work)) as T
}

/** The same work in one go. */
export function atOnce<T>(work: Steps<T>): T {
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
  }
}

/** Does the same for each of a list, in its order; may be cut after `atOnce` of them. */
export function* each<T>(list: Iterable<T>, act: (one: T) => void, atOnce = stepSize): Steps<void> {
  let done = 0
  for (const one of list) {
    act(one)
    done += 1
    if (done % atOnce === 0) yield
  }
}

type Compare<T> = (one: T, other: T) => number
const runLength = 1_024

/** The list in order, as `toSorted` gives it. */
export function* sorted<T>(list: readonly T[], compare: Compare<T>): Steps<T[]> {
  let runs: T[][] = []
  for (let start = 0; start < list.length; start += runLength) {
    runs.push(list.slice(start, start + runLength).sort(compare))
    yield
  }
  while (runs.length > 1) {
    const longer: T[][] = []
    for (let at = 0; at < runs.length; at += 2)
      longer.push(yield* merged(runs[at] ?? [], runs[at + 1] ?? [], compare))
    runs = longer
  }
  return runs[0] ?? []
}

function* merged<T>(one: readonly T[], other: readonly T[], compare: Compare<T>): Steps<T[]> {
  const both: T[] = []
  let at = 0
  for (const next of one) {
    for (let first = other[at]; at < other.length && compare(first as T, next) < 0; first = other[at]) {
      both.push(first as T)
      at += 1
      if (both.length % stepSize === 0) yield
    }
    both.push(next)
    if (both.length % stepSize === 0) yield
  }
  for (; at < other.length; at++) {
    both.push(other[at] as T)
    if (both.length % stepSize === 0) yield
  }
  return both
}
