import { effect, signal } from '@preact/signals'
import { browser } from 'wxt/browser'
import { findDamage } from '../../utils/locker/find-damage'
import { type OpenLocker, openLocker } from '../../utils/locker/keyring'
import type { Session } from '../shared/session'

/** How many damaged records the check found since the browser started; in memory only, like the key. */
const foundKey = 'd'
const restMs = 400

async function readFound(): Promise<number | null> {
  const found = (await browser.storage.session.get(foundKey))[foundKey]
  return typeof found === 'number' ? found : null
}

/** So that the check is not felt, whatever it reads. */
function rest(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => requestIdleCallback(() => resolve()), restMs)
  })
}

async function checkOnce(open: OpenLocker): Promise<number | null> {
  const known = await readFound()
  if (known !== null) return known
  const found = (await findDamage(open, { pause: rest })).length
  // The locker may have been locked or erased meanwhile: then the next unlock checks again.
  if ((await openLocker()) === null) return null
  await browser.storage.session.set({ [foundKey]: found })
  return found
}

/**
 * Opens everything in the locker once after the browser started, behind all other work and in one page only: lists
 * read copies, so this is how damage to what they do not show is seen. Gives how many records were found damaged.
 */
export function createDamageView(session: Session) {
  const found = signal(0)
  let isStarted = false

  async function check(open: OpenLocker): Promise<void> {
    await rest()
    await navigator.locks.request('check', { ifAvailable: true }, async (lock) => {
      const count = lock ? await checkOnce(open) : await readFound()
      found.value = count ?? 0
    })
  }

  effect(() => {
    const locker = session.locker.value
    if (isStarted || locker.kind !== 'open' || !session.contents.value.isRead) return
    isStarted = true
    void check(locker.locker)
  })

  return { found }
}
