import { browser } from 'wxt/browser'
import { fromBase64 } from '../crypto/bytes'
import { fail, type Outcome, succeed } from '../model/problem'

/** A PNG of the window, as the browser painted it. */
export type Picture = { png: Uint8Array<ArrayBuffer>; bitmap: ImageBitmap }

/** Chromium allows two pictures a second (`MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND`). */
const quotaPauseMs = 550
const quotaTries = 6

type PictureRect = { x: number; y: number; width: number; height: number }
type CaptureVisibleTab = (windowId: number, options: object) => Promise<string>

function bytesOf(dataAddress: string): Uint8Array<ArrayBuffer> {
  // Not by `fetch`: the policy `connect-src 'none'` refuses `data:` too.
  return fromBase64(dataAddress.slice(dataAddress.indexOf(',') + 1))
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

async function takePng(windowId: number, options: object): Promise<Outcome<Uint8Array<ArrayBuffer>>> {
  const capture = browser.tabs.captureVisibleTab as unknown as CaptureVisibleTab
  for (let attempt = 1; ; attempt++) {
    try {
      return succeed(bytesOf(await capture(windowId, { format: 'png', ...options })))
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

/** Takes the picture of the window's visible tab. `picture-failed` when the browser refuses. */
export async function takePicture(windowId: number): Promise<Outcome<Picture>> {
  return decode(await takePng(windowId, {}))
}

/** Whether this browser can take a part of the page beyond the window in one call (Firefox). */
export function canTakeBeyondWindow(): boolean {
  return import.meta.env.FIREFOX
}

/** Firefox only: a rectangle of the whole page, in CSS pixels, at `scale` device pixels each. */
export async function takePictureOf(
  windowId: number,
  rect: PictureRect,
  scale: number,
): Promise<Outcome<Picture>> {
  return decode(await takePng(windowId, { rect, scale }))
}
