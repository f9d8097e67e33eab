import type { Assessment } from '../model/item'
import type { Outcome } from '../model/problem'
import type { OpenLocker } from './keyring'

/** Adds an assessment; earlier ones stay. Works while locked. */
export async function keepAssessment(_: {
  assessment: Assessment
  recipient: string
  lockerId: string
  epoch?: number
}): Promise<Outcome<{ id: string }>> {
  throw new Error('Being built')
}

/** Every assessment of one item, newest first. */
export async function listAssessments(_open: OpenLocker, _itemId: string): Promise<Assessment[]> {
  throw new Error('Being built')
}
