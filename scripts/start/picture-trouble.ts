import { join } from 'node:path'
import type { Chromium } from '../browser/chromium'

/** Leaves a picture of each window as it was when a step failed: `trouble-1.png` and so on. */
export async function pictureTrouble(chromium: Chromium, folder: string): Promise<void> {
  const targets = chromium.browser
    .targets()
    .filter((target) => /^(https?|chrome-extension):/.test(target.url()))
  for (const [index, target] of targets.entries()) {
    const path = join(folder, `trouble-${index + 1}.png`)
    // A window may be closing at this moment; its picture is no reason to fail again.
    await target
      .asPage()
      .then((page) => page.screenshot({ path }))
      .catch(() => undefined)
  }
}
