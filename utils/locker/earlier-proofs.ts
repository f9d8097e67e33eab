import { type EarlierProof, earlierIn, latestOfEach, thatHold } from '../custody/earlier'
import { anchorsAmong, anchorsThatHold, coversCapture } from '../custody/earlier-anchors'
import type { AnchorProof, Earlier } from '../custody/proofs'
import { earlierAnchors } from './earlier-logs'
import { readProofsOf } from './receive-bundle'
import type { OpenedRecord } from './records'
import type { OpenedRow } from './rows'
import type { TarEntry } from './tar'

/**
 * What other logs than `own` prove of items, by the item's id: what came with bundles of others, and what backups brought.
 * Only what holds in every part: a proof that does not fit must not leave under this locker's name.
 */
export async function gatherEarlier(
  records: readonly OpenedRecord[],
  { rows, own }: { rows: readonly OpenedRow[]; own: string },
): Promise<Map<string, Earlier[]>> {
  const files = await readProofsOf(
    rows,
    records.map(({ item }) => item.id),
  )
  const stampsOf = findStamps(rows)
  const gathered = new Map<string, Earlier[]>()
  for (const record of records) {
    const { id } = record.item
    const brought = files.get(id) ?? []
    const received = brought.flatMap((some) => earlierIn(some, id))
    const holding = await thatHold([...(record.state.earlier ?? []), ...received], { id, ...record })
    const latest: Earlier[] = []
    for (const proof of latestOfEach(holding, own)) {
      const anchors = (await stampsOf(proof, brought)).filter((anchor) => coversCapture(proof, anchor))
      latest.push(anchors.length > 0 ? { ...proof, anchors } : proof)
    }
    if (latest.length > 0) gathered.set(id, latest)
  }
  return gathered
}

/** Finds what others stamped of an earlier log, as far as it holds; looked into once for each checkpoint. */
function findStamps(rows: readonly OpenedRow[]) {
  const backedUp = earlierAnchors(rows)
  const known = new Map<string, Promise<AnchorProof[]>>()
  return (proof: EarlierProof, brought: readonly TarEntry[][]): Promise<AnchorProof[]> => {
    const { checkpoint } = proof
    const found =
      known.get(checkpoint) ??
      anchorsThatHold(proof, [
        ...(backedUp.get(checkpoint) ?? []),
        ...brought.flatMap((files) => anchorsAmong(files, checkpoint)),
      ])
    known.set(checkpoint, found)
    return found
  }
}
