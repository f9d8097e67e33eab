import type { Signal } from '@preact/signals'
import { storedEpoch } from '../../utils/locker/epoch'
import { noteGone } from './erased'
import { oneAtATime } from './later'
import type { LockerView } from './locker-view'

type Followed = {
  locker: Signal<LockerView>
  /** The locker as it is now. */
  read: () => Promise<LockerView>
  /** The page that erases must live until it has. */
  isErasing: () => boolean
  /** Reads what is in a locker that is open. */
  readContents: () => Promise<void>
  /** Replaces this page by a fresh one. */
  replacePage: () => void
}

function isSameLocker(one: LockerView, other: LockerView): boolean {
  if (one.kind !== 'open' || other.kind !== 'open') return false
  const { lockerId, epoch, recipient } = one.locker
  const { locker } = other
  return lockerId === locker.lockerId && epoch === locker.epoch && recipient === locker.recipient
}

/**
 * Follows whether the locker is open: each call looks, and resolves when what it holds was read. On lock the page is
 * replaced.
 */
export function followLock({ locker, read, isErasing, readContents, replacePage }: Followed) {
  let contentsRead = Promise.resolve()

  async function look(): Promise<void> {
    if (isErasing()) return
    const before = locker.value.kind
    const next = await read()
    if (isErasing()) return
    const isGone = next.kind === 'none' && before !== 'none'
    if (isGone) await noteGone()
    // A fresh page holds nothing of what was open: not in memory, not in the tree.
    if (isGone || (before === 'open' && next.kind !== 'open')) return replacePage()
    // Told of the unlock a second time: with another copy of the same key, nothing that is open would be known.
    if (isSameLocker(locker.value, next)) return
    locker.value = next
    contentsRead = readContents()
  }

  // Two looks at once could end in the other order, and show a locker open that was locked meanwhile.
  const lookAgain = oneAtATime(look)
  return async (): Promise<void> => {
    await lookAgain()
    await contentsRead
  }
}

/** Whether the locker that this page has seen is there no more: erased by another page, or by the browser itself. */
export async function isErasedElsewhere({ kind }: LockerView): Promise<boolean> {
  const isMade = kind === 'locked' || kind === 'open' || kind === 'drop-box'
  return isMade && (await storedEpoch()) === null
}
