/** A picture with its size in device pixels. */
export type Cropped = { png: Uint8Array<ArrayBuffer>; width: number; height: number; isBlank: boolean }

/** A rectangle in device pixels. */
export type DeviceRect = { x: number; y: number; width: number; height: number }

/** How far a colour may differ, of 255, and still be the same one. */
const flatSlack = 3
/** Pixels that are looked at together: a tall picture is hundreds of megabytes of them. */
const pixelsAtOnce = 250_000

function canvasOf(width: number, height: number) {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2d context')
  return { canvas, context }
}

/**
 * Whether a picture is one flat colour: an empty page, a frame that was not painted. Every pixel counts: made small,
 * a tall page of few words is all white in Firefox.
 */
function isFlat({ canvas, context }: ReturnType<typeof canvasOf>): boolean {
  const { width, height } = canvas
  const rows = Math.max(1, Math.floor(pixelsAtOnce / width))
  const { data: first } = context.getImageData(0, 0, 1, 1)
  for (let top = 0; top < height; top += rows) {
    const { data } = context.getImageData(0, top, width, Math.min(rows, height - top))
    for (let at = 0; at < data.length; at++)
      if (Math.abs((data[at] ?? 0) - (first[at % 4] ?? 0)) > flatSlack) return false
  }
  return true
}

async function encode(drawn: ReturnType<typeof canvasOf>): Promise<Cropped> {
  const { canvas } = drawn
  const blob = await canvas.convertToBlob({ type: 'image/png' })
  const png = new Uint8Array(await blob.arrayBuffer())
  return { png, width: canvas.width, height: canvas.height, isBlank: isFlat(drawn) }
}

/** Browsers tell places in sixty-fourths of a CSS pixel; what is only so far beyond a device pixel is not in it. */
const stepsInPixel = 32

/** The device pixel in which this place of CSS pixels lies, seen from the pixel's upper or left edge. */
export function devicePixel(place: number, scale: number): number {
  return Math.floor(place * scale + scale / stepsInPixel)
}

/** The part of CSS pixels `rect` of a window, in device pixels of a picture of that window, cut to its edges. */
export function deviceRect(
  rect: DeviceRect,
  scale: number,
  bounds: { width: number; height: number },
): DeviceRect {
  const slack = scale / stepsInPixel
  const left = Math.max(0, devicePixel(rect.x, scale))
  const top = Math.max(0, devicePixel(rect.y, scale))
  const right = Math.min(bounds.width, Math.ceil((rect.x + rect.width) * scale - slack))
  const bottom = Math.min(bounds.height, Math.ceil((rect.y + rect.height) * scale - slack))
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) }
}

/** Cuts a rectangle out of a picture. Its pixels are copied, not scaled. */
export async function crop(bitmap: ImageBitmap, rect: DeviceRect): Promise<Cropped> {
  const drawn = canvasOf(Math.max(1, rect.width), Math.max(1, rect.height))
  drawn.context.drawImage(bitmap, -rect.x, -rect.y)
  return encode(drawn)
}

/** One strip of a tall post: where its upper edge lies below the post's, in device pixels. */
export type Tile = { bitmap: ImageBitmap; rect: DeviceRect; top: number }

/** Puts the strips of a tall post together, each at its own height. */
export async function assemble(tiles: readonly Tile[]): Promise<Cropped> {
  const width = Math.max(...tiles.map(({ rect }) => rect.width))
  const height = Math.max(...tiles.map(({ rect, top }) => top + rect.height))
  const drawn = canvasOf(width, height)
  for (const { bitmap, rect, top } of tiles)
    drawn.context.drawImage(bitmap, rect.x, rect.y, rect.width, rect.height, 0, top, rect.width, rect.height)
  return encode(drawn)
}
