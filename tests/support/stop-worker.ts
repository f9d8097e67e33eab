import type { CDPSession, Page } from 'puppeteer-core'
import type { Chromium } from '../../scripts/browser/chromium'

/*
 * Counts, inside the running background, the calls that a capture waits for, each kind for itself, because several
 * run side by side: to tabs, pictures, storage, cipher, database and canvas. It says each, and at the one that is
 * named what gives a promise never answers.
 */
const countCalls = `(stopAt) => {
  const counts = new Map()
  const wrap = (owner, name, answersByPromise) => {
    const original = owner[name]
    if (typeof original !== 'function') return
    const counted = function (...args) {
      const count = (counts.get(name) ?? 0) + 1
      counts.set(name, count)
      const call = name + ' ' + count
      globalThis.reachedStep(call)
      const result = Reflect.apply(original, this, args)
      return call === stopAt && answersByPromise ? new Promise(() => undefined) : result
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
  /** Every call that it makes from now on, such as `encrypt 2` for the second; `end` gives them. */
  recordCalls: () => Promise<{ end: () => Promise<string[]> }>
  /**
   * Stops it when it makes this call, counted from now. `isReached` is true once the background has stopped there.
   * `end` takes the counting out again.
   */
  stopAtCall: (call: string) => Promise<{ isReached: () => boolean; end: () => Promise<void> }>
}

/** `page` is any page of the extension. */
export async function workerStopper(chromium: Chromium, page: Page): Promise<WorkerStopper> {
  const session = await page.createCDPSession()
  await session.send('ServiceWorker.enable')
  const stop = async (): Promise<void> => {
    await session.send('ServiceWorker.stopAllWorkers')
  }

  async function instrument(stopAt: string | null): Promise<CDPSession> {
    // Any question starts it, and it has its APIs when it answers.
    await page.evaluate(
      `chrome.runtime.sendMessage({ name: 'tabState', question: { tabId: 0 } }).catch(() => 0)`,
    )
    const target = await chromium.browser.waitForTarget((one) => one.type() === 'service_worker')
    const client = await target.createCDPSession()
    await client.send('Runtime.enable')
    await client.send('Runtime.addBinding', { name: 'reachedStep' })
    const { exceptionDetails } = await client.send('Runtime.evaluate', {
      expression: `(${countCalls})(${JSON.stringify(stopAt)})`,
    })
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text)
    return client
  }

  // A worker with a debugger would wait for it when it starts again.
  async function letGo(client: CDPSession): Promise<void> {
    await Promise.all([stop(), client.detach().catch(() => undefined)])
  }

  return {
    stop,
    recordCalls: async () => {
      const client = await instrument(null)
      const calls: string[] = []
      client.on('Runtime.bindingCalled', ({ payload }) => calls.push(payload))
      return {
        end: async () => {
          await letGo(client)
          return calls
        },
      }
    },
    stopAtCall: async (call) => {
      const client = await instrument(call)
      let isStopped = false
      client.on('Runtime.bindingCalled', ({ payload }) => {
        if (payload !== call) return
        void letGo(client).then(() => {
          isStopped = true
        })
      })
      return { isReached: () => isStopped, end: () => letGo(client) }
    },
  }
}
