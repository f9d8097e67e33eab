import type { Band, Frame, PreparedPost } from '../messages/protocol'
import { askPage } from '../messages/trusted-end'
import { fail, type Outcome, type Problem, succeed } from '../model/problem'
import { assemble, type Cropped, crop, devicePixel, deviceRect, type Tile } from './crop'
import { doSlicesMeet } from './join-slices'
import { type Picture, takePicture } from './screenshot'

/** The pictures of one capture. `tiles` is empty when one picture of the window showed the whole post. */
export type PostPictures = {
  page: { png: Uint8Array<ArrayBuffer>; width: number; height: number }
  post: Cropped
  tiles: Cropped[]
  /** The account's picture, cut out of the page's, where a profile was chosen and the window shows it. */
  avatar: Cropped | null
  /** False when the post went on below the last picture. */
  isWhole: boolean
  /** False when two neighbouring tiles show the same part of the post differently: something in it moved. */
  isSteady: boolean
}

export type PictureQuestion = {
  tabId: number
  windowId: number
  frameId: number
  choice: number
  prepared: PreparedPost
}

/** At two pictures a second this is ten seconds; longer posts are cut and say so. */
const tilesAtMost = 20
/** Device pixels; both browsers draw canvases of this height. */
const tallestPicture = 32_000
/** CSS pixels of the post that two slices have in common, to see that the one goes on where the other ended. */
const overlap = 24
/** A slice that does not is taken again; in a post that never rests it is kept as it is, and said. */
const retakesAtMost = 3

/**
 * Device pixels for each CSS pixel. With a zoom the window is no whole number of CSS pixels wide, and what it says
 * of its width is rounded: over a tall post that is an error of many rows.
 */
function scaleOf({ bitmap }: Picture, { viewport, pixelRatio }: PreparedPost): number {
  const isAgreed = Math.abs(bitmap.width / pixelRatio - viewport.width) <= 1
  return isAgreed ? pixelRatio : bitmap.width / viewport.width
}

/** Where the post stood in a picture of the window, and which part of the window nothing covered. */
type Place = { frame: Frame; band: Band }

/**
 * The part of the post that a picture shows uncovered, as a strip. Null when it shows nothing of it: what a page says
 * of a place beyond the window is not believed.
 */
export function cutTile(picture: Picture, { frame, band }: Place, prepared: PreparedPost): Tile | null {
  const top = Math.max(frame.y, band.top)
  const bottom = Math.min(frame.y + frame.height, band.bottom)
  if (bottom - top < 1) return null
  const scale = scaleOf(picture, prepared)
  const rect = deviceRect(
    { x: frame.x, y: top, width: frame.width, height: bottom - top },
    scale,
    picture.bitmap,
  )
  if (rect.width === 0 || rect.height === 0) return null
  return { bitmap: picture.bitmap, rect, top: rect.y - devicePixel(frame.y, scale) }
}

/** Rounding of half a pixel at the post's edges is not a missing part. */
function isAtTop(tile: Tile): boolean {
  return tile.top <= 1
}

/** The strip alone, so that many windows full of pixels are never in memory at once. */
async function trimTile({ bitmap, rect, top }: Tile): Promise<Tile> {
  const { x, y, width, height } = rect
  const strip = await createImageBitmap(bitmap, x, y, width, height)
  bitmap.close()
  return { bitmap: strip, rect: { x: 0, y: 0, width, height }, top }
}

type Failure = { ok: false; problem: Problem }

/** What was pictured before the post went away; the failure itself when that is nothing. */
function partOf(tiles: Tile[], failure: Failure) {
  return tiles.length > 0 ? succeed({ tiles, isWhole: false, isSteady: true }) : failure
}

/** A slice; or why there is none: the post was gone before it or after it, or the browser gives no picture. */
type Slice =
  | { end: 'taken'; tile: Tile | null; isSteady: boolean }
  | { end: 'gone-before' | 'gone-after' | 'refused'; failure: Failure }

/** Brings this part of the post into view and pictures it, until it goes on where the slice before it ended. */
async function takeSlice(from: number, before: Tile | undefined, question: PictureQuestion): Promise<Slice> {
  const { tabId, frameId, choice } = question
  const show = () => askPage(tabId, 'showSlice', { choice, from }, frameId)
  for (let retakes = 0; ; retakes++) {
    const place = await show()
    if (!place.ok) return { end: 'gone-before', failure: place }
    const picture = await takePicture(question)
    if (!picture.ok) return { end: (await show()).ok ? 'refused' : 'gone-after', failure: picture }
    const tile = cutTile(picture.value, place.value, question.prepared)
    if (!tile) return { end: 'taken', tile, isSteady: true }
    const isSteady = before === undefined || doSlicesMeet(before, tile)
    if (isSteady || retakes === retakesAtMost) return { end: 'taken', tile: await trimTile(tile), isSteady }
    tile.bitmap.close()
  }
}

function withoutSlice(tiles: Tile[], end: 'gone-before' | 'gone-after' | 'refused', failure: Failure) {
  // Where the post is still there, it can be drawn again as a whole.
  if (end === 'refused') return failure
  // Of the picture before the post went, nobody can say what it shows; those before it are of the post.
  return partOf(end === 'gone-after' ? tiles : tiles.slice(0, -1), failure)
}

async function takeSlices(first: Tile, scale: number, question: PictureQuestion) {
  const endOf = (tile: Tile): number => (tile.top + tile.rect.height) / scale
  const { height } = question.prepared.frame
  // What a header covered in the first picture is taken again from the top.
  const tiles = isAtTop(first) ? [first] : []
  let shown = isAtTop(first) ? endOf(first) : 0
  let isSteady = true
  while (shown < height - 1 && tiles.length < tilesAtMost && shown * scale < tallestPicture) {
    const slice = await takeSlice(Math.max(0, shown - overlap), tiles.at(-1), question)
    if (slice.end !== 'taken') return withoutSlice(tiles, slice.end, slice.failure)
    const { tile } = slice
    if (!tile || endOf(tile) <= shown) break
    isSteady &&= slice.isSteady
    shown = endOf(tile)
    tiles.push(tile)
  }
  const taken = tiles.length > 0 ? tiles : [first]
  const isWhole = taken.some(isAtTop) && Math.max(...taken.map(endOf)) >= height - 1
  return succeed({ tiles: taken, isWhole, isSteady })
}

async function cutAvatar(page: Picture, prepared: PreparedPost): Promise<Cropped | null> {
  const { avatar } = prepared
  if (!avatar) return null
  const rect = deviceRect(avatar, scaleOf(page, prepared), page.bitmap)
  return rect.width > 0 && rect.height > 0 ? crop(page.bitmap, rect) : null
}

function pageOf({ png, bitmap }: Picture) {
  return { png, width: bitmap.width, height: bitmap.height }
}

/**
 * Takes the pictures of a prepared post: the visible page, and the post cut out of it at device pixels. A post
 * taller than the free part of the window comes in slices. Firefox could picture it in one call, but with every
 * footer that lies over it, and empty below the edge of a part of the page that scrolls by itself.
 */
export async function picturePost(question: PictureQuestion): Promise<Outcome<PostPictures>> {
  const page = await takePicture(question)
  if (!page.ok) return page
  const avatar = await cutAvatar(page.value, question.prepared)
  const pictures = await pictureFrom(page.value, question)
  return pictures.ok ? succeed({ ...pictures.value, avatar }) : pictures
}

async function pictureFrom(
  page: Picture,
  question: PictureQuestion,
): Promise<Outcome<Omit<PostPictures, 'avatar'>>> {
  const { prepared } = question
  const scale = scaleOf(page, prepared)
  const first = cutTile(page, prepared, prepared)
  if (!first) return fail('picture-failed', 'the post is not in the window')
  const isOneEnough =
    isAtTop(first) && first.top + first.rect.height >= Math.floor((prepared.frame.height - 1) * scale)
  if (isOneEnough) {
    const post = await crop(page.bitmap, first.rect)
    return succeed({ page: pageOf(page), post, tiles: [], isWhole: true, isSteady: true })
  }
  const slices = await takeSlices(first, scale, question)
  if (!slices.ok) return slices
  const { tiles, isWhole, isSteady } = slices.value
  const post = await assemble(tiles)
  const cut = await Promise.all(tiles.map(({ bitmap, rect }) => crop(bitmap, rect)))
  return succeed({ page: pageOf(page), post, tiles: cut, isWhole, isSteady })
}
