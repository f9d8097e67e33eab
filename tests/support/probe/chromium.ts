import type { Page } from 'puppeteer-core'
import type { Chromium } from '../../../scripts/browser/chromium'
import type { Locker } from './entry'

type Answer<N extends keyof Locker> = Awaited<ReturnType<Locker[N]>>

/** The locker's functions inside a page of the extension. */
export type Probe = {
  page: Page
  call: <N extends keyof Locker>(name: N, ...args: Parameters<Locker[N]>) => Promise<Answer<N>>
}

/** The text of a call, to be evaluated where the probe is. */
export function callText(name: keyof Locker, args: readonly unknown[]): string {
  return `lockerProbe.locker[${JSON.stringify(name)}](...${JSON.stringify(args)})`
}

/**
 * Opens a page of the extension's origin that runs none of its code, and puts the locker's functions into it. Long
 * work may take `protocolTimeout` of the browser.
 */
export async function openProbe(chromium: Chromium, script: string): Promise<Probe> {
  const page = await chromium.browser.newPage()
  await page.goto(`${chromium.origin}/manifest.json`)
  await page.evaluate(script)
  return {
    page,
    call: async (name, ...args) => (await page.evaluate(callText(name, args))) as never,
  }
}
