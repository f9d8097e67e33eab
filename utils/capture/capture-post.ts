import { browser } from 'wxt/browser'
import { randomIdHex } from '../crypto/bytes'
import { sealAndKeepItem } from '../locker/items'
import { lockerState, publicHalf } from '../locker/keyring'
import type { PreparedPost, RecheckQuestion } from '../messages/protocol'
import { askPage } from '../messages/trusted-end'
import type { ActionCode, NotRecordedCode } from '../model/capture-codes'
import type { Group, Recheck } from '../model/item'
import { fail, type Outcome, succeed } from '../model/problem'
import { collectParts, describeItem, nameLocker, type Pictured } from './describe-item'
import { type KeptMedium, keepMedia } from './keep-media'
import { type PostPictures, picturePost } from './picture-post'
import { askPlatformClock, type PlatformClock } from './platform-clock'
import { type CheckedReading, checkReading } from './readings'
import { compareWithItem } from './recheck'
import { redrawPost } from './redraw-post'
import { isRead, readFrameStates, withOthersHidden } from './tab-frames'

export type CaptureQuestion = {
  tabId: number
  windowId: number
  /** The frame within the tab's page that holds the choice; 0 for the page itself. */
  frameId: number
  choice: number
  /** The one that the browser names for the tab: what the page says of itself must be of it. */
  origin: string
  keepsMedia: boolean
  group: Group | null
  /** The item that is looked at again; null for a first capture. */
  recheck: RecheckQuestion | null
  trigger: ActionCode
}
export type CaptureReceipt = {
  itemId: string
  method: Pictured['method']
  /** The platform's reader should have read it and could not. */
  isGeneric: boolean
  /** The platform's reader read it, and did not find who wrote it. */
  isUnnamed: boolean
  /** The page stayed as it was read until the last picture. */
  isUnchanged: boolean
  recheck: Recheck | null
}

const onlyInFrame = 'reader-found-only-in-frame'

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
  const redrawn = await redrawPost(question)
  return redrawn.ok ? { method: 'redrawn', post: redrawn.value } : { method: 'none' }
}

/** False when the post is taller than pictures may be. */
function isWholeIn(pictured: Pictured, { frame, pixelRatio }: PreparedPost): boolean {
  if (pictured.method === 'pixels') return pictured.pictures.isWhole
  // Drawn again at the page's own pixel ratio; a pixel of rounding at each edge.
  return pictured.method === 'none' || pictured.post.height >= (frame.height - 2) * pixelRatio
}

/** Everything that a capture gathers besides the reading. */
type Gathered = {
  pictured: Pictured
  html: Outcome<{ html: string; dropped: Record<string, number> }>
  /** Null when the person did not ask for the original pictures. */
  media: { media: KeptMedium[]; isComplete: boolean } | null
  clock: PlatformClock | null
}

function listNotRecorded(
  { pictured, html, media, clock }: Gathered,
  prepared: PreparedPost,
): NotRecordedCode[] {
  const lacks: [NotRecordedCode, boolean][] = [
    ['media-files', media === null],
    ['some-media-files', media?.isComplete === false],
    ['platform-clock', clock === null],
    ['http-responses', true],
    ['page-picture', pictured.method !== 'pixels'],
    ['post-picture', pictured.method === 'none'],
    ['whole-post-picture', !isWholeIn(pictured, prepared)],
    ['steady-picture', pictured.method === 'pixels' && !pictured.pictures.isSteady],
    ['post-html', !html.ok],
  ]
  return lacks.flatMap(([code, isLacking]) => (isLacking ? [code] : []))
}

/** The page that was read answers no more: it was left, and the browser may have pictured the next one. */
function isPageGone(after: Outcome<unknown>): boolean {
  return !after.ok && after.problem.code !== 'post-gone'
}

/** Slices are kept as far as a later answer of the page confirmed them; one picture alone has no such witness. */
function dropUnconfirmed(pictured: Pictured): Pictured {
  return pictured.method === 'pixels' && pictured.pictures.tiles.length === 0 ? { method: 'none' } : pictured
}

/** How large the page is drawn, and in which kind of window. */
export async function describeTabWindow(
  tabId: number,
): Promise<{ zoom: string | null; window: 'normal' | 'private' }> {
  const [zoom, tab] = await Promise.all([
    browser.tabs.getZoom(tabId).catch(() => null),
    browser.tabs.get(tabId).catch(() => null),
  ])
  return {
    zoom: zoom === null ? null : String(Math.round(zoom * 1_000) / 1_000),
    window: tab?.incognito ? 'private' : 'normal',
  }
}

/**
 * Captures the chosen post of a tab and keeps it sealed. Resolves with a receipt only after the database has
 * confirmed the transaction; before that nothing is kept. Needs no secret: works while the locker is locked.
 */
export async function capturePost(question: CaptureQuestion): Promise<Outcome<CaptureReceipt>> {
  if (!(await publicHalf())) return fail('no-locker')
  return withOthersHidden(question, () => captureAlone(question))
}

/**
 * A page on which the reader finds nothing, while a frame within it shows posts that are read, says so. Not for a second
 * look: that asks for one post alone.
 */
async function withFrames(
  { tabId, frameId, recheck }: CaptureQuestion,
  checked: CheckedReading,
): Promise<CheckedReading> {
  const isNothing = frameId === 0 && !recheck && checked.reader.reason === 'reader-found-nothing'
  if (!isNothing || !(await readFrameStates(tabId)).some(isRead)) return checked
  return { ...checked, reader: { ...checked.reader, reason: onlyInFrame } }
}

async function captureAlone(question: CaptureQuestion): Promise<Outcome<CaptureReceipt>> {
  const { tabId, frameId, choice, origin } = question
  const prepared = await askPage(tabId, 'preparePost', { choice }, frameId)
  if (!prepared.ok) return prepared
  if (new URL(prepared.value.page.address).origin !== origin) return fail('page-changed')
  const at = new Date()
  const monotonicMs = performance.now()
  const [gathered, state] = await Promise.all([gather(question, prepared.value), lockerState()])
  const { html } = gathered
  const [after, surroundings] = await Promise.all([
    askPage(tabId, 'restorePage', { choice }, frameId),
    describeTabWindow(tabId),
  ])
  const pictured = isPageGone(after) ? dropUnconfirmed(gathered.pictured) : gathered.pictured
  const parts = await collectParts({
    pictured,
    html: html.ok ? html.value.html : null,
    visibleText: prepared.value.visibleText,
    media: gathered.media?.media ?? [],
  })
  const isUnchanged =
    after.ok && after.value.isSamePost && after.value.address === prepared.value.page.address
  const id = randomIdHex()
  const checked = await withFrames(question, checkReading(prepared.value))
  const recheck = question.recheck && (await compareWithItem(checked, question.recheck))
  const item = describeItem({
    id,
    prepared: prepared.value,
    checked,
    parts,
    pictured,
    droppedFromHtml: html.ok ? html.value.dropped : {},
    isPageUnchanged: isUnchanged,
    lockerWas: nameLocker(state),
    notRecorded: listNotRecorded({ ...gathered, pictured }, prepared.value),
    at,
    monotonicMs,
    clock: gathered.clock,
    group: question.group,
    recheck,
    ...surroundings,
    hidMarks: true,
    trigger: question.trigger,
    tool: { name: 'Witnessmark', version: browser.runtime.getManifest().version },
    browserName: navigator.userAgent,
    system: navigator.platform,
  })
  const kept = await sealAndKeepItem({ item, parts })
  if (!kept.ok) return kept
  const { expected, reason } = checked.reader
  const isGeneric = expected !== null && reason !== onlyInFrame
  const isUnnamed = reason === 'no-author'
  return succeed({ itemId: id, method: pictured.method, isGeneric, isUnnamed, isUnchanged, recheck })
}

async function gather(question: CaptureQuestion, prepared: PreparedPost): Promise<Gathered> {
  const { tabId, frameId, choice, keepsMedia } = question
  const [pictured, html, media, clock] = await Promise.all([
    takePictures(question, prepared),
    askPage(tabId, 'snapshotPost', { choice }, frameId),
    keepsMedia ? keepMedia(question) : null,
    askPlatformClock(tabId),
  ])
  return { pictured, html, media, clock }
}
