import { type AttachmentLimits, type CopyType, copyTypes, type PlannedAttachment } from '../model/attachment'

type Bytes = Uint8Array<ArrayBuffer>

/** What a copy is to be: never larger than the original. `quality` from 0 to 1 counts for JPEG alone. */
export type CopyOrder = { width: number; height: number; mediaType: CopyType; quality: number }

/** Draws a picture smaller or packs it anew. Rejects when it is no picture. */
export type CopyPicture = (original: Bytes, order: CopyOrder) => Promise<Bytes>

export type FittedPicture = {
  bytes: Bytes
  mediaType: string
  width: number
  height: number
  isCopy: boolean
}

/** Below this width, in pixels, nobody reads a post any more; a picture that was narrower stays as wide as it is. */
const leastWidth = 240
const mostTries = 12

const qualities: Record<CopyType, readonly number[]> = { 'image/jpeg': [0.92, 0.8], 'image/png': [1] }

function typesToTry(limits: AttachmentLimits): CopyType[] {
  const isTaken = (type: string) => limits.types === null || limits.types.includes(type)
  // JPEG first: at the same size it keeps more of a photograph.
  return copyTypes.toReversed().filter(isTaken)
}

function sized({ width, height }: PlannedAttachment, scale: number): { width: number; height: number } {
  return { width: Math.max(1, Math.floor(width * scale)), height: Math.max(1, Math.floor(height * scale)) }
}

/** The next scale to try: what the bytes suggest, at least a tenth smaller. */
function smaller(scale: number, bytes: number, most: number): number {
  return scale * Math.min(0.9, Math.sqrt(most / Math.max(1, bytes)) * 0.97)
}

type Trial = { original: Bytes; planned: PlannedAttachment; most: number; copy: CopyPicture }

async function tryType({ original, planned, most, copy }: Trial, mediaType: CopyType) {
  const least = Math.min(1, leastWidth / planned.width)
  let scale = 1
  for (let tried = 0; tried < mostTries && scale >= least; tried++) {
    let bytes = 0
    for (const quality of qualities[mediaType]) {
      const size = sized(planned, scale)
      const made = await copy(original, { ...size, mediaType, quality })
      if (made.length <= most) return { bytes: made, mediaType, ...size, isCopy: true }
      bytes = made.length
    }
    const next = smaller(scale, bytes, most)
    // The last try is the smallest that can still be read.
    scale = scale > least && next < least ? least : next
  }
  return null
}

/**
 * A picture within the limits of a form: the very same bytes where they fit, else a copy, never drawn larger, as
 * large as the limit allows. Null when it cannot be made to fit and still be read, or the form takes no such kind.
 */
export async function fitPicture(
  original: Bytes,
  options: { planned: PlannedAttachment; limits: AttachmentLimits; copy: CopyPicture },
): Promise<FittedPicture | null> {
  const { planned, limits, copy } = options
  const most = planned.mostBytes ?? Number.POSITIVE_INFINITY
  const { mediaType, width, height } = planned
  const isTaken = limits.types === null || limits.types.includes(mediaType)
  if (isTaken && original.length <= most) return { bytes: original, mediaType, width, height, isCopy: false }
  for (const type of typesToTry(limits)) {
    const fitted = await tryType({ original, planned, most, copy }, type)
    if (fitted) return fitted
  }
  return null
}
