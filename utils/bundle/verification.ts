import type { Attestation } from '../custody/open-timestamps'
import type { TimeStamp, TimeStampReason } from '../custody/time-stamp'

/** What the verifier says something about. Words under `verify.statement.<id>` in `locales/`. */
export type StatementId =
  | 'readable'
  | 'container-canonical'
  | 'bag-complete'
  | 'files-intact'
  | 'tags-intact'
  | 'case-consistent'
  | 'item-well-formed'
  | 'redacted-well-formed'
  | 'redacted-tied'
  | 'report-present'
  | 'capture-time'
  | 'signed-by'
  | 'logged'
  | 'custody-consistent'
  | 'time-anchored'
  | 'earlier-proofs'
  | 'copy-of-whole'
  | 'copy-words'
  | 'copy-pictures'

/** Why the container could not be read at all. */
export type ReadReason =
  | 'empty'
  | 'not-a-zip'
  | 'encrypted'
  | 'too-large'
  | 'no-end-record'
  | 'zip64'
  | 'too-many-entries'
  | 'directory-damaged'
  | 'entry-damaged'
  | 'name-not-utf8'
  | 'name-refused'
  | 'name-twice'
  | 'special-file'
  | 'compressed'
  | 'entry-encrypted'
  | 'data-descriptor'
  | 'unknown-flags'
  | 'extra-field'
  | 'sizes-differ'
  | 'headers-differ'
  | 'outside-file'
  | 'overlap'
  | 'no-bag'

/** Why a statement failed or is absent. Words under `verify.why.<reason>`. */
export type Reason =
  | ReadReason
  | 'checksum-differs'
  | 'header-differs'
  | 'out-of-place'
  | 'out-of-order'
  | 'directory-differs'
  | 'file-missing'
  | 'not-listed'
  | 'listed-twice'
  | 'listed-not-there'
  | 'line-malformed'
  | 'order-differs'
  | 'unknown-file'
  | 'declaration-differs'
  | 'bag-info-malformed'
  | 'oxum-differs'
  | 'digest-differs'
  | 'size-differs'
  | 'file-too-large'
  | 'json-broken'
  | 'json-too-deep'
  | 'not-canonical'
  | 'schema'
  | 'id-differs'
  | 'part-not-listed'
  | 'cover-differs'
  | 'part-twice'
  | 'name-reserved'
  | 'salt-malformed'
  | 'items-differ'
  | 'bag-info-differs'
  | 'captured-before-posted'
  | 'captured-after-made'
  | 'clock-differs'
  | 'time-unreadable'
  | 'no-posted-time'
  | 'no-proofs'
  | 'no-anchors'
  | 'keys-broken'
  | 'keys-differ'
  | 'signature-wrong'
  | 'digest-not-signed'
  | 'checkpoint-differs'
  | 'not-in-log'
  | 'proof-twice'
  | 'not-signed'
  | 'entry-foreign'
  | TimeStampReason
  | 'block-not-compared'
  | 'stamp-pending'
  | 'no-redacted-copy'
  | 'no-whole-item'
  | 'whole-damaged'
  | 'commitment-differs'
  | 'words-differ'
  | 'left-out-differs'
  | 'picture-size-differs'
  | 'pixels-differ'
  | 'not-painted-over'
  | 'picture-damaged'
  | 'picture-not-compared'

/** One thing that holds, does not hold, or is not said in this bundle. `subject` is the file or item meant. */
export type Statement = {
  id: StatementId
  result: 'pass' | 'fail' | 'absent'
  subject: string | null
  detail: Reason | null
}

/**
 * What somebody else says of the first `size` entries of the log: a stamp, or the Bitcoin blocks to which a path leads,
 * whose headers are to be compared elsewhere.
 */
export type AnchorSeen = {
  path: string
  size: number
  stamp: TimeStamp | null
  blocks: Extract<Attestation, { kind: 'bitcoin' }>[]
}

/**
 * A log that items came through before the one that signed the bundle: the folder of its proofs, its key in words, the
 * fingerprint of its checkpoint, how many entries it had then, and the place of each capture in it, from 0.
 */
export type EarlierSeen = {
  path: string
  key: string
  checkpoint: string
  size: number
  places: Record<string, number>
  /** What others stamped of it. */
  anchors: AnchorSeen[]
}

/** What no check of a bundle can show. Words under `verify.notProved.<id>`. */
export const notProvedIds = [
  'page-altered-before-capture',
  'who-operated',
  'nothing-left-out',
  'true-author',
  'time-of-capture',
] as const
type NotProvedId = (typeof notProvedIds)[number]

export type Verification = {
  /** False when the file could not be read as a bundle; then `statements` holds one: why. */
  isBundle: boolean
  statements: Statement[]
  notProved: NotProvedId[]
  /** The items that could be read, in the order of the bundle. */
  items: { id: string; capturedAt: string; permalink: string | null; isRedacted: boolean }[]
  /**
   * Who signed and from which log, when the signature is good: the key in words, those of the keys before it, oldest
   * first, the fingerprint of the checkpoint,
   * how many entries the log has, the place of each item's capture in it, from 0,
   * and what others stamped of it.
   */
  proof: {
    key: string
    before: string[]
    checkpoint: string
    size: number
    places: Record<string, number>
    anchors: AnchorSeen[]
  } | null
  /** The logs that items came through before, as far as their proofs hold. */
  earlier: EarlierSeen[]
}

/** The statement holds; `subject` where there are several of its kind. */
export function passes(id: StatementId, subject: string | null = null): Statement {
  return { id, result: 'pass', subject, detail: null }
}

/** The statement does not hold, because of `detail` in `subject`. */
export function fails(id: StatementId, subject: string | null, detail: Reason): Statement {
  return { id, result: 'fail', subject, detail }
}

/** The bundle does not carry what the statement would need. */
export function isAbsent(id: StatementId, subject: string | null, detail: Reason): Statement {
  return { id, result: 'absent', subject, detail }
}

/** The failures, or one pass when there are none. */
export function allOrPass(
  id: StatementId,
  failures: Statement[],
  subject: string | null = null,
): Statement[] {
  return failures.length > 0 ? failures : [passes(id, subject)]
}
