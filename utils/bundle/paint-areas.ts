import type { Area } from '../model/redaction'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * The picture with these areas painted black: drawn anew from its pixels and packed anew as PNG, so that neither the
 * pixels beneath nor anything else of the old file is in it, and without transparency. Only where there are canvases.
 * Rejects when it is no picture, or too large to be drawn.
 */
export async function paintAreas(png: Bytes, areas: readonly Area[]): Promise<Bytes> {
  const bitmap = await createImageBitmap(new Blob([png], { type: 'image/png' }), {
    colorSpaceConversion: 'none',
  })
  try {
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const context = canvas.getContext('2d', { alpha: false })
    if (!context) throw new Error('No canvas to paint on')
    context.drawImage(bitmap, 0, 0)
    context.fillStyle = '#000000'
    for (const { x, y, width, height } of areas) context.fillRect(x, y, width, height)
    const blob = await canvas.convertToBlob({ type: 'image/png' })
    return new Uint8Array(await blob.arrayBuffer())
  } finally {
    bitmap.close()
  }
}
