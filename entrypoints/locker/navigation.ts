import type { Signal } from '@preact/signals'
import type { Screen } from './screens'

type Navigation = {
  screen: Signal<Screen>
  /** Closes what is shown: it is hidden again. */
  leave: (next: Screen) => Promise<void>
  /** Reads what the next screen shows. False when it cannot be shown. */
  prepare: (next: Screen) => Promise<boolean>
}

/**
 * Goes to a screen once what it shows was read. Of several that are asked for meanwhile the last one counts; from an
 * item to one that cannot be opened, it goes to where the item was opened.
 */
export function createNavigation({ screen, leave, prepare }: Navigation) {
  let last: Screen | null = null

  return async function go(next: Screen): Promise<void> {
    last = next
    await leave(next)
    if (last !== next) return
    const isReady = await prepare(next)
    if (last !== next) return
    if (isReady) {
      screen.value = next
      window.scrollTo(0, 0)
    } else if (screen.value.kind === 'item') screen.value = screen.value.from
  }
}
