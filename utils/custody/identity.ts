import { type Bytes, fromHex, toHex, toUtf8 } from '../crypto/bytes'
import { sha256Bytes } from '../crypto/digest'
import { isSigned, type SigningKey } from '../crypto/sign'
import { sha256Hex, utcTime, z } from '../model/schema'
import type { Entry } from './entry'

/** No log has more keys than that; there is no new one after it. */
export const mostKeys = 100

/** A key of a log: since when it signs, and the signature of the key before it; null for the first. */
const KnownKey = z.strictObject({
  publicKey: sha256Hex,
  at: utcTime,
  signature: z
    .string()
    .regex(/^[0-9a-f]{128}$/)
    .nullable(),
})
export type KnownKey = z.infer<typeof KnownKey>

/**
 * `proof/identity.json`: the name of the log and its keys, oldest first; the last one signs. A key that was lost
 * signs no other: then name and keys begin anew, over the same log.
 */
export const Identity = z.strictObject({
  version: z.literal(1),
  origin: z.string().regex(/^witnessmark\.invalid\/log\/[0-9a-f]{32}$/),
  keys: z.array(KnownKey).min(1).max(mostKeys),
})
export type Identity = z.infer<typeof Identity>

/** The name of the log that began with this key. It is no address: `.invalid` never is one (RFC 2606). */
export async function originOf(firstKey: Bytes): Promise<string> {
  return `witnessmark.invalid/log/${toHex((await sha256Bytes(firstKey)).subarray(0, 16))}`
}

/** What the entry of a key says: of the first one, or of one that the key before it signs. */
export async function describeKey(
  publicKey: Bytes,
  before?: { key: SigningKey; origin: string },
): Promise<Entry['detail']> {
  const described = { publicKey: toHex(publicKey) }
  if (!before) return described
  const signature = await before.key.sign(succession(before.origin, before.key.publicKey, publicKey))
  return { ...described, signature: toHex(signature) }
}

/** The key that an entry names. Null for entries of other kinds, or one that is not well formed. */
export function keyIn({ kind, at, detail }: Entry): KnownKey | null {
  const { publicKey, signature = null } = detail
  const parsed = KnownKey.safeParse({ publicKey, at, signature })
  return kind === 'key' && parsed.success ? parsed.data : null
}

/** Whether the log's name is that of its first key, and each later key is signed by the one before it. */
export async function isUnbroken({ origin, keys }: Identity): Promise<boolean> {
  const [first, ...later] = keys
  if (!first || first.signature !== null || origin !== (await originOf(fromHex(first.publicKey))))
    return false
  let before = fromHex(first.publicKey)
  for (const { publicKey, signature } of later) {
    const key = fromHex(publicKey)
    const message = succession(origin, before, key)
    const isGood =
      signature !== null && (await isSigned({ publicKey: before, message, signature: fromHex(signature) }))
    if (!isGood) return false
    before = key
  }
  return true
}

/** What a key signs to hand over to the next. Cannot be mistaken for a note, which has no such first line. */
function succession(origin: string, before: Bytes, next: Bytes): Bytes {
  return toUtf8(`witnessmark.invalid/next-key/v1\n${origin}\n${toHex(before)}\n${toHex(next)}\n`)
}
