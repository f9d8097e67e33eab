import { signal } from '@preact/signals'
import { browser } from 'wxt/browser'
import type { Erased } from '../../components/locker/ErasedNotice'

const key = 'erased'

async function read(): Promise<Erased | null> {
  const { [key]: erased } = await browser.storage.session.get(key)
  return erased === 'overwritten' || erased === 'removed' || erased === 'drop-box' ? erased : null
}

/** Tells every page of the extension that the locker was erased; in memory only, until the browser is closed. */
export async function noteErased(erased: Erased): Promise<void> {
  await browser.storage.session.set({ [key]: erased })
}

/** Whether a locker was erased since the browser started, and how surely; follows what other pages do. */
export async function followErased() {
  const erased = signal(await read())
  browser.storage.onChanged.addListener((changes, area) => {
    if (area !== 'session' || !(key in changes)) return
    void read().then((now) => {
      erased.value = now
    })
  })
  return erased
}
