import type { CopyOrder } from './fit-picture'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * A copy of a picture in another size or packing, on white where it was transparent. Only where there are canvases.
 * Rejects when it is no picture, or too large to be drawn.
 */
export async function copyPicture(original: Bytes, order: CopyOrder): Promise<Bytes> {
  const bitmap = await createImageBitmap(new Blob([original]), { colorSpaceConversion: 'none' })
  try {
    const canvas = new OffscreenCanvas(order.width, order.height)
    const context = canvas.getContext('2d', { alpha: false })
    if (!context) throw new Error('No canvas to draw on')
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, order.width, order.height)
    context.imageSmoothingQuality = 'high'
    context.drawImage(bitmap, 0, 0, order.width, order.height)
    const blob = await canvas.convertToBlob({ type: order.mediaType, quality: order.quality })
    return new Uint8Array(await blob.arrayBuffer())
  } finally {
    bitmap.close()
  }
}
