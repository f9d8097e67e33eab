import { type Bytes, concatBytes, fromHex, toHex } from './bytes'

/** Lengths of Ed25519 (RFC 8032): seed and public key alike, and a signature. */
export const signatureLengths = { key: 32, signature: 64 } as const

const algorithm = 'Ed25519'
/** The PKCS #8 frame of RFC 8410 around a seed of 32 bytes. */
const frame = fromHex('302e020100300506032b657004220420')

/** A key that signs, with its public half. The private half can be used and not read. */
export type SigningKey = { publicKey: Bytes; sign: (message: Bytes) => Promise<Bytes> }

/** A new random seed of a signing key, with its public half. Zero the seed after use. */
export async function makeSigningSeed(): Promise<{ seed: Bytes; publicKey: Bytes }> {
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new Error('This browser makes no Ed25519 pairs')
  const packed = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
  const seed = packed.slice(packed.length - signatureLengths.key)
  packed.fill(0)
  return { seed, publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)) }
}

/**
 * The signing key of a seed. The same message always gets the same signature (RFC 8032). Throws when the seed is
 * not of 32 bytes, or when the public half is not its own.
 */
export async function openSigningKey(pair: { seed: Bytes; publicKey: Bytes }): Promise<SigningKey> {
  if (pair.seed.length !== signatureLengths.key) throw new RangeError('No such seed')
  const packed = concatBytes(frame, pair.seed)
  const key = await crypto.subtle.importKey('pkcs8', packed, algorithm, false, ['sign'])
  packed.fill(0)
  const sign = async (message: Bytes) => new Uint8Array(await crypto.subtle.sign(algorithm, key, message))
  const { publicKey } = pair
  const probe = frame.slice()
  if (!(await isSigned({ publicKey, message: probe, signature: await sign(probe) })))
    throw new Error('The halves of the signing key do not belong together')
  return { publicKey, sign }
}

/** The points of small order by their encodings, also those beyond the field, without the bit of the sign. */
const smallOrder = [
  `00${'00'.repeat(31)}`,
  `01${'00'.repeat(31)}`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
]

/** With such a key, or such a first half, one signature fits any message; Node 20 takes it, Node 24 does not. */
function isOfSmallOrder(point: Bytes): boolean {
  const [last = 0] = point.subarray(-1)
  return smallOrder.includes(toHex(concatBytes(point.slice(0, -1), Uint8Array.of(last & 0x7f))))
}

/** Whether this key signed this message. False also for what is no key or no signature; never throws. */
export async function isSigned(claim: {
  publicKey: Bytes
  message: Bytes
  signature: Bytes
}): Promise<boolean> {
  const { publicKey, message, signature } = claim
  if (publicKey.length !== signatureLengths.key || signature.length !== signatureLengths.signature)
    return false
  if (isOfSmallOrder(publicKey) || isOfSmallOrder(signature.slice(0, signatureLengths.key))) return false
  try {
    const key = await crypto.subtle.importKey('raw', publicKey, algorithm, false, ['verify'])
    return await crypto.subtle.verify(algorithm, key, signature, message)
  } catch {
    // Not a point of the curve.
    return false
  }
}
