export type FrameQueue<T> = {
  add: (one: T) => void
  /** Takes it out; false when it did not wait. */
  drop: (one: T) => boolean
  stop: () => void
}

/** How long the work of one frame may take, in milliseconds. */
const sliceMs = 8

/**
 * Work that is done within the next frames, a few milliseconds in each, so that the page stays smooth. `work` is
 * given what fits into a frame, one after the other: the next comes only while there is time.
 */
export function createFrameQueue<T>(work: (some: Iterable<T>) => void): FrameQueue<T> {
  const waiting = new Set<T>()
  let frame = 0

  function* takeSome(): Iterable<T> {
    const end = performance.now() + sliceMs
    for (const one of waiting) {
      waiting.delete(one)
      yield one
      if (performance.now() > end) return
    }
  }

  function workOnce(): void {
    frame = 0
    work(takeSome())
    if (waiting.size > 0) frame = requestAnimationFrame(workOnce)
  }

  return {
    add: (one) => {
      waiting.add(one)
      if (frame === 0) frame = requestAnimationFrame(workOnce)
    },
    drop: (one) => waiting.delete(one),
    stop: () => {
      cancelAnimationFrame(frame)
      waiting.clear()
    },
  }
}
