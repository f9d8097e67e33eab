import { randomIdHex } from '../../utils/crypto/bytes'
import type { Case } from '../../utils/model/case'
import type { Assessment } from '../../utils/model/item'

/** A case with a title and nothing else known. */
export function newCase({ title }: { title: string }): Case {
  const now = new Date().toISOString()
  return {
    id: randomIdHex(),
    createdAt: now,
    changedAt: now,
    title,
    itemIds: [],
    narrative: '',
    types: [],
    reporterRole: null,
    reporterName: '',
    reporterEmail: '',
    organisation: '',
    attackedName: '',
    attackedHandles: '',
    authorisation: '',
    country: '',
    provision: '',
    reasons: '',
    isGoodFaith: false,
  }
}

const nothingSaid: Omit<Assessment, 'itemId' | 'at'> = {
  types: [],
  severity: null,
  isImminent: null,
  grounds: [],
  isCoordinated: null,
  note: '',
}

type AssessmentChange = { itemId: string; before: Assessment | null; patch: Partial<Assessment> }

/**
 * The next assessment of an item: what was said before, with the change, at this moment. It is always dated after the
 * one before, by a millisecond where the clock was set back, for the newest is the one that counts.
 */
export function newAssessment({ itemId, before, patch }: AssessmentChange): Assessment {
  const earliest = before === null ? 0 : Date.parse(before.at) + 1
  const at = new Date(Math.max(Date.now(), earliest)).toISOString()
  return { ...nothingSaid, ...before, ...patch, itemId, at }
}
