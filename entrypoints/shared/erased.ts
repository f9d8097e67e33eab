import { signal } from '@preact/signals'
import { browser } from 'wxt/browser'
import type { Erased } from '../../components/locker/ErasedNotice'

const key = 'erased'
/** Apart from the other, so that a page which only saw the locker vanish never speaks for the one that erased it. */
const goneKey = 'gone'

async function read(): Promise<Erased | null> {
  const { [key]: erased, [goneKey]: isGone } = await browser.storage.session.get([key, goneKey])
  if (erased === undefined && isGone === true) return 'gone'
  return erased === 'overwritten' || erased === 'removed' || erased === 'drop-box' ? erased : null
}

/** Tells every page of the extension that the locker was erased; in memory only, until the browser is closed. */
export async function noteErased(erased: Erased): Promise<void> {
  await browser.storage.session.set({ [key]: erased })
}

/** Tells every page of the extension that the locker is no longer there, by whatever; in memory only, likewise. */
export async function noteGone(): Promise<void> {
  await browser.storage.session.set({ [goneKey]: true })
}

/** Whether a locker was erased since the browser started, and how surely; follows what other pages do. */
export async function followErased() {
  const erased = signal(await read())
  browser.storage.onChanged.addListener((changes, area) => {
    if (area !== 'session' || !(key in changes || goneKey in changes)) return
    void read().then((now) => {
      erased.value = now
    })
  })
  return erased
}
