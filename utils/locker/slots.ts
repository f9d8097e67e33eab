import { type Bytes, concatBytes, equalBytes, randomBytes, randomIdHex, toHex, toUtf8 } from '../crypto/bytes'
import { canonicalBytes } from '../crypto/canonical-json'
import { sha256Bytes } from '../crypto/digest'
import { costLimits, deriveSlotKey, type PassphraseCost } from '../crypto/passphrase'
import { contextOf } from '../crypto/seal'
import { plainForm } from '../crypto/strength'
import { deriveKey, importKey, keyLength, openBox, sealBox } from '../crypto/wrap'
import { SlotRow } from './database'

const saltLength = 16

/** What a security key says about itself and answers through WebAuthn's PRF: 32 bytes for 32 bytes asked. */
export type SecurityKey = { credential: Bytes; input: Bytes; output: Bytes }

/** What a slot asks for. A security key never stands alone: it comes on top of the passphrase. */
export type SlotSecret =
  | { kind: 'passphrase'; passphrase: string; cost: PassphraseCost; securityKey?: SecurityKey }
  | { kind: 'recovery-code'; secret: Bytes }

/** What is offered to a slot. */
export type SlotOffer =
  | { kind: 'passphrase'; passphrase: string; securityKey?: Pick<SecurityKey, 'credential' | 'output'> }
  | { kind: 'recovery-code'; secret: Bytes }

/** A slot that gives ROOT to whoever has what it asks for. With a passphrase, costs one Argon2id. */
export async function makeSlot(make: { lockerId: string; root: Bytes; ask: SlotSecret }): Promise<SlotRow> {
  const { lockerId, ask } = make
  const slot = describeSlot(ask)
  const key = await slotKey({ lockerId, slot, offer: ask })
  const root = await sealBox(key, slotContext(lockerId, slot), make.root)
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
  if (!parsed.success || parsed.data.salt.length !== saltLength) return null
  const slot = parsed.data
  const isAllowed =
    slot.method === 2 ||
    (slot.memoryKib >= leastMemoryKib &&
      slot.memoryKib <= costLimits.mostMemoryKib &&
      slot.passes <= costLimits.mostPasses &&
      slot.lanes === 1)
  return isAllowed && equalBytes(await checkOf(slot), slot.check) ? slot : null
}

/** Whether the slot asks for the kind of thing that is offered. */
export function isFor(slot: SlotRow, offer: SlotOffer): boolean {
  if (offer.kind === 'recovery-code') return slot.method === 2
  if (!offer.securityKey) return slot.method === 1
  return slot.method === 3 && equalBytes(slot.credential, offer.securityKey.credential)
}

/**
 * ROOT from a slot; null when what is offered is not what it asks for. With a passphrase, costs one Argon2id.
 * Zero it after use.
 */
export async function openSlot(lockerId: string, slot: SlotRow, offer: SlotOffer): Promise<Bytes | null> {
  // Argon2 takes nothing of no length.
  if (!isFor(slot, offer) || (offer.kind === 'passphrase' && plainForm(offer.passphrase) === '')) return null
  const key = await slotKey({ lockerId, slot, offer })
  return openBox(key, slotContext(lockerId, slot), slot.root)
}

type Unsealed<T> = T extends SlotRow ? Omit<T, 'root' | 'check'> : never
type SlotParams = Unsealed<SlotRow>

function describeSlot(ask: SlotSecret): SlotParams {
  const slot = { id: randomIdHex(), salt: randomBytes(saltLength) }
  if (ask.kind === 'recovery-code') return { ...slot, method: 2 }
  if (!ask.securityKey) return { ...slot, ...ask.cost, method: 1 }
  const { credential, input } = ask.securityKey
  return { ...slot, ...ask.cost, method: 3, credential, input }
}

async function slotKey(of: { lockerId: string; slot: SlotParams; offer: SlotOffer }): Promise<CryptoKey> {
  const raw = await rawSlotKey(of)
  const key = await importKey(raw)
  raw.fill(0)
  return key
}

async function rawSlotKey(of: { lockerId: string; slot: SlotParams; offer: SlotOffer }): Promise<Bytes> {
  const { lockerId, slot, offer } = of
  const info = contextOf(lockerId, 'slot-key', slot.id)
  if (offer.kind === 'recovery-code') return deriveKey({ secret: offer.secret, salt: slot.salt, info })
  if (slot.method === 2) throw new Error('This slot takes no passphrase')
  const fromPassphrase = await deriveSlotKey(offer.passphrase, slot)
  if (!offer.securityKey) return fromPassphrase
  if (offer.securityKey.output.length !== keyLength) throw new RangeError('Not an answer of a security key')
  const secret = concatBytes(fromPassphrase, offer.securityKey.output)
  const key = await deriveKey({ secret, salt: slot.salt, info })
  for (const bytes of [fromPassphrase, secret]) bytes.fill(0)
  return key
}

/** The parameters stand in the context, so that a slot with cheaper ones does not open. */
function slotContext(lockerId: string, slot: SlotParams): string {
  return contextOf(lockerId, 'root', slot.id, paramsText(slot))
}

function paramsText(slot: SlotParams): string {
  if (slot.method === 2) return `hkdf-sha256-${toHex(slot.salt)}`
  const passphrase = `argon2id-19-m${slot.memoryKib}-t${slot.passes}-p${slot.lanes}-${toHex(slot.salt)}`
  if (slot.method === 1) return passphrase
  return `${passphrase}-prf-${toHex(slot.credential)}-${toHex(slot.input)}`
}

function checkOf(slot: SlotParams & { root: Bytes }): Promise<Bytes> {
  return sha256Bytes(concatBytes(canonicalBytes([slot.id, slot.method]), toUtf8(paramsText(slot)), slot.root))
}
