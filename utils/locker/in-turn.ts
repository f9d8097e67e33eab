let last: Promise<unknown> = Promise.resolve()

/**
 * Does the work when no other page of the extension is making, unlocking or rotating the locker, and keeps the
 * others waiting meanwhile. A page that is closed gives its turn away. Never call it from within itself.
 */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (typeof navigator !== 'undefined' && navigator.locks) {
    return navigator.locks.request('turn', work) as Promise<T>
  }
  // Outside browsers there is one page.
  const next = last.then(work)
  last = next.catch(() => undefined)
  return next
}
