import { effect, type Signal, signal, untracked } from '@preact/signals'
import type { Session } from '../shared/session'
import type { Screen } from './view'

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
