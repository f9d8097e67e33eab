/** The part of the Shape Detection API that is used: a draft, in some browsers on some systems only. */
type Detector = { detect(image: ImageBitmap): Promise<{ rawValue: string }[]> }
type DetectorMaker = {
  new (options: { formats: string[] }): Detector
  getSupportedFormats(): Promise<string[]>
}

const format = 'qr_code'

function findMaker(): DetectorMaker | null {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorMaker }
  return BarcodeDetector ?? null
}

/** Whether this browser reads QR codes by itself. */
export async function canReadQr(): Promise<boolean> {
  try {
    return (await findMaker()?.getSupportedFormats())?.includes(format) ?? false
  } catch {
    // There by name, with nothing behind it.
    return false
  }
}

/** The text of the only QR code in a picture; null when there is none, several, or it is no picture. */
export async function readQr(picture: Blob): Promise<string | null> {
  const Maker = findMaker()
  if (Maker === null) return null
  try {
    const image = await createImageBitmap(picture)
    const found = await new Maker({ formats: [format] }).detect(image)
    image.close()
    const [code, ...others] = found
    return code === undefined || others.length > 0 ? null : code.rawValue
  } catch {
    // The browser throws for a file that is no picture, and when it gives up.
    return null
  }
}
