import { toHex, toUtf8 } from '../crypto/bytes'
import { shortFingerprint } from '../crypto/fingerprint'
import { readCheckpointHead, writeHead } from '../custody/checkpoint'
import { sizeOfEarlier } from '../custody/earlier'
import type { EntryKind } from '../custody/entry'
import { fingerprintsOf } from '../custody/proofs'
import { readTlogProof } from '../custody/tlog-proof'
import { fail, type Outcome, succeed } from '../model/problem'
import type { Source } from './begin-log'
import { entriesIn } from './custody'
import type { MetaRow } from './database'
import { gatherEarlier } from './earlier-proofs'
import { readMeta } from './epoch'
import type { OpenLocker } from './keyring'
import { type Log, placeEntries, readIdentity, readLog } from './placed-log'
import { capturedLeaf, ingestedEntry, type OpenedRecord } from './records'
import { readRows } from './rows'
import { openHead } from './signing'
import { findRecord, guardOpen } from './stored-item'

/** One thing that happened to an item: when, and at which place of the log, from 0. */
type CustodyStep = {
  kind: 'captured' | EntryKind
  at: string
  place: number
  /** Where it came from, of what was received or adopted. */
  from: Source | null
}

/** What the custody log holds of one item. */
export type ItemCustody = {
  /** In the order of the log; none where the log does not know the item. */
  steps: CustodyStep[]
  /** How many entries the log has. */
  size: number
  /** The last checkpoint that was signed: so many entries, and its short fingerprint; null before the first. */
  checkpoint: { size: number; digits: string } | null
  /** Other logs whose proofs of the item hold and are kept with it: the key in words, and the capture's place there. */
  others: { words: string; place: number; size: number }[]
}

/**
 * What the custody log of this locker holds of an item. Problems: those of `findRecord`, `log-damaged` where the log has
 * a gap or is not what its last signed checkpoint was over, `locked`, `storage-unavailable`.
 */
export function readItemCustody(open: OpenLocker, id: string): Promise<Outcome<ItemCustody>> {
  return guardOpen(open, async (current) => {
    const found = await findRecord(current, id)
    if (!found.ok) return found
    const read = await readMeta()
    if (!read.ok) return read
    const log = await readLog(current, read.value)
    if (log === null) return fail('log-damaged')
    const steps = [
      ...(await stepOfCapture(log, found.value)),
      ...(await stepsSince(current, log, found.value)),
    ]
    steps.sort((one, other) => one.place - other.place)
    const [checkpoint, others] = [
      await lastCheckpoint(current, read.value),
      await otherLogs(current, log, found.value),
    ]
    return succeed({ steps, size: log.tree.size, checkpoint, others })
  })
}

async function stepOfCapture(log: Log, { item, itemBytes, salt }: OpenedRecord): Promise<CustodyStep[]> {
  const place = log.places.get(toHex(await capturedLeaf(salt, itemBytes)))
  return place === undefined ? [] : [{ kind: 'captured', at: item.captured.utc, place, from: null }]
}

async function stepsSince(open: OpenLocker, log: Log, { item, state }: OpenedRecord): Promise<CustodyStep[]> {
  const entry = ingestedEntry(item.id, state)
  const own = entry && state.ingested ? [{ entry, salt: state.ingested.salt, opening: null }] : []
  const kept = entriesIn((await readRows(open)).rows).map(({ custody }) => custody)
  const wanted = kept.filter(({ entry: { item: about } }) => about === item.id)
  const placed = await placeEntries(log, [...own, ...wanted])
  return placed.map(
    ({
      custody: {
        entry: { kind, at, detail },
      },
      index,
    }) => ({
      kind,
      at,
      place: index,
      from: sourceOf(detail.from),
    }),
  )
}

const sources: readonly string[] = ['before-log', 'backup', 'hand-over', 'bundle'] satisfies Source[]

function sourceOf(from: string | undefined): Source | null {
  return from !== undefined && sources.includes(from) ? (from as Source) : null
}

async function otherLogs(open: OpenLocker, log: Log, record: OpenedRecord): Promise<ItemCustody['others']> {
  const identity = await readIdentity(open, log)
  const { rows } = await readRows(open)
  const earlier = await gatherEarlier([record], { rows, own: identity?.origin ?? '' })
  return Promise.all(
    (earlier.get(record.item.id) ?? []).map(async (proof) => ({
      words: (await fingerprintsOf(proof)).key,
      place: readTlogProof(proof.capture)?.index ?? 0,
      size: sizeOfEarlier(proof),
    })),
  )
}

async function lastCheckpoint(open: OpenLocker, meta: MetaRow): Promise<ItemCustody['checkpoint']> {
  const note = await openHead(open, meta)
  const head = note === null || note === 'damaged' ? null : readCheckpointHead(note)
  return head && { size: head.size, digits: await shortFingerprint(toUtf8(writeHead(head))) }
}
