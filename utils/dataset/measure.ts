import { crc32 } from '../bundle/zip'
import type { Bytes } from '../crypto/bytes'
import { type RunningSha256, startSha256 } from '../crypto/digest'
import { problemError } from '../model/problem-error'

/** What a container and a descriptor have to know of a file before its first byte. */
export type Measured = { size: number; crc: number; sha256: string }

/** Measures a file that is made twice: once to know it, once to write it. Holds none of it. */
export type Measure = { add: (bytes: Bytes) => void; finish: () => Measured }

/** Starts measuring. */
export async function startMeasure(): Promise<Measure> {
  const digest: RunningSha256 = await startSha256()
  let size = 0
  let crc = 0
  return {
    add(bytes) {
      size += bytes.length
      crc = crc32(bytes, crc)
      digest.update(bytes)
    },
    finish: () => ({ size, crc, sha256: digest.finish() }),
  }
}

/** Passes pieces on. Fails with `save-failed` at the end when they are not what was measured. */
export async function* expectMeasured(
  pieces: AsyncIterable<Bytes>,
  expected: Measured,
): AsyncGenerator<Bytes> {
  let size = 0
  let crc = 0
  for await (const piece of pieces) {
    size += piece.length
    crc = crc32(piece, crc)
    yield piece
  }
  if (size !== expected.size || crc !== expected.crc) throw problemError('save-failed')
}
