/**
 * A memory of what was worked out about elements in one reading pass. All posts that are read in one go are given the
 * same `now`, and the page cannot change in between; another `now` is another pass, which works it out anew.
 */
export function rememberInPass<T>(): (now: Date, about: Element, workOut: () => T) => T {
  const passes = new WeakMap<Date, Map<Element, { value: T }>>()
  return (now, about, workOut) => {
    const pass = passes.get(now) ?? new Map<Element, { value: T }>()
    passes.set(now, pass)
    const known = pass.get(about) ?? { value: workOut() }
    pass.set(about, known)
    return known.value
  }
}
