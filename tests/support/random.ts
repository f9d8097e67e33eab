/** A stream of numbers that is the same for the same seed. */
export type Random = {
  /** A whole number from 0 up to, not including, `end`. */
  below: (end: number) => number
  pick: <T>(from: readonly T[]) => T
  bytes: (length: number) => Uint8Array<ArrayBuffer>
}

/** Starts a stream (mulberry32: fast and even, no secret). */
export function startRandom(seed: number): Random {
  let state = (Math.imul(seed, 0x9e3779b1) + 0x6d2b79f5) | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
  const below = (end: number): number => Math.floor(next() * end)
  return {
    below,
    pick: (from) => {
      const picked = from[below(from.length)]
      if (picked === undefined) throw new Error('nothing to pick from')
      return picked
    },
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
  }
}
