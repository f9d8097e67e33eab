import { type Bytes, toBase64, toUtf8 } from '../crypto/bytes'
import { sha256, startSha256 } from '../crypto/digest'
import type { PicturePlace, ReportPiece } from '../reports/html-report'
import { problemError } from './problems'
import { crc32 } from './zip'

/** Gives the bytes of a picture that stands in the report. */
export type ReadPicture = (place: PicturePlace) => Promise<Bytes>

/** A file that is never whole in memory: what a header and a list need to know of it, and its content in pieces. */
export type StreamedFile = { size: number; crc: number; digest: string; pieces: () => AsyncIterable<Bytes> }

/** A multiple of three, so that the base64 of the slices is that of the whole. */
const sliceBytes = 96 * 1024

async function* encodePicture(place: PicturePlace, read: ReadPicture): AsyncGenerator<Bytes> {
  const bytes = await read(place)
  const isSame = bytes.length === place.part.bytes && (await sha256(bytes)) === place.part.sha256
  if (!isSame) throw problemError('damaged-record', place.itemId)
  for (let at = 0; at < bytes.length; at += sliceBytes)
    yield toUtf8(toBase64(bytes.subarray(at, at + sliceBytes)))
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
  return { size, crc, digest: digest.finish(), pieces: () => encodeReport(write(), read) }
}
