import type { Part, PartRecord } from '../model/item'
import { fail, type Outcome, succeed } from '../model/problem'
import type { OpenLocker } from './keyring'
import { openRecordPart } from './records'
import { findRecord, guardOpen } from './stored-item'

/** The picture of the post where there is one, else its first slice, else the page around it. */
const wanted: readonly PartRecord['role'][] = ['screenshot', 'tile', 'page']

/**
 * The one picture that stands for an item in a list, checked; no other part is opened. Problems as `openItem`;
 * `not-found` also when the item has no picture.
 */
export function openRowPicture(open: OpenLocker, id: string): Promise<Outcome<Part>> {
  return guardOpen(open, async (current) => {
    const found = await findRecord(current, id)
    if (!found.ok) return found
    const { parts } = found.value.item
    const index = wanted.map((role) => parts.findIndex((part) => part.role === role)).find((at) => at >= 0)
    if (index === undefined) return fail('not-found')
    const part = await openRecordPart(found.value, index)
    return part ? succeed(part) : fail('damaged-record', parts[index]?.name)
  })
}
