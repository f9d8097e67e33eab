import { browser } from 'wxt/browser'
import { randomIdHex } from '../crypto/bytes'
import { keepItem, sealItem } from '../locker/items'
import { lockerState, publicHalf } from '../locker/keyring'
import type { PreparedPost } from '../messages/protocol'
import { askPage } from '../messages/trusted-end'
import type { NotRecordedCode } from '../model/capture-codes'
import { fail, type Outcome, succeed } from '../model/problem'
import { collectParts, describeItem, type Pictured } from './describe-item'
import { type PostPictures, picturePost } from './picture-post'
import { checkReading } from './readings'
import { redrawPost } from './redraw-post'

/** `origin` is the one that the browser names for the tab: what the page says of itself must be of it. */
export type CaptureQuestion = { tabId: number; windowId: number; choice: number; origin: string }
export type CaptureReceipt = { itemId: string; method: Pictured['method'] }

/** A picture that cannot be had, even for a reason nobody expected, must not cost the words. */
async function tryPictures(
  question: CaptureQuestion,
  prepared: PreparedPost,
): Promise<Outcome<PostPictures>> {
  try {
    return await picturePost({ ...question, prepared })
  } catch {
    return fail('picture-failed', 'memory')
  }
}

async function takePictures(question: CaptureQuestion, prepared: PreparedPost): Promise<Pictured> {
  const pictures = await tryPictures(question, prepared)
  if (pictures.ok) return { method: 'pixels', pictures: pictures.value }
  const redrawn = await redrawPost(question.tabId, question.choice)
  return redrawn.ok ? { method: 'redrawn', post: redrawn.value } : { method: 'none' }
}

/** False when the post is taller than pictures may be. */
function isWholeIn(pictured: Pictured, { frame, pixelRatio }: PreparedPost): boolean {
  if (pictured.method === 'pixels') return pictured.pictures.isWhole
  // Drawn again at the page's own pixel ratio; a pixel of rounding at each edge.
  return pictured.method === 'none' || pictured.post.height >= (frame.height - 2) * pixelRatio
}

function listNotRecorded(
  pictured: Pictured,
  prepared: PreparedPost,
  html: Outcome<unknown>,
): NotRecordedCode[] {
  const lacks: [NotRecordedCode, boolean][] = [
    ['media-files', true],
    ['platform-clock', true],
    ['http-responses', true],
    ['page-picture', pictured.method !== 'pixels'],
    ['post-picture', pictured.method === 'none'],
    ['whole-post-picture', !isWholeIn(pictured, prepared)],
    ['post-html', !html.ok],
  ]
  return lacks.flatMap(([code, isLacking]) => (isLacking ? [code] : []))
}

/**
 * Captures the chosen post of a tab and keeps it sealed. Resolves with a receipt only after the database has
 * confirmed the transaction; before that nothing is kept. Needs no secret: works while the locker is locked.
 */
export async function capturePost(question: CaptureQuestion): Promise<Outcome<CaptureReceipt>> {
  const half = await publicHalf()
  if (!half) return fail('no-locker')
  const { tabId, choice, origin } = question
  const prepared = await askPage(tabId, 'preparePost', { choice })
  if (!prepared.ok) return prepared
  if (new URL(prepared.value.page.address).origin !== origin) return fail('page-changed')
  const at = new Date()
  const monotonicMs = performance.now()
  const [pictured, html, state] = await Promise.all([
    takePictures(question, prepared.value),
    askPage(tabId, 'snapshotPost', { choice }),
    lockerState(),
  ])
  const [after, parts] = await Promise.all([
    askPage(tabId, 'restorePage', { choice }),
    collectParts(pictured, html.ok ? html.value.html : null, prepared.value.visibleText),
  ])
  const id = randomIdHex()
  const manifest = browser.runtime.getManifest()
  const item = describeItem({
    id,
    prepared: prepared.value,
    checked: checkReading(prepared.value),
    parts,
    pictured,
    droppedFromHtml: html.ok ? html.value.dropped : {},
    isPageUnchanged:
      after.ok && after.value.isSamePost && after.value.address === prepared.value.page.address,
    lockerWas: state === 'open' ? 'unlocked' : 'locked',
    notRecorded: listNotRecorded(pictured, prepared.value, html),
    at,
    monotonicMs,
    tool: { name: 'Witnessmark', version: manifest.version },
    browserName: navigator.userAgent,
    system: navigator.platform,
  })
  const kept = await keepItem(await sealItem({ ...half, item, parts }))
  return kept.ok ? succeed({ itemId: id, method: pictured.method }) : kept
}
