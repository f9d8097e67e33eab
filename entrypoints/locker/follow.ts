import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import type { Session } from '../shared/session'
import type { Screen } from './screens'

type Followed = {
  session: Session
  screen: Signal<Screen>
  readBin: () => Promise<void>
  go: (next: Screen) => Promise<void>
}

/**
 * Follows what other pages do to the locker: an item or case that went away under this page leaves it, and the
 * signal tells so until another screen is opened; an open bin is read again.
 */
export function followElsewhere({ session, screen, readBin, go }: Followed): Signal<boolean> {
  const wasTakenAway = signal(false)
  let toldOn: Screen | null = null

  async function leave(): Promise<void> {
    await go({ kind: 'items' })
    toldOn = screen.value
    wasTakenAway.value = true
  }

  effect(() => {
    const { isRead, items, cases } = session.contents.value
    const at = screen.value
    if (!isRead) return
    const isItemGone = at.kind === 'item' && !items.some(({ id }) => id === at.id)
    const isCaseGone = at.kind === 'case' && !cases.some(({ id }) => id === at.id)
    if (isItemGone || isCaseGone) untracked(() => void leave())
    if (at.kind === 'bin') untracked(() => void readBin())
  })
  effect(() => {
    if (screen.value !== toldOn) wasTakenAway.value = false
  })
  return wasTakenAway
}

/**
 * Whether another page has started a new epoch of the locker since this one was opened: something was deleted there
 * for good, or a way in was changed. `isBusy` tells that this page is doing so itself.
 */
export function followEpoch(session: Session, isBusy: () => boolean): ReadonlySignal<boolean> {
  const epochOf = () => (session.locker.value.kind === 'open' ? session.locker.value.locker.epoch : null)
  const first = signal(epochOf())
  effect(() => {
    // Unlocked later than opened, or opened for the first time.
    first.value ??= epochOf()
  })
  return computed(() => {
    const epoch = epochOf()
    if (isBusy() || epoch === null || first.value === null) return false
    return epoch !== first.value && !session.ownEpochs.value.has(epoch)
  })
}
