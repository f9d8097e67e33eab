import type { Tile } from './crop'

/** How far a colour may differ, of 255, and still be the same: letters are smoothed a little differently at times. */
const colourSlack = 40
/** Share of pixels that may be unlike: a small picture that moves does not make a slice wrong. */
const unlikeAtMost = 0.02

function pixelsOf({ bitmap, rect }: Tile, from: number, rows: number): Uint8ClampedArray {
  const canvas = new OffscreenCanvas(rect.width, rows)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2d context')
  context.drawImage(bitmap, -rect.x, -(rect.y + from))
  return context.getImageData(0, 0, rect.width, rows).data
}

/** Whether two areas of RGBA pixels of the same size show the same, but for a few pixels. */
export function isAlike(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  let unlike = 0
  for (let at = 0; at < one.length; at += 4) {
    const differs = [0, 1, 2].some(
      (channel) => Math.abs((one[at + channel] ?? 0) - (other[at + channel] ?? 0)) > colourSlack,
    )
    if (differs) unlike += 1
  }
  return unlike <= (one.length / 4) * unlikeAtMost
}

/** The rows that two slices have in common, counted from the post's top; null when there are none. */
export function sharedRows(
  upper: Pick<Tile, 'rect' | 'top'>,
  lower: Pick<Tile, 'rect' | 'top'>,
): { top: number; rows: number } | null {
  const top = Math.max(upper.top, lower.top)
  const end = Math.min(upper.top + upper.rect.height, lower.top + lower.rect.height)
  const isSameWidth = upper.rect.width === lower.rect.width
  return isSameWidth && end > top ? { top, rows: end - top } : null
}

/**
 * Whether the lower slice goes on where the upper one ended: what both show of the post is the same. A slice that
 * the browser took from a frame before the page had moved is not. True where they share nothing to compare.
 */
export function doSlicesMeet(upper: Tile, lower: Tile): boolean {
  const shared = sharedRows(upper, lower)
  if (shared === null) return true
  const { top, rows } = shared
  return isAlike(pixelsOf(upper, top - upper.top, rows), pixelsOf(lower, top - lower.top, rows))
}
