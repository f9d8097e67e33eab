/** Numbers from 0 to 1, the same for the same seed. */
export type Random = () => number

/** Mulberry32, by Tommy Ettinger, in the public domain: enough to choose moments with. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** This many of these, in an order of their own. */
export function chooseSome<T>(random: Random, all: readonly T[], count: number): T[] {
  return all
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ value }) => value)
}
