import type { Bytes } from '../crypto/bytes'
import { sha256 } from '../crypto/digest'
import type { Header } from '../crypto/header'
import { openBlob, openMeta, openSealedKey, type Place, placeOf, type RecordPurpose } from '../crypto/seal'
import { importKey } from '../crypto/wrap'
import { type BackedUpItem, type BackedUpRow, isCanonical } from './read-backup'
import type { HandedOver } from './read-hand-over'
import { readFacts } from './records'
import { readPlain } from './rows'

/** An item of a drop-box, opened with the receiving key's private half; null when anything of it is not as it must be. */
export async function openHandedOverItem(
  identity: string,
  dropBox: string,
  thing: HandedOver,
): Promise<BackedUpItem | null> {
  const opened = await openThing(identity, dropBox, thing, 'item')
  const facts = opened && readFacts(opened.meta, thing.id)
  if (!opened || !facts || !isCanonical(facts.itemBytes)) return null
  if (facts.item.parts.length !== thing.blobs.length) return null
  const parts: Bytes[] = []
  for (const [index, part] of facts.item.parts.entries()) {
    const blob = thing.blobs[index]
    const bytes = blob && (await openBlob(opened.key, { ...opened, index }, blob))
    if (bytes?.length !== part.bytes || (await sha256(bytes)) !== part.sha256) return null
    parts.push(bytes)
  }
  return { kind: 'item', ...facts, state: { binnedAt: null }, parts }
}

/** A row of a drop-box, opened likewise; its value is not checked yet. Null when it does not open. */
export async function openHandedOverRow(
  identity: string,
  dropBox: string,
  thing: HandedOver,
): Promise<BackedUpRow | null> {
  const opened = await openThing(identity, dropBox, thing, 'row')
  const plain = opened && readPlain(opened.meta)
  return plain && { kind: 'row', id: thing.id, rowKind: plain.kind, value: plain.value }
}

type Opened = { key: CryptoKey; place: Place; header: Header; meta: Bytes }

async function openThing(
  identity: string,
  dropBox: string,
  thing: HandedOver,
  purpose: RecordPurpose,
): Promise<Opened | null> {
  const at = await placeOf({ lockerId: dropBox, purpose, recordId: thing.id, header: thing.header })
  const raw = at && (await openSealedKey(identity, thing.key, at.hash))
  if (!raw) return null
  const key = await importKey(raw)
  raw.fill(0)
  const meta = await openMeta(key, at.place, thing.meta)
  return meta && { key, place: at.place, header: at.header, meta }
}
