import type { CDPSession, Page } from 'puppeteer-core'
import type { Chromium } from '../../scripts/browser/chromium'

/*
 * Counts, inside the running background, the calls that a capture waits for: to tabs, pictures, storage, cipher,
 * database and canvas. At the one that is named it says so; what gives a promise then never answers.
 */
const countCalls = `(stopAt) => {
  let count = 0
  const wrap = (owner, name, answersByPromise) => {
    const original = owner[name]
    if (typeof original !== 'function') return
    const counted = function (...args) {
      count += 1
      if (count === stopAt) globalThis.reachedStep(count + ' ' + name)
      const result = Reflect.apply(original, this, args)
      return count === stopAt && answersByPromise ? new Promise(() => undefined) : result
    }
    try { owner[name] = counted } catch { return }
  }
  for (const name of ['sendMessage', 'captureVisibleTab', 'get', 'getZoom']) wrap(chrome.tabs, name, false)
  for (const area of [chrome.storage.session, chrome.storage.local]) {
    for (const name of ['get', 'set']) wrap(area, name, false)
  }
  for (const name of ['encrypt', 'decrypt', 'digest', 'importKey', 'deriveBits']) wrap(SubtleCrypto.prototype, name, true)
  for (const name of ['add', 'put', 'get']) wrap(IDBObjectStore.prototype, name, false)
  wrap(IDBDatabase.prototype, 'transaction', false)
  wrap(globalThis, 'createImageBitmap', true)
  wrap(OffscreenCanvas.prototype, 'convertToBlob', true)
}`

/** Stops the background of the extension as the browser does: without notice. */
export type WorkerStopper = {
  stop: () => Promise<void>
  /**
   * Stops it when it makes this call, counted from now. `reached` gives the name of the call once the background
   * has stopped there, null before. `end` takes the counting out again.
   */
  stopAtCall: (number: number) => Promise<{ reached: () => string | null; end: () => Promise<void> }>
}

/** `page` is any page of the extension. */
export async function workerStopper(chromium: Chromium, page: Page): Promise<WorkerStopper> {
  const session = await page.createCDPSession()
  await session.send('ServiceWorker.enable')
  const stop = async (): Promise<void> => {
    await session.send('ServiceWorker.stopAllWorkers')
  }

  async function instrument(stopAt: number): Promise<CDPSession> {
    // Any question starts it, and it has its APIs when it answers.
    await page.evaluate(
      `chrome.runtime.sendMessage({ name: 'tabState', question: { tabId: 0 } }).catch(() => 0)`,
    )
    const target = await chromium.browser.waitForTarget((one) => one.type() === 'service_worker')
    const client = await target.createCDPSession()
    await client.send('Runtime.enable')
    await client.send('Runtime.addBinding', { name: 'reachedStep' })
    const { exceptionDetails } = await client.send('Runtime.evaluate', {
      expression: `(${countCalls})(${stopAt})`,
    })
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text)
    return client
  }

  return {
    stop,
    stopAtCall: async (number) => {
      const client = await instrument(number)
      let call: string | null = null
      // A worker with a debugger would wait for it when it starts again.
      const end = async (): Promise<void> => {
        await Promise.all([stop(), client.detach().catch(() => undefined)])
      }
      client.on('Runtime.bindingCalled', ({ payload }) => {
        void end().then(() => {
          call = payload
        })
      })
      return { reached: () => call, end }
    },
  }
}
