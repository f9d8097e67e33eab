import type { ItemSummary } from './item'
import { identityOf } from './versions'

type Capture = Pick<ItemSummary, 'id' | 'platform' | 'postId' | 'permalink' | 'text'>

/**
 * From which other locker or device a capture came. `key` tells two apart: nobody knows that of what is not signed, so
 * all of that is from one. `words` stand for it where people compare; null where nobody signed.
 */
export type CaptureSource = { kind: 'bundle' | 'drop-box'; key: string; words: string | null }

/** A capture of the same post that was made under another locker. */
export type Corroborating<T> = {
  capture: T
  /** `unknown` where one of the two shows no words. */
  words: 'same' | 'different' | 'unknown'
}

/**
 * The captures of the same post from other lockers, by id; captures that nothing corroborates are not in it. The same
 * post: platform and post id, or the address of the post. `sources` names the other locker of each capture that came
 * from one; what is not in it was captured here, and two captures from one place corroborate nothing.
 */
export function findCorroboration<T extends Capture>(
  captures: readonly T[],
  sources: ReadonlyMap<string, Pick<CaptureSource, 'key'>>,
): Map<string, Corroborating<T>[]> {
  const found = new Map<string, Corroborating<T>[]>()
  if (sources.size === 0) return found
  for (const capture of captures) found.set(capture.id, [])
  for (const group of groupSame(captures)) {
    for (const capture of group) {
      const list = found.get(capture.id) ?? []
      for (const other of group) {
        const isOther = sources.get(other.id)?.key !== sources.get(capture.id)?.key
        const isKnown = list.some((one) => one.capture.id === other.id)
        if (isOther && !isKnown) list.push({ capture: other, words: compare(capture, other) })
      }
    }
  }
  return new Map([...found].filter(([, list]) => list.length > 0))
}

/** The captures that share an id, and those that share an address; one may be in both. */
function groupSame<T extends Capture>(captures: readonly T[]): T[][] {
  const groups = new Map<string, T[]>()
  const add = (name: string, capture: T): void => {
    const group = groups.get(name)
    if (group) group.push(capture)
    else groups.set(name, [capture])
  }
  for (const capture of captures) {
    const identity = identityOf({ ...capture, permalink: null })
    if (identity !== null) add(identity, capture)
    if (capture.permalink !== null) add(capture.permalink, capture)
  }
  return [...groups.values()].filter((group) => group.length > 1)
}

function compare(one: Capture, other: Capture): Corroborating<Capture>['words'] {
  if (one.text === null || other.text === null) return 'unknown'
  return one.text === other.text ? 'same' : 'different'
}
