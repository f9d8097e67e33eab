/**
 * Runs the newest call once the calls pause for `ms` milliseconds; `flush` runs it at once, `cancel` never. For
 * saving while one types.
 */
export function later<A extends unknown[]>(ms: number, work: (...args: A) => void) {
  let timer: ReturnType<typeof setTimeout> | null = null
  let waiting: A | null = null
  function flush(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    const args = waiting
    waiting = null
    if (args) work(...args)
  }
  function call(...args: A): void {
    waiting = args
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(flush, ms)
  }
  function cancel(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    waiting = null
  }
  return { call, flush, cancel }
}

/**
 * Runs the work when it is asked for, never twice at once: asked again meanwhile, however often, it runs once more
 * afterwards. Resolves when nothing is left to do.
 */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  let isAskedAgain = false
  async function run(): Promise<void> {
    try {
      do {
        isAskedAgain = false
        await work()
      } while (isAskedAgain)
    } finally {
      running = null
    }
  }
  return () => {
    isAskedAgain = true
    running ??= run()
    return running
  }
}

/** A row of work: each begins when all that was given before has ended, well or not. */
export function inOrder(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = last.then(work)
    last = next.catch(() => undefined)
    return next
  }
}
