import { toBase64 } from '../crypto/bytes'
import { readBase64, readCheckpointHead } from '../custody/checkpoint'
import type { AnchorProof } from '../custody/proofs'
import { z } from '../model/schema'
import { anchorsIn, answersOf } from './anchor-rows'
import type { OpenedRow } from './rows'

/**
 * How a log that was backed up grew from the heads that others had stamped of it: the answers come back with the rows
 * of the anchors, but the log with which this could be shown does not.
 */
const EarlierLog = z.strictObject({
  checkpoint: z.string().max(4_000),
  anchors: z
    .array(
      z.strictObject({
        checkpoint: z.string().max(4_000),
        consistency: z.array(z.base64().max(44)).max(128),
      }),
    )
    .max(1_000),
})

/** What is to be kept of a log at this checkpoint; null where nobody stamped it. */
export function describeLog(
  checkpoint: string,
  anchors: readonly AnchorProof[],
): z.infer<typeof EarlierLog> | null {
  if (anchors.length === 0) return null
  return {
    checkpoint,
    anchors: anchors.map((one) => ({
      checkpoint: one.checkpoint,
      consistency: one.consistency.map((hash) => toBase64(hash)),
    })),
  }
}

/** The name of the log that a row is about; null for rows of other kinds. */
export function logOfRow({ kind, value }: { kind: string; value: unknown }): string | null {
  const parsed = kind === 'earlier-log' ? EarlierLog.safeParse(value) : null
  return parsed?.success ? (readCheckpointHead(parsed.data.checkpoint)?.origin ?? null) : null
}

/** What others stamped of earlier logs, by the checkpoint that those were backed up at. Nothing is checked. */
export function earlierAnchors(rows: readonly OpenedRow[]): Map<string, AnchorProof[]> {
  const answers = new Map(anchorsIn(rows).map(({ anchor }) => [anchor.checkpoint, answersOf(anchor)]))
  const found = new Map<string, AnchorProof[]>()
  for (const { kind, value } of rows) {
    const parsed = kind === 'earlier-log' ? EarlierLog.safeParse(value) : null
    if (!parsed?.success) continue
    const anchors = parsed.data.anchors.map(({ checkpoint, consistency }) => ({
      checkpoint,
      consistency: consistency.map(readBase64).filter((hash) => hash !== null),
      answers: answers.get(checkpoint) ?? [],
    }))
    found.set(parsed.data.checkpoint, anchors)
  }
  return found
}
