import { randomIdHex } from '../crypto/bytes'
import { isIdentity, isRecipient } from '../crypto/recipients'
import { makeSealingPair } from '../crypto/seal'
import { fail, type Outcome, succeed } from '../model/problem'
import { randomId, utcTime, z } from '../model/schema'
import type { OpenLocker } from './keyring'
import { keepRow, readRows } from './rows'

/*
 * What an organisation gives to others so that their devices can seal for it: the public half of a pair whose private
 * half lies sealed in the organisation's locker, among its rows. ML-KEM-768 and X25519 together, and nothing else:
 * a weaker key beside or instead of it would be as good as the weaker one.
 */

const ReceivingKeyRow = z.strictObject({
  madeAt: utcTime,
  /** The locker that made it. One that came with a backup opens what was sent to it, and is given out no more. */
  madeIn: randomId,
  recipient: z.string().max(4_000).refine(isReceivingKey),
  identity: z.string().max(4_000).refine(isIdentity),
  /** When it was retired: it opens what was sealed for it, and is given out no more. */
  retiredAt: utcTime.optional(),
})

/** A pair to receive with, as opened. The identity is text and cannot be zeroed: keep it no longer than it takes. */
export type ReceivingKey = z.infer<typeof ReceivingKeyRow>

/** Whether the text is a public key that drop-boxes can be made with: a hybrid age recipient, `age1pq1…`. */
function isReceivingKey(text: string): boolean {
  return /^age1pq1/.test(text) && isRecipient(text)
}

/**
 * The receiving key in what was pasted, read from a file or out of a QR code: the one word that is one, in either
 * case, lines beginning with `#` aside. Null when there is none or more than one.
 */
export function findReceivingKey(text: string): string | null {
  const words = text
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => line.trim().split(/\s+/))
    .filter((word) => word !== '')
  // A QR code holds it in capital letters, which take less room; mixed case is no key.
  const plain = words.map((word) => (word === word.toUpperCase() ? word.toLowerCase() : word))
  const [key, ...others] = plain.filter((word) => word.length < 4_000 && isReceivingKey(word))
  return key === undefined || others.some((other) => other !== key) ? null : key
}

/** Makes a pair and keeps it sealed in the locker. Problems: `disk-full`, `storage-unavailable`. */
export async function makeReceivingKey(open: OpenLocker, at = new Date()): Promise<Outcome<ReceivingKey>> {
  const pair = await makeSealingPair()
  const value: ReceivingKey = { ...pair, madeAt: at.toISOString(), madeIn: open.lockerId }
  const kept = await keepRow({ to: open, id: randomIdHex(), kind: 'receiving-key', value })
  return kept.ok ? succeed(value) : kept
}

/**
 * Notes that a key is given out no more, for it was lost, seized or replaced. It goes on opening what was sealed for
 * it, and so does any copy of it: no device that seals for it hears of this. Keeps the first date when it was retired
 * before. Problems: `not-found`, `disk-full`, `storage-unavailable`.
 */
export async function retireReceivingKey(
  open: OpenLocker,
  recipient: string,
  at = new Date(),
): Promise<Outcome<ReceivingKey>> {
  const found = (await readKeys(open)).find(({ key }) => key.recipient === recipient)
  if (found === undefined) return fail('not-found')
  if (found.key.retiredAt !== undefined) return succeed(found.key)
  const value: ReceivingKey = { ...found.key, retiredAt: at.toISOString() }
  const kept = await keepRow({ to: open, id: found.id, kind: 'receiving-key', value })
  return kept.ok ? succeed(value) : kept
}

/** Every receiving key of the locker: those that are given out before those that are retired, the newest first. */
export async function listReceivingKeys(open: OpenLocker): Promise<ReceivingKey[]> {
  const keys = (await readKeys(open)).map(({ key }) => key)
  keys.sort((one, other) => (one.madeAt < other.madeAt ? 1 : -1))
  return [...keys.filter((key) => !key.retiredAt), ...keys.filter((key) => key.retiredAt)]
}

async function readKeys(open: OpenLocker): Promise<{ id: string; key: ReceivingKey }[]> {
  return (await readRows(open)).rows.flatMap(({ id, kind, value }) => {
    const parsed = kind === 'receiving-key' ? ReceivingKeyRow.safeParse(value) : null
    return parsed?.success ? [{ id, key: parsed.data }] : []
  })
}
