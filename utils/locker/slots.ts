import { type Bytes, concatBytes, equalBytes, randomBytes, randomIdHex, toHex, toUtf8 } from '../crypto/bytes'
import { canonicalBytes } from '../crypto/canonical-json'
import { sha256Bytes } from '../crypto/digest'
import { costLimits, deriveSlotKey, type PassphraseCost } from '../crypto/passphrase'
import { contextOf } from '../crypto/seal'
import { plainForm } from '../crypto/strength'
import { importKey, openBox, sealBox } from '../crypto/wrap'
import { SlotRow } from './database'

const saltLength = 16

/** A slot that gives ROOT to whoever knows the passphrase. Costs one Argon2id. */
export async function makeSlot(make: {
  lockerId: string
  root: Bytes
  passphrase: string
  cost: PassphraseCost
}): Promise<SlotRow> {
  const slot = { id: randomIdHex(), method: 1 as const, ...make.cost, salt: randomBytes(saltLength) }
  const key = await slotKey(make.passphrase, slot)
  const root = await sealBox(key, slotContext(make.lockerId, slot), make.root)
  return { ...slot, root, check: await checkOf({ ...slot, root }) }
}

/**
 * The slot in a stored row; null when it is damaged, or asks for more work than any slot may (1 GiB, ten passes)
 * or for less than `leastMemoryKib` (64 MiB when absent).
 */
export async function readSlot(
  row: unknown,
  leastMemoryKib = costLimits.leastMemoryKib,
): Promise<SlotRow | null> {
  const parsed = SlotRow.safeParse(row)
  if (!parsed.success) return null
  const slot = parsed.data
  const isAllowed =
    slot.memoryKib >= leastMemoryKib &&
    slot.memoryKib <= costLimits.mostMemoryKib &&
    slot.passes <= costLimits.mostPasses &&
    slot.lanes === 1 &&
    slot.salt.length === saltLength
  return isAllowed && equalBytes(await checkOf(slot), slot.check) ? slot : null
}

/** ROOT from a slot; null when the passphrase is not the slot's, or is none (Argon2 takes nothing of no length). Costs one Argon2id. Zero it after use. */
export async function openSlot(lockerId: string, slot: SlotRow, passphrase: string): Promise<Bytes | null> {
  if (plainForm(passphrase) === '') return null
  const key = await slotKey(passphrase, slot)
  return openBox(key, slotContext(lockerId, slot), slot.root)
}

type SlotParams = Omit<SlotRow, 'root' | 'check'>

async function slotKey(passphrase: string, slot: SlotParams): Promise<CryptoKey> {
  const raw = await deriveSlotKey(passphrase, slot)
  const key = await importKey(raw)
  raw.fill(0)
  return key
}

/** The parameters stand in the context, so that a slot with cheaper ones does not open. */
function slotContext(lockerId: string, slot: SlotParams): string {
  return contextOf(lockerId, 'root', slot.id, paramsText(slot))
}

function paramsText(slot: SlotParams): string {
  return `argon2id-19-m${slot.memoryKib}-t${slot.passes}-p${slot.lanes}-${toHex(slot.salt)}`
}

function checkOf(slot: SlotParams & { root: Bytes }): Promise<Bytes> {
  return sha256Bytes(concatBytes(canonicalBytes([slot.id, slot.method]), toUtf8(paramsText(slot)), slot.root))
}
