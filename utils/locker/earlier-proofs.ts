import { type EarlierProof, earlierIn, latestOfEach, thatHold } from '../custody/earlier'
import { readProofsOf } from './receive-bundle'
import type { OpenedRecord } from './records'
import type { OpenedRow } from './rows'

/**
 * What other logs than `own` prove of items, by the item's id: what came with bundles of others, and what backups brought.
 * Only what holds in every part: a proof that does not fit must not leave under this locker's name.
 */
export async function gatherEarlier(
  records: readonly OpenedRecord[],
  { rows, own }: { rows: readonly OpenedRow[]; own: string },
): Promise<Map<string, EarlierProof[]>> {
  const files = await readProofsOf(
    rows,
    records.map(({ item }) => item.id),
  )
  const gathered = new Map<string, EarlierProof[]>()
  for (const record of records) {
    const { id } = record.item
    const received = (files.get(id) ?? []).flatMap((some) => earlierIn(some, id))
    const holding = await thatHold([...(record.state.earlier ?? []), ...received], { id, ...record })
    const latest = latestOfEach(holding, own)
    if (latest.length > 0) gathered.set(id, latest)
  }
  return gathered
}
