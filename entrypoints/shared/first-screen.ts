import { browser } from 'wxt/browser'

const key = 'firstScreen'

/** Screens that the locker page can be asked to begin with. */
export type FirstScreen = 'readers' | 'reports'

/** What the locker page opened next begins with. In memory only: the page's address never tells. */
export async function askFirstScreen(screen: FirstScreen): Promise<void> {
  await browser.storage.session.set({ [key]: screen })
}

/** The screen that was asked for, once; null when none was. */
export async function takeFirstScreen(): Promise<FirstScreen | null> {
  const { [key]: screen } = await browser.storage.session.get(key)
  await browser.storage.session.remove(key)
  return screen === 'readers' || screen === 'reports' ? screen : null
}
