import type { CaptureSource, Corroborating } from '../../utils/model/corroboration'
import type { ItemSummary, PartRecord } from '../../utils/model/item'
import type { SaidTwice } from '../../utils/model/said-twice'
import type { ReadingChanges } from '../../utils/model/versions'

/** One original picture of an item. `url` is null while it is hidden. */
export type KeptPicture = {
  record: PartRecord
  url: string | null
  /** Other items with the very same file. */
  same: ItemSummary[]
  /** Other items with a picture that is likely a copy. */
  alike: ItemSummary[]
}

/** The device's clock beside the platform's. */
export type ClockCompared = { how: 'behind' | 'ahead' | 'same'; amount: string; isOff: boolean }

/** A capture of the same post. `changes` is null where there is none before, or the post is not in it. */
export type Version = { summary: ItemSummary; changes: ReadingChanges | null; isPostThere: boolean }

/** The bundle that an item came in. `words` stand for the key that signed it; null without a good signature. */
export type BundleOrigin = {
  receivedAt: string
  words: string | null
  /** The place of the capture in the sender's log, from 0, with its size and the fingerprint of its checkpoint. */
  log: { place: number; size: number; checkpoint: string } | null
  /** How many things the check of it found wrong. */
  failures: number
}

/** A capture of the same post from another locker; `source` null where it is this one. */
export type Corroboration = Pick<Corroborating<ItemSummary>, 'words'> & {
  summary: ItemSummary
  source: CaptureSource | null
}

/**
 * One thing that happened to an item, at its place in the custody log, from 0; `from` says where it came from, of what
 * was not captured under this log.
 */
export type CustodyStep = {
  kind:
    | 'captured'
    | 'ingested'
    | 'assessed'
    | 'noted'
    | 'exported'
    | 'filed'
    | 'answered'
    | 'received'
    | 'adopted'
    | 'deleted'
    | 'key'
  at: string
  place: number
  from: 'before-log' | 'backup' | 'hand-over' | 'bundle' | null
}

/** What the custody log holds of an item, how long it is, and its last signed checkpoint. */
export type ItemCustody = {
  steps: readonly CustodyStep[]
  size: number
  checkpoint: { size: number; digits: string } | null
  /** Other logs that prove it, too: the key in words, and the capture's place there, from 0. */
  others: readonly { words: string; place: number; size: number }[]
}

/** What is told of an item besides its own facts. */
export type ItemDetails = {
  saidTwice: SaidTwice[]
  /** Null when nobody asked the platform for its time. */
  clock: ClockCompared | null
  /** The platform whose reader should have read it; null when its own reader did, or none is expected to. */
  expectedName: string | null
  /** Oldest first, the item itself included. */
  versions: Version[]
  /** The page gave what is needed to find other captures of the post. */
  hasIdentity: boolean
  /** What is left of the items captured with it, in order, itself included; empty when it was captured alone. */
  group: ItemSummary[]
  pictures: KeptPicture[]
  /** The drop-box that it was sealed in; null when it was captured here or came with a backup. */
  origin: { receivedAt: string; name: string } | null
  /** Null when it did not come in a bundle. */
  bundle: BundleOrigin | null
  corroboration: Corroboration[]
}
