import { browser } from 'wxt/browser'
import type { Asker } from '../messages/trusted-end'
import { type Outcome, succeed } from '../model/problem'
import { contentScript, documentTab } from './document-tab'

const scriptId = 'always-on'

async function grantedOrigins(): Promise<string[]> {
  const { origins = [] } = await browser.permissions.getAll()
  return origins
}

/**
 * Registers our script for exactly the sites whose access the person has given, and for none when she has withdrawn
 * it. The browser keeps both on the disk: which sites these are can be read there.
 */
export async function registerAlwaysOn(): Promise<void> {
  const matches = await grantedOrigins()
  await browser.scripting.unregisterContentScripts({ ids: [scriptId] }).catch(() => undefined)
  if (matches.length === 0) return
  await browser.scripting.registerContentScripts([
    { id: scriptId, matches, js: [contentScript], runAt: 'document_idle', persistAcrossSessions: true },
  ])
}

/** Begins to mark the page that announces itself, where the person has allowed it for good. */
export async function startWhereAlwaysOn({ tabId }: Asker): Promise<Outcome<Record<string, never>>> {
  const tab = tabId === null ? null : await browser.tabs.get(tabId).catch(() => null)
  if (tabId === null || !tab?.url || !/^https:/.test(tab.url)) return succeed({})
  const origins = [`${new URL(tab.url).origin}/*`]
  if (!(await browser.permissions.contains({ origins }))) return succeed({})
  const started = await documentTab(tabId)
  return started.ok ? succeed({}) : started
}
