import { type Bytes, fromHex, toUtf8 } from '../crypto/bytes'
import { fingerprintWords, shortFingerprint } from '../crypto/fingerprint'
import type { SigningKey } from '../crypto/sign'
import type { EarlierProof } from './earlier'
import type { ExcerptLine } from './entry'
import type { Identity } from './identity'

/** How somebody else answered: a time-stamp authority (RFC 3161), or OpenTimestamps. */
export type AnchorForm = 'rfc3161' | 'opentimestamps'

/** A checkpoint that others stamped, as it stood, and the proof that the log grew from it. */
export type AnchorProof = {
  checkpoint: string
  consistency: readonly Bytes[]
  answers: readonly { form: AnchorForm; bytes: Bytes }[]
}

/** What another log proves of an item, with what others stamped of that log and that says something of the item. */
export type Earlier = EarlierProof & { anchors?: readonly AnchorProof[] }

/** What a bundle of some items is proved by; of other items nothing but how many leaves the log has. */
export type BundleProofs = {
  identity: Identity
  /** The signed checkpoint, as it stands. */
  checkpoint: string
  /** The key that signed it and signs the bundle: the last one of the identity. */
  key: SigningKey
  /** The proof of each item's capture by its id, as a text of tlog-proof. */
  captures: ReadonlyMap<string, string>
  /** The entries about these items and the keys, by their place in the log. */
  excerpt: readonly ExcerptLine[]
  /** Those that say something of at least one of these items, oldest first. */
  anchors: readonly AnchorProof[]
  /** What other logs prove of items that came from there, by the item's id. */
  earlier?: ReadonlyMap<string, readonly Earlier[]>
}

/**
 * What a person compares: the signing key in words, and the checkpoint in sixteen digits. `before` are the keys that
 * signed for the same log earlier, oldest first; each signed the one after it.
 */
export type Fingerprints = { key: string; checkpoint: string; before: string[] }

/** The fingerprints of a log's last key and of a signed checkpoint of it. */
export async function fingerprintsOf(proofs: {
  identity: Identity
  checkpoint: string
}): Promise<Fingerprints> {
  const keys = await Promise.all(
    proofs.identity.keys.map(({ publicKey }) => fingerprintWords(fromHex(publicKey))),
  )
  return {
    key: keys.at(-1) ?? '',
    before: keys.slice(0, -1),
    checkpoint: await shortFingerprint(toUtf8(headOf(proofs.checkpoint))),
  }
}

/** The three lines of a signed checkpoint, without its signatures: whoever signs it, it is the same head. */
function headOf(note: string): string {
  return note.slice(0, note.indexOf('\n\n') + 1)
}
