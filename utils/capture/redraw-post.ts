import { browser } from 'wxt/browser'
import { fromBase64 } from '../crypto/bytes'
import { within } from '../messages/trusted-end'
import { fail, type Outcome, succeed } from '../model/problem'
import { z } from '../model/schema'
import { type Cropped, crop } from './crop'

/** A choice, with the tab and the frame in it that hold it. */
export type ChoicePlace = { tabId: number; frameId: number; choice: number }

/** The page can make its drawing last as long as it likes. */
const drawnWithinMs = 30_000
const Base64 = z.string().min(1).max(60_000_000)

/** Runs in the page's isolated world, where the redraw script has left its function. */
function redrawInPage(choice: number): Promise<string> | null {
  const holder = globalThis as { witnessmark?: { redraw?: (choice: number) => Promise<string> } }
  return holder.witnessmark?.redraw?.(choice) ?? null
}

/**
 * Draws the chosen post again from the page, where the browser gives no pixels. The drawing runs in the page's
 * process, so its bytes are only believed to be a picture after they have been decoded here.
 */
export async function redrawPost(place: ChoicePlace): Promise<Outcome<Cropped>> {
  return (await within(drawnWithinMs, draw(place))) ?? fail('picture-failed', 'redraw')
}

async function draw({ tabId, frameId, choice }: ChoicePlace): Promise<Outcome<Cropped>> {
  try {
    const target = { tabId, frameIds: [frameId] }
    await browser.scripting.executeScript({ target, files: ['/redraw.js'] })
    const [answer] = await browser.scripting.executeScript({ target, func: redrawInPage, args: [choice] })
    const base64 = Base64.safeParse(answer?.result)
    if (!base64.success) return fail('picture-failed', 'redraw')
    const bitmap = await createImageBitmap(new Blob([fromBase64(base64.data)], { type: 'image/png' }))
    return succeed(await crop(bitmap, { x: 0, y: 0, width: bitmap.width, height: bitmap.height }))
  } catch {
    return fail('picture-failed', 'redraw')
  }
}
