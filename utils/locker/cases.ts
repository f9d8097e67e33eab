import type { Case } from '../model/case'
import type { Outcome } from '../model/problem'
import type { OpenLocker } from './keyring'

/** Every case, latest change first. */
export async function listCases(_: OpenLocker): Promise<{ cases: Case[]; damaged: string[] }> {
  throw new Error('Being built')
}

/** Stores a case, in place of the one with the same id. */
export async function keepCase(_open: OpenLocker, _case: Case): Promise<Outcome<{ id: string }>> {
  throw new Error('Being built')
}

/** Removes a case; its items stay. */
export async function deleteCase(_open: OpenLocker, _id: string): Promise<Outcome<{ id: string }>> {
  throw new Error('Being built')
}
