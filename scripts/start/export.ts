import { readFileSync } from 'node:fs'
import type { Page } from 'puppeteer-core'
import type { Chromium } from '../browser/chromium'
import type { DownloadWatch } from '../browser/downloads'
import { type ExportChoice, exportCase, openPopup } from '../browser/screens'
import type { ScreenWords } from '../browser/words'

export type ExportOptions = {
  chromium: Chromium
  page: Page
  words: ScreenWords
  watchDownload: () => DownloadWatch
  choice: ExportChoice
  picture?: string
}

/** Exports the case through the popup over this page. Promises the saved bytes and their passphrase. */
export async function exportThroughPopup(
  options: ExportOptions,
): Promise<{ bytes: Uint8Array; name: string; passphrase: string | null }> {
  const { chromium, page, words, watchDownload, choice } = options
  const popup = await openPopup(chromium, page)
  const { finished } = watchDownload()
  const passphrase = await exportCase(popup, choice, words)
  const { path, suggestedName } = await finished
  await popup.press('button', words.t('export.finish'))
  return { bytes: readFileSync(path), name: suggestedName, passphrase }
}
