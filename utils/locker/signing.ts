import { type Bytes, concatBytes, equalBytes, fromUtf8, toUtf8 } from '../crypto/bytes'
import { contextOf } from '../crypto/seal'
import { makeSigningSeed, openSigningKey, type SigningKey, signatureLengths } from '../crypto/sign'
import { openBox, sealBox } from '../crypto/wrap'
import type { MetaRow } from './database'

/*
 * The key that signs checkpoints and bundles: made with the locker, kept through every epoch and passphrase, for
 * its public half is what receivers know this locker by. It rests in the header, seed and public half under the
 * KEK. Beside it rests the last checkpoint that was signed, so that a log that was cut is noticed.
 */

type Holder = { lockerId: string; epoch: number; kek: CryptoKey }

/** A new signing key as it will rest, with its public half. */
export async function makeSigning(holder: Holder): Promise<{ box: Bytes; publicKey: Bytes }> {
  const { seed, publicKey } = await makeSigningSeed()
  const pair = concatBytes(seed, publicKey)
  const box = await sealBox(holder.kek, contextFor(holder, 'signing'), pair)
  for (const secret of [seed, pair]) secret.fill(0)
  return { box, publicKey }
}

/** The key that signs; null when the locker has none yet, or it is damaged. */
export async function openSigning(holder: Holder, meta: MetaRow): Promise<SigningKey | null> {
  const pair = meta.signing && (await openBox(holder.kek, contextFor(holder, 'signing'), meta.signing))
  if (!pair) return null
  try {
    return await openSigningKey({
      seed: pair.subarray(0, signatureLengths.key),
      publicKey: pair.slice(signatureLengths.key),
    })
  } catch {
    return null
  } finally {
    pair.fill(0)
  }
}

/** The last checkpoint that was signed, as it will rest. */
export function sealHead(holder: Holder, checkpoint: string): Promise<Bytes> {
  return sealBox(holder.kek, contextFor(holder, 'head'), toUtf8(checkpoint))
}

/** The last checkpoint that was signed; null while there is none, `damaged` when it does not open. */
export async function openHead(holder: Holder, meta: MetaRow): Promise<string | null | 'damaged'> {
  if (!meta.head) return null
  const bytes = await openBox(holder.kek, contextFor(holder, 'head'), meta.head)
  return bytes ? fromUtf8(bytes) : 'damaged'
}

/** Whether two remembered checkpoints are the same one, as they rest. */
export function isSameHead(one: Bytes | undefined, other: Bytes | undefined): boolean {
  return one && other ? equalBytes(one, other) : one === other
}

/** Both under the KEK of the next epoch. What is damaged stays behind, and is said at the next unlock. */
export async function rewrapSigning(move: {
  meta: MetaRow
  kek: CryptoKey
  to: Holder
}): Promise<Pick<MetaRow, 'signing' | 'head'>> {
  const { meta, kek, to } = move
  const from = { lockerId: meta.lockerId, epoch: meta.epoch, kek }
  const rewrap = async (purpose: Purpose, box: Bytes | undefined) => {
    const bytes = box && (await openBox(from.kek, contextFor(from, purpose), box))
    if (!bytes) return box
    const next = await sealBox(to.kek, contextFor(to, purpose), bytes)
    bytes.fill(0)
    return next
  }
  const [signing, head] = [await rewrap('signing', meta.signing), await rewrap('head', meta.head)]
  return { ...(signing && { signing }), ...(head && { head }) }
}

type Purpose = 'signing' | 'head'

function contextFor({ lockerId, epoch }: Omit<Holder, 'kek'>, purpose: Purpose): string {
  return contextOf(lockerId, purpose, epoch)
}
