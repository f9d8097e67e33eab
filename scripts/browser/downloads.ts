import { existsSync, mkdirSync, statSync } from 'node:fs'
import type { Browser } from 'puppeteer-core'
import { waitUntil } from './seen'

/** Where a finished download lies, and the name that the extension asked for. */
type Download = { path: string; suggestedName: string }

/** Watches for the next download; made before the button is pressed. */
export type DownloadWatch = { finished: Promise<Download> }

/**
 * Sends downloads of the whole browser into this folder without asking. The browser may replace their names by
 * ids, so ask the returned watch where each one lies.
 */
export async function keepDownloadsIn(browser: Browser, folder: string): Promise<() => DownloadWatch> {
  mkdirSync(folder, { recursive: true })
  const session = await browser.target().createCDPSession()
  await session.send('Browser.setDownloadBehavior', {
    behavior: 'allow',
    downloadPath: folder,
    eventsEnabled: true,
  })
  return () => {
    const names = new Map<string, string>()
    session.on('Browser.downloadWillBegin', ({ guid, suggestedFilename }) => {
      names.set(guid, suggestedFilename)
    })
    const finished = new Promise<Download>((done, failed) => {
      session.on('Browser.downloadProgress', ({ guid, state, filePath: path, receivedBytes }) => {
        const suggestedName = names.get(guid)
        if (suggestedName === undefined) return
        // Said a moment before the last bytes are in the file.
        const isWritten = async () =>
          path !== undefined && existsSync(path) && statSync(path).size === receivedBytes
        if (state === 'completed' && path !== undefined)
          waitUntil('the whole file', isWritten).then(() => done({ path, suggestedName }), failed)
        if (state === 'canceled') failed(new Error('the download was cancelled'))
      })
    })
    finished.catch(() => undefined)
    return { finished }
  }
}
