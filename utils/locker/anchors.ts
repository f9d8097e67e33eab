import { type Bytes, randomBytes, randomIdHex, toBase64, toUtf8 } from '../crypto/bytes'
import { sha256Bytes } from '../crypto/digest'
import { readOpenTimestamps } from '../custody/open-timestamps'
import type { AnchorForm } from '../custody/proofs'
import { checkTimeStamp, readTimeStampRequest, writeTimeStampRequest } from '../custody/time-stamp'
import { fail, type Outcome, succeed } from '../model/problem'
import { Anchor, anchorsIn, type KeptAnchor } from './anchor-rows'
import type { OpenLocker } from './keyring'
import { proveItems } from './prove-items'
import { keepRow, readRows } from './rows'

const nonceLength = 8

/** Every anchor, newest first; those not well formed are passed over. */
export async function listAnchors(open: OpenLocker): Promise<KeptAnchor[]> {
  return anchorsIn((await readRows(open)).rows)
}

/**
 * Signs the log as it is now and remembers that this checkpoint is to be stamped elsewhere. Gives what the courier's
 * file is made of. Problems: those of `proveItems`, `disk-full`, `storage-unavailable`.
 */
export async function askForAnchor(
  open: OpenLocker,
  now: Date,
): Promise<Outcome<{ checkpoint: string; nonce: Bytes }>> {
  const proofs = await proveItems(open, [])
  if (!proofs.ok) return proofs
  const { checkpoint } = proofs.value
  const nonce = randomBytes(nonceLength)
  const question = await writeTimeStampRequest(await sha256Bytes(toUtf8(checkpoint)), nonce)
  const asked = await readTimeStampRequest(question)
  const anchor: Anchor = { checkpoint, nonce: asked?.nonce ?? '', askedAt: now.toISOString(), answers: [] }
  const kept = await keepRow({ to: open, id: randomIdHex(), kind: 'anchor', value: Anchor.parse(anchor) })
  return kept.ok ? succeed({ checkpoint, nonce }) : kept
}

type Answer = Anchor['answers'][number]

/** What an answer says of an anchor; null when it is about something else. */
async function readAnswer(bytes: Bytes, anchor: Anchor, receivedAt: string): Promise<Answer | null> {
  const stamped = toUtf8(anchor.checkpoint)
  const whole = { bytes: toBase64(bytes), receivedAt }
  const check = await checkTimeStamp(bytes, stamped)
  if (check.ok) {
    const { at, authority } = check.stamp
    return { form: 'rfc3161', ...whole, stampedAt: at, authority }
  }
  const ends = await readOpenTimestamps(bytes, stamped)
  return ends && { form: 'opentimestamps', ...whole, stampedAt: null, authority: null }
}

/**
 * Keeps an answer with the checkpoint that it is about; every later bundle carries it. The same answer twice is kept
 * once. Problems: `anchor-unknown` when it stamps no checkpoint of this locker, or is no answer at all; `disk-full`,
 * `storage-unavailable`.
 */
export async function keepAnswer(
  open: OpenLocker,
  bytes: Bytes,
  now: Date,
): Promise<Outcome<{ form: AnchorForm; stampedAt: string | null; authority: string | null }>> {
  for (const { id, anchor } of await listAnchors(open)) {
    const answer = await readAnswer(bytes, anchor, now.toISOString())
    if (!answer) continue
    const isKnown = anchor.answers.some((known) => known.bytes === answer.bytes)
    const answers = isKnown ? anchor.answers : [...anchor.answers, answer]
    const value = Anchor.parse({ ...anchor, answers })
    const kept = await keepRow({ to: open, id, kind: 'anchor', value })
    const { form, stampedAt, authority } = answer
    return kept.ok ? succeed({ form, stampedAt, authority }) : kept
  }
  return fail('anchor-unknown')
}
