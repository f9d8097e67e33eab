import type { Contents } from '../../tests/support/probe/entry'

/** What is wrong with a locker after a kill, each fault as one line. */
type Faults = { lost: string[]; half: string[]; returned: string[] }

type Fate = 'there' | 'gone' | 'either'

/**
 * What must be in the locker, by the one name that each captured post has. `either` is what was under way when the
 * browser was killed: it may have come through or not, but whole.
 */
export type Expected = {
  begin: (names: readonly string[]) => void
  confirm: (names: readonly string[], fate: 'there' | 'gone') => void
  /** Compares, and from then on holds the locker to what it showed. */
  judge: (contents: Contents) => Faults
  /** What is there, with the ids that the locker gave. */
  present: () => { name: string; id: string }[]
}

/** Nothing is there yet, and nothing was ever deleted. */
export function expectNothing(): Expected {
  const fates = new Map<string, Fate>()
  const ids = new Map<string, string>()

  function settle(contents: Contents): void {
    ids.clear()
    for (const { handle, id } of contents.items) ids.set(handle, id)
    for (const name of fates.keys()) fates.set(name, ids.has(name) ? 'there' : 'gone')
  }

  return {
    begin: (names) => {
      for (const name of names) fates.set(name, 'either')
    },
    confirm: (names, fate) => {
      for (const name of names) fates.set(name, fate)
    },
    judge: (contents) => {
      const found = new Set(contents.items.map(({ handle }) => handle))
      const named = (fate: Fate): string[] => [...fates].flatMap(([name, at]) => (at === fate ? [name] : []))
      const faults = {
        lost: named('there').filter((name) => !found.has(name)),
        returned: named('gone').filter((name) => found.has(name)),
        half: [
          ...contents.damaged.map((id) => `${id} is damaged`),
          ...contents.items.flatMap(({ id, problem }) => (problem === null ? [] : [`${id}: ${problem}`])),
          ...(contents.waiting > 0 ? [`${contents.waiting} are still waiting after the unlock`] : []),
          ...contents.items
            .filter(({ handle, problem }) => problem === null && !fates.has(handle))
            .map(({ id, handle }) => `${id} by ${handle} was never captured`),
          ...(found.size === contents.items.length ? [] : ['one post is there twice']),
        ],
      }
      settle(contents)
      return faults
    },
    present: () => [...ids].map(([name, id]) => ({ name, id })),
  }
}
