import { browser } from 'wxt/browser'
import { fits, noFilter } from '../../components/locker/filter'
import { type Bytes, fromBase64, randomIdHex } from '../../utils/crypto/bytes'
import { canonicalBytes } from '../../utils/crypto/canonical-json'
import { defaultCost, deriveSlotKey } from '../../utils/crypto/passphrase'
import { encryptStream } from '../../utils/crypto/recipients'
import { importKey, openBox, sealBox } from '../../utils/crypto/wrap'
import { writeBackup } from '../../utils/locker/backup'
import { openDatabase } from '../../utils/locker/database'
import { deletePermanently } from '../../utils/locker/delete'
import { ingestItems, listItems, openItem, sealAndKeepItem } from '../../utils/locker/items'
import {
  createLocker,
  lockLocker,
  type OpenLocker,
  openLocker,
  unlockLocker,
} from '../../utils/locker/keyring'
import { entryFor, recordsIndex } from '../../utils/locker/records-index'
import { sealBackedUp } from '../../utils/locker/restore'
import { keepIndex, readIndex } from '../../utils/locker/sealed-index'
import { useShredCell } from '../../utils/locker/shred'
import { pageCell } from '../../utils/locker/shred-cell-page'
import type { Item, ItemSummary, Part } from '../../utils/model/item'

/*
 * What the measurements do inside a page of the shipped extension: the locker's own functions, with a clock around
 * them. Part of no build. Times are milliseconds.
 */

/** An item to be kept many times over, with the bytes of its parts in Base64. */
export type Pattern = { item: Item; parts: string[] }

const words = [
  'river',
  'lamp',
  'quarry',
  'wissen',
  'über',
  'كذب',
  'واضح',
  'မြန်မာ',
  'चिट्ठी',
  'ложь',
  '河边的灯',
  'wall',
  'answer',
]
let items: ItemSummary[] = []

async function mustBeOpen(): Promise<OpenLocker> {
  const open = await openLocker()
  if (open === null) throw new Error('the locker is locked')
  return open
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function say(number: number): string {
  return Array.from(
    { length: 30 },
    (_, at) => words[(number * 7 + at * (1 + (number % 5))) % words.length],
  ).join(' ')
}

function variant({ item }: Pattern, number: number): Item {
  const utc = new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString()
  const permalink = `https://x.com/harrow_blackmoor/status/${1_790_000_000_000 + number}`
  return {
    ...item,
    id: randomIdHex(),
    captured: { ...item.captured, utc },
    post: {
      ...item.post,
      postId: `${1_790_000_000_000 + number}`,
      permalink,
      text: `${say(number)} ${number}`,
    },
  }
}

function partsOf(pattern: Pattern): Part[] {
  return pattern.item.parts.map((record, index) => ({
    record,
    bytes: fromBase64(pattern.parts[index] ?? ''),
  }))
}

/** So many items straight into the unlocked locker, sealed as restoring does, a hundred in one transaction. */
async function seed(ask: { pattern: Pattern; from: number; count: number }): Promise<void> {
  const open = await mustBeOpen()
  const parts = partsOf(ask.pattern).map(({ bytes }) => bytes)
  const db = openDatabase()
  for (let start = 0; start < ask.count; start += 100) {
    const size = Math.min(100, ask.count - start)
    const sealed = await Promise.all(
      Array.from({ length: size }, (_, at) => {
        const item = variant(ask.pattern, ask.from + start + at)
        const salt = crypto.getRandomValues(new Uint8Array(32))
        const itemBytes = canonicalBytes(item)
        return sealBackedUp(open, { kind: 'item', item, itemBytes, salt, state: { binnedAt: null }, parts })
      }),
    )
    await db.transaction('rw', db.records, db.blobs, async () => {
      await db.records.bulkAdd(sealed.map(({ record }) => record))
      await db.blobs.bulkAdd(sealed.flatMap(({ blobs }) => blobs))
    })
  }
}

/**
 * So many items as a list sees them: each in the sealed index with facts of its own, and a record. The records are
 * copies of one, for lists open none of them; nothing but lists can be measured on them.
 */
async function seedListed(ask: { pattern: Pattern; count: number }): Promise<void> {
  await seed({ pattern: ask.pattern, from: 0, count: 1 })
  const open = await mustBeOpen()
  const db = openDatabase()
  const [record] = await db.records.toArray()
  const index = await readIndex(open, recordsIndex)
  if (!record || !index) throw new Error('nothing was seeded')
  await db.records.clear()
  const entries = new Map(
    Array.from({ length: ask.count }, (_, number) => {
      const item = variant(ask.pattern, number)
      return [item.id, entryFor({ item, state: { binnedAt: null } })] as const
    }),
  )
  const ids = [...entries.keys()]
  for (let start = 0; start < ids.length; start += 5_000)
    await db.records.bulkAdd(ids.slice(start, start + 5_000).map((id) => ({ ...record, id })))
  await keepIndex(index, entries)
  // The check for damage would find all of them.
  await browser.storage.session.set({ d: { records: 0, log: { isChanged: false, unknown: 0, removed: 0 } } })
}

/** What opening so many boxes of so many bytes costs, one after the other in batches of 200. */
async function openBoxes(ask: { count: number; bytes: number }): Promise<number> {
  const key = await importKey(crypto.getRandomValues(new Uint8Array(32)))
  const box = await sealBox(key, 'bench', new Uint8Array(ask.bytes))
  return timed(async () => {
    for (let done = 0; done < ask.count; done += 200) {
      const size = Math.min(200, ask.count - done)
      await Promise.all(Array.from({ length: size }, () => openBox(key, 'bench', box)))
    }
  })
}

async function sealBoxes(ask: { count: number; bytes: number }): Promise<number> {
  const key = await importKey(crypto.getRandomValues(new Uint8Array(32)))
  const plain = new Uint8Array(ask.bytes)
  return timed(async () => {
    for (let done = 0; done < ask.count; done++) await sealBox(key, 'bench', plain)
  })
}

async function drain(stream: ReadableStream<Uint8Array>): Promise<number> {
  let bytes = 0
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) bytes += chunk.length
  return bytes
}

function zeros(total: number): ReadableStream<Bytes> {
  const chunk = new Uint8Array(64 * 1_024)
  let left = total
  return new ReadableStream({
    pull(controller) {
      if (left <= 0) controller.close()
      else controller.enqueue(chunk)
      left -= chunk.length
    },
  })
}

const backupTo = {
  kind: 'passphrase',
  passphrase: 'stubble wiring muck disparate yo-yo late',
  workFactor: 10,
} as const

/** What is measured, each called by name in the page of the extension. */
export const bench = {
  create: async (passphrase: string) => {
    const made = await createLocker({ passphrase })
    if (!made.ok) throw new Error(made.problem.code)
  },
  lock: () => lockLocker(),
  seed,
  seedListed,
  openBoxes,
  sealBoxes,
  /** Argon2id alone, with the cost that new lockers have. */
  argon: async (passphrase: string) =>
    timed(() =>
      deriveSlotKey(passphrase, { ...defaultCost, salt: crypto.getRandomValues(new Uint8Array(16)) }),
    ),
  unlock: async (passphrase: string) =>
    timed(async () => {
      const open = await unlockLocker({ passphrase })
      if (!open.ok) throw new Error(open.problem.code)
    }),
  list: async () => {
    const open = await mustBeOpen()
    const ms = await timed(async () => {
      items = (await listItems(open)).items
    })
    return { ms, items: items.length }
  },
  /** Searches what was listed last, as one letter after the other is typed; the longest is given, too. */
  search: (text: string) => {
    const times = [...text].map((_, at) => {
      const start = performance.now()
      const found = items.filter(fits({ ...noFilter, search: text.slice(0, at + 1) }))
      return { ms: performance.now() - start, found: found.length }
    })
    return times
  },
  open: async (rounds: number) => {
    const open = await mustBeOpen()
    return timed(async () => {
      for (let round = 0; round < rounds; round++) {
        const opened = await openItem(open, items[(round * 97) % items.length]?.id ?? '')
        if (!opened.ok) throw new Error(opened.problem.code)
      }
    })
  },
  /** Captures as they come while the locker is locked, one after the other; a time for each. */
  capture: async (ask: { pattern: Pattern; from: number; count: number }) => {
    const parts = partsOf(ask.pattern)
    const times: number[] = []
    for (let number = 0; number < ask.count; number++) {
      const item = variant(ask.pattern, ask.from + number)
      times.push(
        await timed(async () => {
          const kept = await sealAndKeepItem({ item, parts })
          if (!kept.ok) throw new Error(kept.problem.code)
        }),
      )
    }
    return times
  },
  ingest: async () => {
    const open = await mustBeOpen()
    let ingested = 0
    const ms = await timed(async () => {
      ingested = (await ingestItems(open)).ingested
    })
    return { ms, ingested }
  },
  /** Deletes one item for good: the keys of all others are wrapped anew. */
  rotate: async (passphrase: string) => {
    const open = await mustBeOpen()
    const start = performance.now()
    let firstAt = 0
    let lastAt = 0
    const deleted = await deletePermanently(open, {
      itemIds: [items[0]?.id ?? ''],
      passphrase,
      onProgress: () => {
        firstAt ||= performance.now()
        lastAt = performance.now()
      },
    })
    if (!deleted.ok) throw new Error(deleted.problem.code)
    const end = performance.now()
    return {
      ms: end - start,
      beforeMs: firstAt - start,
      wrappingMs: lastAt - firstAt,
      storingMs: end - lastAt,
    }
  },
  backup: async () => {
    const open = await mustBeOpen()
    let bytes = 0
    const ms = await timed(async () => {
      const backup = await writeBackup(open, { to: backupTo, madeAt: new Date() })
      if (!backup.ok) throw new Error(backup.problem.code)
      bytes = await drain(backup.value.stream)
    })
    return { ms, bytes }
  },
  /** The cipher of backups over so many bytes. */
  age: async (bytes: number) => timed(async () => drain(await encryptStream(zeros(bytes), backupTo))),
}

useShredCell(pageCell())
