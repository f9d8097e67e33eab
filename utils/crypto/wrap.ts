import { type Bytes, concatBytes, randomBytes, toUtf8 } from './bytes'

/** Length of the keys of everything that is sealed here. */
export const keyLength = 32
const nonceLength = 12
const tagLength = 16
/** What sealing adds: nonce and tag. */
export const boxOverhead = nonceLength + tagLength

/** A key for `sealBox` and `openBox` that can be used and never read back. */
export function importKey(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/**
 * Nonce, ciphertext and tag of `plaintext` under AES-256-GCM with a fresh random nonce. `context` names the
 * locker, the purpose and the place of the box; it is authenticated and not stored.
 */
export async function sealBox(key: CryptoKey, context: string, plaintext: Bytes): Promise<Bytes> {
  const iv = randomBytes(nonceLength)
  const params = { name: 'AES-GCM', iv, additionalData: toUtf8(context) }
  return concatBytes(iv, new Uint8Array(await crypto.subtle.encrypt(params, key, plaintext)))
}

/** The plaintext of a box; null when a bit of it, the key or the context is another than at sealing. */
export async function openBox(key: CryptoKey, context: string, box: Bytes): Promise<Bytes | null> {
  if (box.length < boxOverhead) return null
  const params = { name: 'AES-GCM', iv: box.subarray(0, nonceLength), additionalData: toUtf8(context) }
  try {
    return new Uint8Array(await crypto.subtle.decrypt(params, key, box.subarray(nonceLength)))
  } catch (error) {
    // The one failure that data can cause; anything else is a fault of the program.
    if (error instanceof DOMException && error.name === 'OperationError') return null
    throw error
  }
}

/** 32 bytes from a uniformly random secret: HKDF-SHA-256 (RFC 5869). */
export async function deriveKey(from: { secret: Bytes; salt: Bytes; info: string }): Promise<Bytes> {
  const secret = await crypto.subtle.importKey('raw', from.secret, 'HKDF', false, ['deriveBits'])
  const params = { name: 'HKDF', hash: 'SHA-256', salt: from.salt, info: toUtf8(from.info) }
  return new Uint8Array(await crypto.subtle.deriveBits(params, secret, keyLength * 8))
}
