import type { ItemSummary } from './item'
import { atOnce, each, type Steps } from './slices'
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
  return atOnce(findingCorroboration(captures, sources))
}

/** As `findCorroboration`, to be done in slices. */
export function* findingCorroboration<T extends Capture>(
  captures: readonly T[],
  sources: ReadonlyMap<string, Pick<CaptureSource, 'key'>>,
): Steps<Map<string, Corroborating<T>[]>> {
  if (sources.size === 0) return new Map()
  const found = new Map<string, Corroborating<T>[]>()
  const look = (capture: T, group: readonly T[]): void => {
    const list = found.get(capture.id) ?? []
    const known = new Set(list.map((one) => one.capture.id))
    for (const other of group) {
      const isOther = sources.get(other.id)?.key !== sources.get(capture.id)?.key
      if (isOther && !known.has(other.id)) list.push({ capture: other, words: compare(capture, other) })
    }
    if (list.length > 0) found.set(capture.id, list)
  }
  const groups = yield* groupSame(captures)
  for (const group of groups) {
    // Most groups are of this locker alone.
    if (!group.some(({ id }) => sources.has(id))) continue
    yield* each(group, (capture) => look(capture, group), capturesAtOnce)
    yield
  }
  const inOrder = new Map<string, Corroborating<T>[]>()
  yield* each(captures, ({ id }) => {
    const list = found.get(id)
    if (list) inOrder.set(id, list)
  })
  return inOrder
}

/** Each is compared with all others of its post. */
const capturesAtOnce = 16

/** The captures that share an id, and those that share an address; one may be in both. */
function* groupSame<T extends Capture>(captures: readonly T[]): Steps<T[][]> {
  const first = new Map<string, T>()
  // Most captures stand alone: a list is made for the second one only, and there may be 100,000.
  const groups = new Map<string, T[]>()
  const add = (name: string, capture: T): void => {
    const one = first.get(name)
    const group = groups.get(name)
    if (one === undefined) first.set(name, capture)
    else if (group) group.push(capture)
    else groups.set(name, [one, capture])
  }
  yield* each(captures, (capture) => {
    const { platform, postId } = capture
    const identity = identityOf({ platform, postId, permalink: null })
    if (identity !== null) add(identity, capture)
    if (capture.permalink !== null) add(capture.permalink, capture)
  })
  return [...groups.values()]
}

function compare(one: Capture, other: Capture): Corroborating<Capture>['words'] {
  if (one.text === null || other.text === null) return 'unknown'
  return one.text === other.text ? 'same' : 'different'
}
