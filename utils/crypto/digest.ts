import { createSHA256 } from 'hash-wasm'
import { type Bytes, toHex } from './bytes'

/** SHA-256 of bytes that are in memory, as 32 bytes. */
export async function sha256Bytes(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

/** SHA-256 of bytes that are in memory, as 64 lower-case hexadecimal digits. */
export async function sha256(bytes: Bytes): Promise<string> {
  return toHex(await sha256Bytes(bytes))
}

/** A SHA-256 that is fed piece by piece, for what is too large to hold; WebCrypto has none. */
export type RunningSha256 = {
  update(bytes: Uint8Array): void
  /** The digest in lower-case hexadecimal. Nothing may be added afterwards. */
  finish(): string
}

/** Starts a digest over a stream. */
export async function startSha256(): Promise<RunningSha256> {
  const hasher = await createSHA256()
  hasher.init()
  return {
    update(bytes) {
      hasher.update(bytes)
    },
    finish: () => hasher.digest('hex'),
  }
}
