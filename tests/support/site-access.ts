import type { Chromium } from '../../scripts/browser/chromium'

/*
 * The browser's own question about access to a site cannot be pressed without a screen. It is answered before it is
 * asked: on the browser's page of extensions, as a person can who keeps such a list herself. The extension's request
 * is then granted without the question, and everything else is as it ships.
 */

const answer = `async (extensionId, hosts) => {
  await chrome.developerPrivate.updateExtensionConfiguration({ extensionId, hostAccess: 'ON_SPECIFIC_SITES' })
  for (const host of hosts) await chrome.developerPrivate.addHostPermission(extensionId, host)
}`

/** Lets the extension have these sites as soon as it asks for them; until then it has none. */
export async function allowWhenAsked({ browser, extension }: Chromium, patterns: string[]): Promise<void> {
  const page = await browser.newPage()
  await page.goto('chrome://extensions', { waitUntil: 'load' })
  await page.evaluate(`(${answer})(${JSON.stringify(extension.id)}, ${JSON.stringify(patterns)})`)
  await page.close()
}

/** Access patterns that the extension holds now. */
export async function allowedSites(chromium: Chromium): Promise<string[]> {
  const worker = await chromium.background()
  return (await worker.evaluate('chrome.permissions.getAll().then(({ origins }) => origins)')) as string[]
}
