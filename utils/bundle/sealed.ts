import { type DecryptWith, decryptStream, isIdentity } from '../crypto/recipients'
import type { Watch } from './files'

type Bytes = Uint8Array<ArrayBuffer>

/** The largest encrypted file that is opened in memory, in bytes; a larger one is for `age -d`. */
export const sealedLimit = 512 * 1024 * 1024

/** What age and Witnessmark use for passphrases: 256 MiB for some seconds. More would be for the sender to ask. */
const hardestWork = 18
/** Headers of a file to a thousand recipients are smaller. */
const headerBytes = 64 * 1024

/** Why an encrypted file was not opened. Words under `verify.sealed.<trouble>`. */
export const sealedTroubles = ['armoured', 'too-large', 'too-hard', 'wrong-key', 'damaged'] as const
export type SealedTrouble = (typeof sealedTroubles)[number]
export type Opened = { ok: true; bytes: Bytes } | { ok: false; trouble: SealedTrouble }

/** How a person typed key opens an age file: a private half (`AGE-SECRET-KEY-…`), else it is a passphrase. */
export function keyFrom(typed: string): DecryptWith {
  const lines = typed.split(/\r?\n/).map((line) => line.trim())
  const identities = lines.filter((line) => /^AGE-SECRET-KEY-/i.test(line) && isIdentity(line))
  return identities.length > 0
    ? { kind: 'identities', identities }
    : { kind: 'passphrase', passphrase: typed }
}

/** Why a file will not be opened here whatever the key; null when a key may be asked for. */
export async function refuseSealed(file: Blob): Promise<SealedTrouble | null> {
  const start = new Uint8Array(await file.slice(0, headerBytes).arrayBuffer())
  const header = new TextDecoder('latin1').decode(start)
  if (header.startsWith('-----')) return 'armoured'
  if (file.size > sealedLimit) return 'too-large'
  const work = /\n-> scrypt \S+ (\d+)\n/.exec(header)?.[1]
  return work !== undefined && Number(work) > hardestWork ? 'too-hard' : null
}

async function gather(stream: ReadableStream<Uint8Array>, size: number, watch: Watch): Promise<Bytes> {
  const bytes = new Uint8Array(size)
  // Some browsers cannot loop over a stream.
  const reader = stream.getReader()
  let done = 0
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    watch.signal?.throwIfAborted()
    bytes.set(piece.value, done)
    done += piece.value.length
    await watch.onProgress?.({ done, total: size })
  }
  return bytes.subarray(0, done)
}

/**
 * Opens an age file in memory, never on the disk: at most `sealedLimit` bytes, every piece authenticated. Rejects
 * with the reason of `watch.signal` once that is aborted, and otherwise never for what the file holds.
 */
export async function openSealed(file: Blob, key: DecryptWith, watch: Watch = {}): Promise<Opened> {
  const refused = await refuseSealed(file)
  if (refused) return { ok: false, trouble: refused }
  try {
    const stream = await decryptStream(file.stream(), key)
    if (!stream) return { ok: false, trouble: 'wrong-key' }
    return { ok: true, bytes: await gather(stream, file.size, watch) }
  } catch (error) {
    if (watch.signal?.aborted) throw error
    return { ok: false, trouble: 'damaged' }
  }
}
