import { openRowPicture } from '../../utils/locker/row-picture'
import type { Part } from '../../utils/model/item'
import type { Session } from '../shared/session'

/** Twice as wide as a row shows it, for dense screens. */
const widthPx = 144
/** So many scaled pictures stay in memory, none of them over half a megabyte as a rule. */
const keptAtMost = 40
/** What a larger picture takes to decode is more than a row is worth. */
const pixelsAtMost = 40_000_000

const pngSign = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** Whether these are the bytes of a PNG that is not too large to decode for a row, by its own header. */
export function isSmallEnough(bytes: Uint8Array): boolean {
  if (bytes.length < 24 || pngSign.some((byte, at) => bytes[at] !== byte)) return false
  const header = new DataView(bytes.buffer, bytes.byteOffset)
  const [width, height] = [header.getUint32(16), header.getUint32(20)]
  return width > 0 && height > 0 && width * height <= pixelsAtMost
}

async function scale({ bytes, record }: Part): Promise<ImageBitmap | null> {
  if (!isSmallEnough(bytes)) return null
  try {
    const picture = new Blob([bytes], { type: record.mediaType })
    return await createImageBitmap(picture, { resizeWidth: widthPx, resizeQuality: 'medium' })
  } catch {
    // Not a picture that this browser can read: the row keeps its card.
    return null
  }
}

/**
 * The small pictures of rows, each opened when it is asked for, one after the other, and scaled once. They are kept
 * in memory only, the latest few, until `clear`.
 */
export function createRowPictures(session: Session) {
  const kept = new Map<string, ImageBitmap>()
  let turn: Promise<unknown> = Promise.resolve()
  let round = 0

  function keep(id: string, picture: ImageBitmap): void {
    kept.set(id, picture)
    const [oldest] = kept.keys()
    if (kept.size <= keptAtMost || oldest === undefined) return
    kept.get(oldest)?.close()
    kept.delete(oldest)
  }

  async function open(id: string, signal: AbortSignal): Promise<ImageBitmap | null> {
    const known = kept.get(id)
    if (known || signal.aborted || session.locker.value.kind !== 'open') return known ?? null
    const mine = round
    const part = await openRowPicture(session.locker.value.locker, id)
    if (!part.ok || signal.aborted || mine !== round) return null
    const picture = await scale(part.value)
    if (picture && mine !== round) picture.close()
    if (!picture || mine !== round) return null
    keep(id, picture)
    return picture
  }

  return {
    /** Null when there is none, when it cannot be read, or when it is not wanted any more. */
    load: (id: string, signal: AbortSignal): Promise<ImageBitmap | null> => {
      const mine = turn.then(() => open(id, signal))
      turn = mine.catch(() => null)
      return mine
    },
    /** Of a row that is hidden again. */
    forget: (id: string): void => {
      kept.get(id)?.close()
      kept.delete(id)
    },
    clear: (): void => {
      round += 1
      for (const picture of kept.values()) picture.close()
      kept.clear()
    },
  }
}
