import { effect, signal } from '@preact/signals'
import { browser } from 'wxt/browser'
import { checkLog, type LogDamage } from '../../utils/locker/check-log'
import { findDamage } from '../../utils/locker/find-damage'
import { type OpenLocker, openLocker } from '../../utils/locker/keyring'
import type { Words } from '../../utils/words/translate'
import type { Session } from '../shared/session'

/** What the check found since the browser started; in memory only, like the key. */
const foundKey = 'd'
const restMs = 400

/** How many records are damaged, and how the custody log does not fit what is there. */
type Found = { records: number; log: LogDamage }

const nothing: Found = { records: 0, log: { isChanged: false, unknown: 0, removed: 0 } }

async function readFound(): Promise<Found | null> {
  // Only this page writes there.
  const found = (await browser.storage.session.get(foundKey))[foundKey] as Found | undefined
  return found ?? null
}

/** What was found, a sentence each; none when all is well. */
export function describeFound({ records, log }: Found, t: Words['t']): string[] {
  return [
    ...(records > 0 ? [t('damage.found', { count: records })] : []),
    ...(log.isChanged ? [t('damage.logChanged')] : []),
    ...(log.unknown > 0 ? [t('damage.logUnknown', { count: log.unknown })] : []),
    ...(log.removed > 0 ? [t('damage.logRemoved', { count: log.removed })] : []),
  ]
}

/** So that the check is not felt, whatever it reads. */
function rest(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => requestIdleCallback(() => resolve()), restMs)
  })
}

async function checkOnce(open: OpenLocker): Promise<Found | null> {
  const known = await readFound()
  if (known !== null) return known
  const records = (await findDamage(open, { pause: rest })).length
  const found = { records, log: (await checkLog(open, { pause: rest })) ?? nothing.log }
  // The locker may have been locked or erased meanwhile: then the next unlock checks again.
  if ((await openLocker()) === null) return null
  await browser.storage.session.set({ [foundKey]: found })
  return found
}

/**
 * Opens everything in the locker once after the browser started, behind all other work and in one page only: lists
 * read copies, so this is how damage to what they do not show is seen. Gives how many records were found damaged, and whether the custody log
 * fits what is there.
 */
export function createDamageView(session: Session) {
  const found = signal(nothing)
  let isStarted = false

  async function check(open: OpenLocker): Promise<void> {
    await rest()
    await navigator.locks.request('check', { ifAvailable: true }, async (lock) => {
      found.value = (lock ? await checkOnce(open) : await readFound()) ?? nothing
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
