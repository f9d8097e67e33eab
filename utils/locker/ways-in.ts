import type { Bytes } from '../crypto/bytes'
import { costLimits, defaultCost, type PassphraseCost } from '../crypto/passphrase'
import { readRecoveryCode } from '../crypto/recovery-code'
import { publicHalfOf } from '../crypto/seal'
import { importKey } from '../crypto/wrap'
import { fail, type Outcome, succeed } from '../model/problem'
import { type MetaRow, openDatabase, type SlotRow } from './database'
import { deriveKek, openForm, openSealingIdentity, readMeta } from './epoch'
import type { OpenLocker } from './keyring'
import { readShredSecret } from './shred'
import { isFor, openSlot, readSlot, type SecurityKey, type SlotOffer } from './slots'

/**
 * What a person offers to prove that the locker is hers. `securityKey` is the answer of one that
 * `listSecurityKeys` names. `cost` is for tests: the cost of slots made now, and the least that is taken.
 */
export type WayIn = (
  | { passphrase: string; securityKey?: Pick<SecurityKey, 'credential' | 'output'> }
  | { recoveryCode: string }
) & { cost?: PassphraseCost }

/** The locker with everything that a new epoch is made from. Zero `root` and `rawKek` after use. */
export type Entered = { meta: MetaRow; slot: SlotRow; root: Bytes; rawKek: Bytes; open: OpenLocker }

/**
 * Opens the locker's root. Problems: `no-locker`, `drop-box`, `wrong-passphrase`, `wrong-recovery-code`,
 * `mistyped-recovery-code` with the number of the group, `needs-security-key` (the passphrase alone opens no
 * slot), `newer-locker`, `cell-lost`, `storage-unavailable` where the erasable file cannot be read here,
 * `damaged-record` with `meta`, `slot`, `shred` or `sealing-key`; `sealing-key` also when someone has put another
 * public half in place of the locker's.
 */
export async function enter(way: WayIn): Promise<Outcome<Entered>> {
  const read = await readMeta()
  if (!read.ok) return read
  const meta = read.value
  const found = await findRoot(meta.lockerId, way)
  if (!found.ok) return found
  const { root, slot } = found.value
  const secret = await readShredSecret(meta).catch((error: unknown) => {
    root.fill(0)
    throw error
  })
  if (typeof secret === 'string') {
    root.fill(0)
    return secretProblem(secret)
  }
  const rawKek = await deriveKek({ ...meta, root, secret })
  secret.fill(0)
  const open = openForm(meta, await importKey(rawKek))
  const identity = await openSealingIdentity({ ...open, sealing: meta.sealing })
  if (identity === null || (await publicHalfOf(identity)) !== meta.recipient) {
    for (const bytes of [root, rawKek]) bytes.fill(0)
    return fail('damaged-record', 'sealing-key')
  }
  return succeed({ meta, slot, root, rawKek, open })
}

/** Forgets what `enter` gave. */
export function forget({ root, rawKek }: Entered): void {
  for (const bytes of [root, rawKek]) bytes.fill(0)
}

/** The security keys that unlock this locker, each with what to ask it; readable while locked. */
export async function listSecurityKeys(): Promise<{ credential: Bytes; input: Bytes }[]> {
  const rows = await openDatabase().slots.toArray()
  return rows.flatMap((row) => (row.method === 3 ? [{ credential: row.credential, input: row.input }] : []))
}

/** Whether a recovery code was made for this locker and still holds; readable while locked. */
export async function hasRecoveryCode(): Promise<boolean> {
  return (await openDatabase().slots.toArray()).some(({ method }) => method === 2)
}

type Found = { root: Bytes; slot: SlotRow }

async function findRoot(lockerId: string, way: WayIn): Promise<Outcome<Found>> {
  const offer = readOffer(way)
  if (!offer.ok) return offer
  try {
    const least = Math.min(costLimits.leastMemoryKib, way.cost?.memoryKib ?? Number.POSITIVE_INFINITY)
    return await trySlots(lockerId, offer.value, least)
  } finally {
    if (offer.value.kind === 'recovery-code') offer.value.secret.fill(0)
  }
}

/** Tries every slot that asks for what is offered. A damaged slot is named only when no other opens. */
async function trySlots(lockerId: string, offer: SlotOffer, least: number): Promise<Outcome<Found>> {
  const slots: (SlotRow | null)[] = []
  for (const row of await openDatabase().slots.toArray()) slots.push(await readSlot(row, least))
  const fitting = slots.filter((slot) => slot !== null).filter((slot) => isFor(slot, offer))
  for (const slot of fitting) {
    const root = await openSlot(lockerId, slot, offer)
    if (root) return succeed({ root, slot })
  }
  if (fitting.length === 0 && (slots.length === 0 || slots.includes(null)))
    return fail('damaged-record', 'slot')
  if (offer.kind === 'recovery-code') return fail('wrong-recovery-code')
  return fail(fitting.length > 0 || offer.securityKey ? 'wrong-passphrase' : 'needs-security-key')
}

function readOffer(way: WayIn): Outcome<SlotOffer> {
  if ('passphrase' in way) return succeed({ kind: 'passphrase', ...way })
  const code = readRecoveryCode(way.recoveryCode)
  if (code.kind === 'typo') return fail('mistyped-recovery-code', String(code.group))
  return succeed({ kind: 'recovery-code', secret: code.secret })
}

function secretProblem(secret: 'lost' | 'damaged' | 'none'): Outcome<never> {
  if (secret === 'lost') return fail('cell-lost')
  return secret === 'none' ? fail('storage-unavailable') : fail('damaged-record', 'shred')
}

/** What slots made now cost. */
export function costOf(way: WayIn): PassphraseCost {
  return way.cost ?? defaultCost
}
