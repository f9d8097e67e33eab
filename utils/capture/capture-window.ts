import { browser } from 'wxt/browser'
import { sha256 } from '../crypto/digest'
import { openDatabase } from '../locker/database'
import { sealAndKeepItem } from '../locker/items'
import type { SweptPost } from '../messages/protocol'
import { askPage } from '../messages/trusted-end'
import type { NotRecordedCode } from '../model/capture-codes'
import type { Group } from '../model/item'
import { fail, type Outcome } from '../model/problem'
import { describeTabWindow } from './capture-post'
import { crop } from './crop'
import { type CaptureFacts, collectParts, describeItem, type Pictured } from './describe-item'
import { cutTile } from './picture-post'
import { checkReading } from './readings'
import { type Picture, type PicturePlace, takePicture } from './screenshot'
import { withOthersHidden } from './tab-frames'

/** A picture of the window, and for which posts it counts, in their order. */
export type PicturedWindow = { picture: Picture | null; held: readonly boolean[]; address: string | null }

/** Chromium gives two pictures a second; the page keeps this pace, but its messages may take different times. */
const picturePauseMs = 550
let lastPictureAt = 0

async function keepPace(): Promise<void> {
  const left = Math.min(picturePauseMs, lastPictureAt + picturePauseMs - Date.now())
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left))
  lastPictureAt = Date.now()
}

/**
 * Takes one picture of the window of a sweep; the page has taken our drawing away and watches its posts, and gives
 * everything back when it is asked. Never throws: without a picture no post has `held`.
 */
export async function pictureWindow(
  place: PicturePlace,
  { window, count }: { window: number; count: number },
): Promise<PicturedWindow> {
  await keepPace()
  const { tabId } = place
  const taken = await withOthersHidden({ tabId, frameId: 0 }, () =>
    takePicture(place).catch(() => fail('picture-failed')),
  )
  const ended = await askPage(tabId, 'endWindow', { window })
  const isComplete = ended.ok && ended.value.held.length === count
  const address = ended.ok ? ended.value.address : null
  if (taken.ok && isComplete) return { picture: taken.value, held: ended.value.held, address }
  if (taken.ok) taken.value.bitmap.close()
  return { picture: null, held: [], address }
}

/** The part of the post that the window showed, cut out of its picture. Null when it shows nothing of it. */
async function cutPost(picture: Picture, { prepared }: SweptPost): Promise<Pictured | null> {
  const tile = cutTile(picture, prepared, prepared)
  if (!tile) return null
  const { frame, band } = prepared
  const shown = Math.min(frame.y + frame.height, band.bottom) - Math.max(frame.y, band.top)
  const { width, height } = picture.bitmap
  const page = { png: picture.png, width, height }
  // A pixel of rounding at each edge.
  const isWhole = shown >= frame.height - 2
  const post = await crop(picture.bitmap, tile.rect)
  return { method: 'pixels', pictures: { page, post, tiles: [], avatar: null, isWhole, isSteady: true } }
}

function listNotRecorded(pictured: Pictured, { html }: SweptPost): NotRecordedCode[] {
  const isPictured = pictured.method === 'pixels'
  const lacks: [NotRecordedCode, boolean][] = [
    ['media-files', true],
    ['platform-clock', true],
    ['http-responses', true],
    ['page-picture', !isPictured],
    ['post-picture', !isPictured],
    ['whole-post-picture', isPictured && !pictured.pictures.isWhole],
    ['post-html', html === null],
  ]
  return lacks.flatMap(([code, isLacking]) => (isLacking ? [code] : []))
}

/** What all posts of one window share. */
export type SweptTogether = {
  tabId: number
  lockerWas: CaptureFacts['lockerWas']
  window: PicturedWindow | null
}

/**
 * The id of a post's item in a sweep. The same post has the same one: what is handed over twice, because the
 * background died before it answered, is kept once.
 */
export async function sweptItemId(group: string, key: string): Promise<string> {
  return (await sha256(new TextEncoder().encode(`${group} ${key}`))).slice(0, 32)
}

/** Whether the locker holds an item of this id. */
export async function isKept(id: string): Promise<boolean> {
  const { inbox, records } = openDatabase()
  return (await inbox.get(id)) !== undefined || (await records.get(id)) !== undefined
}

/**
 * Seals one post of a sweep and keeps it; needs no secret. Without a picture of the window that counts for it, it is
 * kept with its words alone.
 */
export async function keepSweptPost(
  post: SweptPost,
  { id, group }: { id: string; group: Group },
  { tabId, lockerWas, window }: SweptTogether,
): Promise<Outcome<{ id: string }>> {
  const { prepared, html, readMsAgo } = post
  const picture = window?.picture ?? null
  const pictured: Pictured = (picture && (await cutPost(picture, post))) ?? { method: 'none' }
  const [parts, surroundings] = await Promise.all([
    collectParts({ pictured, html: html?.html ?? null, visibleText: prepared.visibleText, media: [] }),
    describeTabWindow(tabId),
  ])
  const item = describeItem({
    id,
    prepared,
    checked: checkReading(prepared),
    parts,
    pictured,
    droppedFromHtml: html?.dropped ?? {},
    isPageUnchanged: window === null || window.address === prepared.page.address,
    lockerWas,
    notRecorded: listNotRecorded(pictured, post),
    at: new Date(Date.now() - readMsAgo),
    monotonicMs: Math.max(0, performance.now() - readMsAgo),
    clock: null,
    group,
    recheck: null,
    ...surroundings,
    hidMarks: picture !== null,
    trigger: 'swept-past',
    tool: { name: 'Witnessmark', version: browser.runtime.getManifest().version },
    browserName: navigator.userAgent,
    system: navigator.platform,
  })
  return sealAndKeepItem({ item, parts })
}
