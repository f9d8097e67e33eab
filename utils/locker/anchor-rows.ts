import { type Bytes, fromBase64 } from '../crypto/bytes'
import { readCheckpointHead } from '../custody/checkpoint'
import type { AnchorForm } from '../custody/proofs'
import { utcTime, z } from '../model/schema'
import type { OpenedRow } from './rows'

const base64 = z.base64().max(200_000)

/** A checkpoint that was given to be stamped, with what came back. */
export const Anchor = z.strictObject({
  /** The signed checkpoint, as it left. */
  checkpoint: z.string().max(4_000),
  nonce: z.string().regex(/^[0-9a-f]{2,40}$/),
  askedAt: utcTime,
  answers: z
    .array(
      z.strictObject({
        form: z.enum(['rfc3161', 'opentimestamps']),
        bytes: base64,
        receivedAt: utcTime,
        /** What it says, as found when it came; null for a path to a block, and for a promise. */
        stampedAt: utcTime.nullable(),
        authority: z.string().max(200).nullable(),
      }),
    )
    .max(20),
})
export type Anchor = z.infer<typeof Anchor>

export type KeptAnchor = { id: string; anchor: Anchor; size: number }

/** The anchors among opened rows, newest first. */
export function anchorsIn(rows: readonly OpenedRow[]): KeptAnchor[] {
  const kept = rows.flatMap(({ id, kind, value }) => {
    const parsed = kind === 'anchor' ? Anchor.safeParse(value) : null
    const head = parsed?.success ? readCheckpointHead(parsed.data.checkpoint) : null
    return parsed?.success && head ? [{ id, anchor: parsed.data, size: head.size }] : []
  })
  return kept.toSorted((one, other) => other.size - one.size || (one.id < other.id ? -1 : 1))
}

/** The answers of an anchor as a bundle carries them. */
export function answersOf({ answers }: Anchor): { form: AnchorForm; bytes: Bytes }[] {
  return answers.map(({ form, bytes }) => ({ form, bytes: fromBase64(bytes) }))
}
