import { vi } from 'vitest'
import { unpad } from '../../../utils/crypto/padding'
import { contextOf, openSealedKey, placeOf, type RecordPurpose, unwrapKey } from '../../../utils/crypto/seal'
import { importKey, openBox } from '../../../utils/crypto/wrap'
import { deriveKek } from '../../../utils/locker/epoch'
import { recordsIndex } from '../../../utils/locker/records-index'
import { rowsIndex } from '../../../utils/locker/rows'
import { openSlot, readSlot, type SlotOffer } from '../../../utils/locker/slots'

type Bytes = Uint8Array<ArrayBuffer>
type Row = Record<string, unknown> & { id: string }

/** Everything that was ever written to a store: what a log-structured disk may still hold. */
export type Residue = Map<string, Row[]>

/** Starts to remember every row that is written. */
export function rememberWrites(): { residue: Residue; stop: () => void } {
  const residue: Residue = new Map()
  const spies = (['put', 'add'] as const).map((name) => {
    const write = IDBObjectStore.prototype[name]
    return vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(function (
      this: IDBObjectStore,
      value,
      key,
    ) {
      residue.set(this.name, [...(residue.get(this.name) ?? []), structuredClone(value)])
      return write.call(this, value, key)
    })
  })
  return { residue, stop: () => spies.forEach((spy) => void spy.mockRestore()) }
}

/** What a box of the sealed index tells of, if the key opens it. */
async function idsInBox(of: {
  lockerId: string
  epoch: number
  key: CryptoKey
  row: Row
}): Promise<string[]> {
  const { lockerId, epoch, key, row } = of
  for (const { store, form } of [recordsIndex, rowsIndex]) {
    const context = contextOf(lockerId, 'index-box', store, form, row.id, epoch)
    const padded = await openBox(key, context, row.box as Bytes)
    const bytes = padded && unpad(padded)
    if (bytes) return (JSON.parse(new TextDecoder().decode(bytes)) as [string, unknown][]).map(([id]) => id)
  }
  return []
}

/**
 * Which records and rows somebody opens who has everything that was ever written, the file as it lies there now,
 * and every passphrase and code that was ever valid.
 */
export async function openEverything(options: {
  residue: Residue
  file: Bytes
  offers: readonly SlotOffer[]
}): Promise<Set<string>> {
  const { residue, file, offers } = options
  const metas = residue.get('meta') ?? []
  const lockerId = String(metas[0]?.lockerId)
  const roots: Bytes[] = []
  for (const row of residue.get('slots') ?? []) {
    const slot = await readSlot(row, 1)
    for (const offer of offers) {
      const root = slot && (await openSlot(lockerId, slot, offer))
      if (root) roots.push(root)
    }
  }
  const secrets = [24, 4_096 + 24].map((at) => file.slice(at, at + 32)).filter(({ length }) => length === 32)
  for (const { shred } of metas) if (shred instanceof Uint8Array) secrets.push(shred.slice(4, 36) as Bytes)
  const epochs = [...new Set(metas.map(({ epoch }) => Number(epoch)))]
  const keks: { epoch: number; kek: CryptoKey }[] = []
  for (const root of roots)
    for (const secret of secrets)
      for (const epoch of epochs)
        keks.push({ epoch, kek: await importKey(await deriveKek({ lockerId, epoch, root, secret })) })

  const opened = new Set<string>()
  const identities: string[] = []
  for (const { epoch, kek } of keks) {
    for (const { sealing } of metas) {
      const identity = await openBox(kek, contextOf(lockerId, 'sealing', epoch), sealing as Bytes)
      if (identity) identities.push(new TextDecoder().decode(identity))
    }
    for (const { index } of metas) {
      const raw = await openBox(kek, contextOf(lockerId, 'index', epoch), index as Bytes)
      if (!raw) continue
      opened.add(`index key of epoch ${epoch}`)
      const key = await importKey(raw)
      for (const row of residue.get('index') ?? [])
        for (const id of await idsInBox({ lockerId, epoch, key, row })) opened.add(id)
    }
  }
  for (const [store, purpose] of [
    ['inbox', 'item'],
    ['records', 'item'],
    ['rows', 'row'],
  ] as [string, RecordPurpose][]) {
    const all = residue.get(store) ?? []
    const newer = (residue.get(store === 'records' ? 'recordKeys' : 'rowKeys') ?? []).flatMap((key) =>
      all
        .filter(({ id }) => store !== 'inbox' && id === key.id)
        .map((row): Row => ({ ...row, key: key.key })),
    )
    for (const row of [...all, ...newer]) {
      const at = await placeOf({ lockerId, purpose, recordId: row.id, header: row.header as Bytes })
      if (!at) continue
      for (const { epoch, kek } of keks)
        if (await unwrapKey({ kek, place: at.place, epoch, box: row.key as Bytes })) opened.add(row.id)
      for (const identity of identities)
        if (await openSealedKey(identity, row.key as Bytes, at.hash)) opened.add(row.id)
    }
  }
  return opened
}
