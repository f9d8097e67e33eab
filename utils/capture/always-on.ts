import { browser } from 'wxt/browser'
import { type Asker, askPage } from '../messages/trusted-end'
import { type Outcome, succeed } from '../model/problem'
import { documentTab } from './document-tab'
import { contentScript } from './tab-frames'

const scriptId = 'always-on'

async function grantedOrigins(): Promise<string[]> {
  const { origins = [] } = await browser.permissions.getAll()
  return origins
}

async function registerForGranted(): Promise<void> {
  const matches = await grantedOrigins()
  await browser.scripting.unregisterContentScripts({ ids: [scriptId] }).catch(() => undefined)
  if (matches.length === 0) return
  await browser.scripting.registerContentScripts([
    { id: scriptId, matches, js: [contentScript], runAt: 'document_idle', persistAcrossSessions: true },
  ])
}

let last: Promise<unknown> = Promise.resolve()

/**
 * Registers our script for exactly the sites whose access the person has given, and for none when she has withdrawn
 * it. The browser keeps both on the disk: which sites these are can be read there.
 */
export function registerAlwaysOn(): Promise<void> {
  // One after the other: a second registration under the same name is refused.
  const next = last.then(registerForGranted)
  last = next.catch(() => undefined)
  return next
}

/**
 * Begins to mark the page that announces itself, where the person has allowed it for good and a platform's reader
 * knows the page: whoever allows every site in the browser's own settings has not asked for marks on each.
 */
export async function startWhereAlwaysOn({ tabId }: Asker): Promise<Outcome<Record<string, never>>> {
  const tab = tabId === null ? null : await browser.tabs.get(tabId).catch(() => null)
  if (tabId === null || !tab?.url || !/^https:/.test(tab.url)) return succeed({})
  const origins = [`${new URL(tab.url).origin}/*`]
  if (!(await browser.permissions.contains({ origins }))) return succeed({})
  const page = await askPage(tabId, 'pageState', {})
  if (!page.ok || page.value.platformId === null) return succeed({})
  const started = await documentTab(tabId)
  return started.ok ? succeed({}) : started
}
