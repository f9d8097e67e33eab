import { randomIdHex } from '../crypto/bytes'
import { decryptStream } from '../crypto/recipients'
import { Assessment } from '../model/item'
import { fail, type Outcome, succeed } from '../model/problem'
import { randomId, utcTime, z } from '../model/schema'
import { toItsEnd } from '../model/slices'
import { sortingAssessments } from './assessments'
import { inEpoch } from './epoch'
import type { HandOverHead } from './hand-over-format'
import { ingestInbox } from './ingest'
import type { OpenLocker } from './keyring'
import { type MergedNotes, noteMerged } from './merged-notes'
import { openHandedOverItem, openHandedOverRow } from './open-handed-over'
import type { BackedUpRow } from './read-backup'
import { type HandedOver, readHandOver } from './read-hand-over'
import { listReceivingKeys, type ReceivingKey } from './receiving-key'
import { compareItem, countMerged, knownRows, type Merged, mergeItem, mergeRow } from './restore'
import { keepRow, type OpenedRow, readRows } from './rows'
import { guardStorage } from './storage-problem'

/** Where items came from that were not captured on this device. */
export type Origin = { receivedAt: string; writtenAt: string; dropBox: string }

const Received = z.strictObject({
  receivedAt: utcTime,
  writtenAt: utcTime,
  /** The id that the drop-box gave itself. Whoever has the public key can claim any. */
  dropBox: randomId,
  itemIds: z.array(randomId),
})
type Received = z.infer<typeof Received>

type ReceiveProgress = { kind: 'checking' | 'adding'; done: number; total: number }

export type Receive = {
  file: Blob
  at: Date
  onProgress?: (progress: ReceiveProgress) => void
  signal?: AbortSignal
}

/**
 * `damaged` counts what does not open, or is not what it says it is; `leftOut` what was damaged in the drop-box
 * already. Rows are what was said of items at their capture. `keyRetiredAt` is when the key that the file is sealed
 * for was retired; null when it was not.
 */
export type ReceiveReport = {
  items: Merged
  rows: Merged
  damaged: number
  leftOut: number
  dropBox: string
  writtenAt: string
  keyRetiredAt: string | null
}

/**
 * Adds to the locker what a hand-over holds. The whole file is read and every item opened and checked before the first
 * is added; then the origin of all is noted, then each item comes whole or not at all. Never overwrites: what is here
 * under an id stays, and so does what is said here of an item. May be cut off anywhere and done again. Problems:
 * those of `readHandOver`, `locked`, `disk-full`, `storage-unavailable`.
 */
export function receiveHandOver(open: OpenLocker, receive: Receive): Promise<Outcome<ReceiveReport>> {
  return guardStorage(async () => {
    const { file, signal } = receive
    if ((await inEpoch(open, ingestInbox)) === null) return fail('locked')
    const found = await findKey(open, file)
    if (!found.ok) return found
    const { identity, retiredAt: keyRetiredAt = null } = found.value
    const read = { file, key: { kind: 'identities' as const, identities: [identity] }, signal }
    const tell = (kind: ReceiveProgress['kind']) => (progress: { done: number; total: number }) =>
      receive.onProgress?.({ kind, ...progress })
    const fresh: string[] = []
    const checked = await readHandOver({ ...read, onProgress: tell('checking') }, async (thing, from) => {
      const item = thing.kind === 'items' ? await openHandedOverItem(identity, from.dropBox, thing) : null
      const here = item && (await inEpoch(open, (current) => compareItem(current, item)))
      if (here === 'none' || here === 'same') fresh.push(thing.id)
      return succeed({})
    })
    if (!checked.ok) return checked
    const { dropBox, writtenAt, leftOut } = checked.value
    const noted = await noteOrigin(open, {
      receivedAt: receive.at.toISOString(),
      writtenAt,
      dropBox,
      itemIds: fresh,
    })
    if (!noted.ok) return noted
    const notes = noteMerged(open)
    const adding = await startAdding(open, { identity, notes })
    const added = await readHandOver({ ...read, onProgress: tell('adding') }, adding.add)
    // Also of what came before a failure.
    await notes.end()
    return added.ok ? succeed({ ...adding.report, leftOut, dropBox, writtenAt, keyRetiredAt }) : added
  })
}

/** Where the items of the locker came from that were handed over to it; by item, the first time it was received. */
export async function listOrigins(open: OpenLocker): Promise<Map<string, Origin>> {
  return originsIn((await readRows(open)).rows)
}

/** As `listOrigins`, among opened rows. */
export function originsIn(rows: readonly OpenedRow[]): Map<string, Origin> {
  const received = rows.flatMap(({ kind, value }) => {
    const parsed = kind === 'received' ? Received.safeParse(value) : null
    return parsed?.success ? [parsed.data] : []
  })
  const origins = new Map<string, Origin>()
  received.sort((one, other) => (one.receivedAt < other.receivedAt ? -1 : 1))
  for (const { itemIds, ...origin } of received) {
    for (const id of itemIds) if (!origins.has(id)) origins.set(id, origin)
  }
  return origins
}

async function noteOrigin(open: OpenLocker, received: Received): Promise<Outcome<unknown>> {
  const known = await listOrigins(open)
  const itemIds = received.itemIds.filter((id) => !known.has(id))
  if (itemIds.length === 0) return succeed({})
  return keepRow({ to: open, id: randomIdHex(), kind: 'received', value: { ...received, itemIds } })
}

/** The key that the file is sealed for. Problems: `not-a-hand-over`, `wrong-receiving-key`. */
async function findKey(open: OpenLocker, file: Blob): Promise<Outcome<ReceivingKey>> {
  for (const key of await listReceivingKeys(open)) {
    try {
      const opened = await decryptStream(file.stream(), { kind: 'identities', identities: [key.identity] })
      if (opened === null) continue
      await opened.cancel()
      return succeed(key)
    } catch {
      return fail('not-a-hand-over')
    }
  }
  return fail('wrong-receiving-key')
}

type Adding = {
  report: { items: Merged; rows: Merged; damaged: number }
  add: (thing: HandedOver, from: HandOverHead) => Promise<Outcome<unknown>>
}

async function startAdding(
  open: OpenLocker,
  { identity, notes }: { identity: string; notes: MergedNotes },
): Promise<Adding> {
  const known = await knownRows(open)
  const { byItem } = await toItsEnd(sortingAssessments((await readRows(open)).rows))
  const report = {
    items: { added: 0, same: 0, conflicts: [] } as Merged,
    rows: { added: 0, same: 0, conflicts: [] } as Merged,
    damaged: 0,
  }
  /** The items of this file that are in the locker now. */
  const present = new Set<string>()

  async function addItem(thing: HandedOver, dropBox: string): Promise<Outcome<unknown>> {
    const item = await openHandedOverItem(identity, dropBox, thing)
    if (item === null) {
      report.damaged += 1
      return succeed({})
    }
    const merged = await mergeItem(open, item, { source: 'hand-over', notes })
    if (!merged.ok) return merged
    countMerged(report.items, merged.value, thing.id)
    if (merged.value !== 'conflict') present.add(thing.id)
    return merged
  }

  /** Only what was said of an item of this file, and only where nothing else is said of it here. */
  function isWelcome(row: BackedUpRow): boolean {
    const parsed = Assessment.safeParse(row.value)
    if (!parsed.success || !present.has(parsed.data.itemId)) return false
    return known.has(row.id) || !byItem.has(parsed.data.itemId)
  }

  async function addRow(thing: HandedOver, dropBox: string): Promise<Outcome<unknown>> {
    const row = await openHandedOverRow(identity, dropBox, thing)
    if (row === null) {
      report.damaged += 1
      return succeed({})
    }
    // What the drop-box noted for its own log means nothing in another.
    if (row.rowKind !== 'assessment') return succeed({})
    if (!isWelcome(row)) {
      report.rows.conflicts.push(row.id)
      return succeed({})
    }
    const merged = await mergeRow(open, row, { known, notes })
    if (merged.ok) countMerged(report.rows, merged.value, row.id)
    return merged
  }

  return {
    report,
    add: (thing, { dropBox }) => (thing.kind === 'items' ? addItem(thing, dropBox) : addRow(thing, dropBox)),
  }
}
