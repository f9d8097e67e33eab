import { signal } from '@preact/signals'
import { browser } from 'wxt/browser'

/** The sites that the person has allowed for good. */
export type SiteAccess = Awaited<ReturnType<typeof createSiteAccess>>

async function readOrigins(): Promise<string[]> {
  const { origins = [] } = await browser.permissions.getAll()
  return origins.toSorted()
}

/**
 * Follows what the browser says of allowed sites: it alone knows, and it can be changed in its own settings, too.
 */
export async function createSiteAccess() {
  const origins = signal(await readOrigins())

  async function follow(): Promise<void> {
    origins.value = await readOrigins()
  }

  browser.permissions.onAdded.addListener(() => void follow())
  browser.permissions.onRemoved.addListener(() => void follow())

  return {
    /** Access patterns, such as `https://x.com/*`. */
    origins,
    /** Asks the browser. Nothing may be awaited between the press and this. */
    allow: (wanted: string[]): void => {
      // Rejected when the press does not count as one; then nothing has changed.
      void browser.permissions.request({ origins: wanted }).then(follow, follow)
    },
    withdraw: (unwanted: string[]): void => {
      void browser.permissions.remove({ origins: unwanted }).then(follow, follow)
    },
    areAllowed: (wanted: string[]): Promise<boolean> => browser.permissions.contains({ origins: wanted }),
  }
}
