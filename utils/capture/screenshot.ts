import { browser } from 'wxt/browser'
import { fromBase64 } from '../crypto/bytes'
import { within } from '../messages/trusted-end'
import { fail, type Outcome, succeed } from '../model/problem'

/** A PNG of the window, as the browser painted it. */
export type Picture = { png: Uint8Array<ArrayBuffer>; bitmap: ImageBitmap }

/** Chromium allows two pictures a second (`MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND`). */
const quotaPauseMs = 550
const quotaTries = 6
/** A page that is stopped on purpose must not stop the captures that wait. */
const answerWithinMs = 15_000

type CaptureVisibleTab = (windowId: number, options: object) => Promise<string>

function bytesOf(dataAddress: string): Uint8Array<ArrayBuffer> {
  // Not by `fetch`: the policy `connect-src 'none'` refuses `data:` too.
  return fromBase64(dataAddress.slice(dataAddress.indexOf(',') + 1))
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

async function takePng(windowId: number): Promise<Outcome<Uint8Array<ArrayBuffer>>> {
  const capture = browser.tabs.captureVisibleTab as unknown as CaptureVisibleTab
  for (let attempt = 1; ; attempt++) {
    try {
      const address = await within(answerWithinMs, capture(windowId, { format: 'png' }))
      return address === null ? fail('picture-failed', 'no answer') : succeed(bytesOf(address))
    } catch (error) {
      const isQuota = error instanceof Error && error.message.includes('MAX_CAPTURE_VISIBLE_TAB')
      if (!isQuota || attempt === quotaTries) return fail('picture-failed', isQuota ? 'quota' : 'refused')
      await pause(quotaPauseMs)
    }
  }
}

async function decode(png: Outcome<Uint8Array<ArrayBuffer>>): Promise<Outcome<Picture>> {
  if (!png.ok) return png
  const bitmap = await createImageBitmap(new Blob([png.value], { type: 'image/png' }))
  return succeed({ png: png.value, bitmap })
}

/** Where a picture is to be taken. */
export type PicturePlace = { tabId: number; windowId: number }

/** The browser pictures whatever tab is in front of the window. */
async function isInFront({ tabId, windowId }: PicturePlace): Promise<boolean> {
  const tab = await browser.tabs.get(tabId).catch(() => null)
  return tab?.active === true && tab.windowId === windowId
}

/** Another tab may be private: nothing of it is ever kept, not even when it came in front halfway. */
async function takePngOf(place: PicturePlace): Promise<Outcome<Uint8Array<ArrayBuffer>>> {
  let wasLeft = false
  const note = ({ windowId }: { windowId: number }): void => {
    wasLeft ||= windowId === place.windowId
  }
  browser.tabs.onActivated.addListener(note)
  try {
    if (!(await isInFront(place))) return fail('picture-failed', 'another tab is in front')
    const png = await takePng(place.windowId)
    return !wasLeft && (await isInFront(place)) ? png : fail('picture-failed', 'another tab is in front')
  } finally {
    browser.tabs.onActivated.removeListener(note)
  }
}

/** Takes the picture of a tab in front of its window. `picture-failed` when it is not, or the browser refuses. */
export async function takePicture(place: PicturePlace): Promise<Outcome<Picture>> {
  return decode(await takePngOf(place))
}
