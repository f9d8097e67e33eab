import type { Case } from '../model/case'
import type { Assessment, Item } from '../model/item'
import { throwIfCancelled } from '../model/problem-error'

/** The person attacked, as the cases of an item name her; the key never leaves, only its pseudonym does. */
export type Target = {
  /** Two items with the same key are about the same person. */
  key: string
  /** As written in the case: a code or a name; empty when it says nothing. */
  country: string
  /** What the cases say the attacks are about. */
  grounds: readonly string[]
}

/** What a dataset is made from: one item, what the person says about it, and whom it attacks. */
export type DatasetRecord = {
  item: Item
  assessment: Assessment | null
  caseIds: readonly string[]
  /** Null while no case names anybody. */
  target: Target | null
}

/** The items of a locker, opened a few at a time and as often as needed: nothing is held that can be opened again. */
export type DatasetSource = {
  /** Every item of the locker, chosen or not: what is not chosen must not be in the output either. */
  ids: readonly string[]
  /** In the same order; null for one that is gone or damaged. */
  open: (ids: readonly string[]) => Promise<(DatasetRecord | null)[]>
}

const batchSize = 128

/** What cancels long work and is told how far it is. */
export type Watch = {
  signal?: AbortSignal | undefined
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined
}

/** The records with these ids, one after another; what is gone or damaged is passed over. Throws `AbortError`. */
export async function* openEach(
  source: DatasetSource,
  ids: readonly string[],
  watch: Watch = {},
): AsyncGenerator<DatasetRecord> {
  for (let start = 0; start < ids.length; start += batchSize) {
    throwIfCancelled(watch.signal)
    watch.onProgress?.({ done: start, total: ids.length })
    const records = await source.open(ids.slice(start, start + batchSize))
    for (const record of records) if (record) yield record
  }
  watch.onProgress?.({ done: ids.length, total: ids.length })
}

/** Whom the cases of an item name; the first that names somebody, in the order given. */
export function targetOf(cases: readonly Case[]): Target | null {
  for (const one of cases) {
    const name = one.attackedHandles.trim() || one.attackedName.trim()
    const key = name === '' && one.reporterRole === 'self' ? 'self' : name
    const { country, grounds = [] } = one
    if (key !== '') return { key: key.normalize('NFKC').toLowerCase(), country, grounds }
  }
  return null
}
