import { type Bytes, concatBytes, toUtf8 } from '../crypto/bytes'
import type { PostReading } from '../model/post'

/** Signs of a pseudonym: 80 bits as base32 (RFC 4648, lower case, no padding). */
export const pseudonymForm = /^[a-z2-7]{16}$/

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
const pseudonymBytes = 10

function toBase32(bytes: Uint8Array): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      text += alphabet[(held >> (bits - 5)) & 31] ?? ''
      bits -= 5
      held &= (1 << bits) - 1
    }
  }
  return text
}

/** A key for pseudonyms that nobody can read out again; gone with the last reference to it. */
export async function newPseudonymKey(): Promise<CryptoKey> {
  const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign'])
  return key as CryptoKey
}

/** The key of a project from its 32 bytes; no more extractable than `newPseudonymKey`. */
export function importPseudonymKey(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
}

/** Gives the pseudonym of each name; the same name of the same kind always has the same one. */
export type Pseudonyms = {
  actor: (account: string) => Promise<string>
  target: (key: string) => Promise<string>
  row: (itemId: string) => Promise<string>
}

/** Starts pseudonyms under a key: HMAC-SHA-256 of kind and name, the first 80 bits. */
export function startPseudonyms(key: CryptoKey): Pseudonyms {
  const known = new Map<string, string>()
  const sign = async (kind: string, name: string): Promise<string> => {
    // A zero byte parts them: no kind ends where a name begins.
    const message = concatBytes(toUtf8(kind), new Uint8Array(1), toUtf8(name))
    const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, message))
    return toBase32(mac.subarray(0, pseudonymBytes))
  }
  const remembered = async (kind: string, name: string): Promise<string> => {
    const at = `${kind} ${name}`
    const found = known.get(at) ?? (await sign(kind, name))
    known.set(at, found)
    return found
  }
  return {
    actor: (account) => remembered('actor', account),
    target: (name) => remembered('target', name),
    // One a row: remembering them would grow with the dataset.
    row: (itemId) => sign('row', itemId),
  }
}

/**
 * What tells one account from another: its platform with its stable id, else with its handle. `idOf` finds the id
 * of a handle that was seen with one elsewhere. Null when the page names no account.
 */
export function accountKey(
  post: PostReading,
  idOf: (platform: string, handle: string) => string | null = () => null,
): string | null {
  const { handle, id, profile } = post.author
  const plain = handle?.normalize('NFKC').toLowerCase() ?? null
  const stable = id ?? (plain === null ? null : idOf(post.platform, plain))
  if (stable !== null) return `${post.platform} id ${stable}`
  if (plain !== null) return `${post.platform} handle ${plain}`
  return profile === null ? null : `${post.platform} profile ${profile.toLowerCase()}`
}
