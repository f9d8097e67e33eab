import { type Bytes, concatBytes, toBase64, toUtf8 } from '../crypto/bytes'
import { sha256, startSha256 } from '../crypto/digest'
import { problemError } from '../model/problem-error'
import type { PicturePlace, ReportPiece } from '../reports/html-report'
import { crc32 } from './zip'

/** Gives the bytes of a picture that stands in the report. */
export type ReadPicture = (place: PicturePlace) => Promise<Bytes>

/**
 * A file that is never whole in memory: what a header and a list need to know of it, and its content in pieces. The
 * digest may be known only after the pieces were gone through.
 */
export type StreamedFile = {
  size: number
  crc: number
  digest: () => string
  pieces: () => AsyncIterable<Bytes>
}

/** A multiple of three, so that the base64 of the slices is that of the whole. */
const sliceBytes = 96 * 1024

/** The two signs of base64 for each twelve bits, as they lie in memory: sixteen bits, the first sign lowest. */
const signPairs = new Uint16Array(4096).map((_, bits) => {
  const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  return signs.charCodeAt(bits >>> 6) | (signs.charCodeAt(bits & 63) << 8)
})

/** Base64 (RFC 4648 section 4) as bytes, without a text between: a report holds millions of signs. */
export function encodeBase64(bytes: Uint8Array): Bytes {
  const whole = bytes.length - (bytes.length % 3)
  const encoded = new Uint8Array((whole / 3) * 4)
  const view = new DataView(encoded.buffer)
  for (let from = 0, to = 0; from < whole; from += 3, to += 4) {
    const bits = ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0)
    view.setUint16(to, signPairs[bits >>> 12] ?? 0, true)
    view.setUint16(to + 2, signPairs[bits & 4095] ?? 0, true)
  }
  return whole === bytes.length ? encoded : concatBytes(encoded, toUtf8(toBase64(bytes.subarray(whole))))
}

async function* encodePicture(place: PicturePlace, read: ReadPicture): AsyncGenerator<Bytes> {
  const bytes = await read(place)
  const isSame = bytes.length === place.part.bytes && (await sha256(bytes)) === place.part.sha256
  if (!isSame) throw problemError('damaged-record', place.itemId)
  for (let at = 0; at < bytes.length; at += sliceBytes)
    yield encodeBase64(bytes.subarray(at, at + sliceBytes))
}

async function* encodeReport(pieces: Iterable<ReportPiece>, read: ReadPicture): AsyncGenerator<Bytes> {
  for (const piece of pieces) {
    if (typeof piece === 'string') yield toUtf8(piece)
    else yield* encodePicture(piece, read)
  }
}

/**
 * The report as a file: written twice, once to be measured, because the header before it states its size and CRC-32,
 * and once to leave. At most one item's section and one picture are in memory. `write` has to give the same both
 * times. Rejects, as its pieces do, with `damaged-record` when a picture is not the one that the facts list.
 */
export async function streamReport(
  write: () => Iterable<ReportPiece>,
  read: ReadPicture,
): Promise<StreamedFile> {
  const digest = await startSha256()
  let [size, crc] = [0, 0]
  for await (const piece of encodeReport(write(), read)) {
    digest.update(piece)
    crc = crc32(piece, crc)
    size += piece.length
  }
  const whole = digest.finish()
  return { size, crc, digest: () => whole, pieces: () => encodeReport(write(), read) }
}
