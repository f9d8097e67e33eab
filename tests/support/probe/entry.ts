import { type Bytes, fromBase64, toBase64 } from '../../../utils/crypto/bytes'
import { writeBackup } from '../../../utils/locker/backup'
import { changePassphrase } from '../../../utils/locker/change-keys'
import { openDatabase } from '../../../utils/locker/database'
import { deletePermanently } from '../../../utils/locker/delete'
import { createDropBox, removeHandedOver } from '../../../utils/locker/drop-box'
import { findDamage } from '../../../utils/locker/find-damage'
import {
  ingestItems,
  listBinnedItems,
  listItems,
  openItem,
  sealAndKeepItem,
} from '../../../utils/locker/items'
import {
  createLocker,
  lockLocker,
  type OpenLocker,
  openLocker,
  unlockLocker,
} from '../../../utils/locker/keyring'
import { restoreBackup } from '../../../utils/locker/restore'
import { shredCell, useShredCell } from '../../../utils/locker/shred'
import { pageCell } from '../../../utils/locker/shred-cell-page'
import { writeHandOver } from '../../../utils/locker/write-hand-over'
import type { Item, Part } from '../../../utils/model/item'

/*
 * The locker's own functions, to be put into a page of the shipped extension by a test: same code, same origin, same
 * storage, same file that is overwritten. It holds nothing that the build lacks, and is part of no build.
 */

/** An item as the locker gives it back. `problem` is null only when every part has the digest it should have. */
export type FoundItem = { id: string; handle: string; text: string; problem: string | null }

/** What is in the locker: everything that it lists, each opened whole, and everything that it calls damaged. */
export type Contents = { epoch: number; items: FoundItem[]; damaged: string[]; waiting: number }

/** An item with its parts as they can travel. */
export type SentItem = { item: Item; parts: { name: string; base64: string }[] }

async function mustBeOpen(): Promise<OpenLocker> {
  const open = await openLocker()
  if (open === null) throw new Error('the locker is locked')
  return open
}

async function readItem(open: OpenLocker, id: string): Promise<FoundItem> {
  const opened = await openItem(open, id)
  if (!opened.ok) {
    const { code, detail } = opened.problem
    return { id, handle: '', text: '', problem: `${code} ${detail ?? ''}` }
  }
  const { post } = opened.value.item
  return { id, handle: post.author.handle ?? '', text: post.text ?? '', problem: null }
}

async function contents(): Promise<Contents> {
  const open = await mustBeOpen()
  const lists = [await listItems(open), await listBinnedItems(open)]
  const items: FoundItem[] = []
  for (const { id } of lists.flatMap((list) => list.items)) items.push(await readItem(open, id))
  const damaged = [...new Set([...lists.flatMap((list) => list.damaged), ...(await findDamage(open))])]
  return { epoch: open.epoch, items, damaged, waiting: await openDatabase().inbox.count() }
}

function partOf(sent: SentItem, { name, base64 }: SentItem['parts'][number]): Part {
  const record = sent.item.parts.find((one) => one.name === name)
  if (record === undefined) throw new Error(`no part ${name}`)
  return { record, bytes: fromBase64(base64) }
}

async function keep(sent: SentItem): Promise<string> {
  const parts = sent.parts.map((part) => partOf(sent, part))
  const kept = await sealAndKeepItem({ item: sent.item, parts })
  return kept.ok ? kept.value.id : kept.problem.code
}

async function collect(stream: ReadableStream<Bytes>): Promise<string> {
  return toBase64(new Uint8Array(await new Response(stream).arrayBuffer()))
}

/** Parts that no item names, and items of which a part is missing. */
async function countStrays(): Promise<number> {
  const db = openDatabase()
  const blobs = new Set(await db.blobs.toCollection().primaryKeys())
  const named = (await db.inbox.toArray()).flatMap(({ blobIds }) => blobIds)
  const missing = named.filter((id) => !blobs.delete(id))
  return blobs.size + missing.length
}

/** Everything answers with `ok` or the code of the problem, except what is asked for its value. */
export const locker = {
  create: async (passphrase: string) => {
    const outcome = await createLocker({ passphrase })
    return outcome.ok ? 'ok' : outcome.problem.code
  },
  unlock: async (passphrase: string) => {
    const outcome = await unlockLocker({ passphrase })
    return outcome.ok ? 'ok' : outcome.problem.code
  },
  lock: () => lockLocker(),
  isOpen: async () => (await openLocker()) !== null,
  contents,
  ingest: async () => ingestItems(await mustBeOpen()),
  keep: async (all: SentItem[]) => {
    const ids: string[] = []
    for (const one of all) ids.push(await keep(one))
    return ids
  },
  deleteItems: async (ask: { passphrase: string; ids: string[] }) => {
    const { passphrase, ids } = ask
    const outcome = await deletePermanently(await mustBeOpen(), { itemIds: ids, passphrase })
    return outcome.ok ? 'ok' : outcome.problem.code
  },
  changePassphrase: async (ask: { from: string; to: string }) => {
    const outcome = await changePassphrase({ by: { passphrase: ask.from }, passphrase: ask.to })
    return outcome.ok ? 'ok' : outcome.problem.code
  },
  lockerId: async () => (await mustBeOpen()).lockerId,
  backUp: async (passphrase: string) => {
    const to = { kind: 'passphrase', passphrase, workFactor: 10 } as const
    const outcome = await writeBackup(await mustBeOpen(), { to, madeAt: new Date() })
    return outcome.ok ? collect(outcome.value.stream) : outcome.problem.code
  },
  restore: async (ask: { file: string; passphrase: string }) => {
    const file = new Blob([fromBase64(ask.file)]).stream()
    const key = { kind: 'passphrase', passphrase: ask.passphrase } as const
    const outcome = await restoreBackup(await mustBeOpen(), { file, key })
    return outcome.ok ? 'ok' : outcome.problem.code
  },
  createDropBox: async (key: string) => {
    const outcome = await createDropBox({ key })
    return outcome.ok ? 'ok' : outcome.problem.code
  },
  /** Everything that waits in a drop-box, in Base64; null when nothing does. */
  handOver: async () => {
    const outcome = await writeHandOver({ writtenAt: new Date() })
    if (outcome.ok) return collect(outcome.value.stream)
    if (outcome.problem.code === 'not-found') return null
    throw new Error(outcome.problem.code)
  },
  removeHandedOver: async (ids: { items: string[]; rows: string[] }) => {
    const outcome = await removeHandedOver(ids)
    return outcome.ok ? 'ok' : outcome.problem.code
  },
  countStrays,
  /** The file that is overwritten, in Base64. */
  readCell: async () => toBase64((await shredCell()?.read()) ?? new Uint8Array(0)),
}

export type Locker = typeof locker

useShredCell(pageCell())
