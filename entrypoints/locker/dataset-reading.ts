import { signal } from '@preact/signals'
import type { ReviewRow } from '../../components/dataset/steps'
import { type Book, readBook } from '../../utils/dataset/book'
import { type Redactor, startRedactor } from '../../utils/dataset/redact'
import type { DatasetSource } from '../../utils/dataset/source'
import type { Session } from '../shared/session'
import { lockerSource, namedIdentifiers, redactedNames } from './dataset-source'
import type { OwnWatch } from './dataset-work'

/** What was read of the locker for a dataset: who and what is in it, and how its texts are redacted. */
export function createReading(session: Session) {
  const book = signal<Book | null>(null)
  let source: DatasetSource | null = null
  let redactor: Redactor | null = null

  return {
    book,
    source: () => source,
    /** Reads it anew: items, cases and names may have changed. */
    read: async (names: readonly string[], watch: OwnWatch): Promise<void> => {
      const state = session.locker.value
      if (state.kind !== 'open') return
      const { items, cases } = session.contents.value
      const opened = await lockerSource(state.locker, { itemIds: items.map(({ id }) => id), cases })
      const next = await readBook(opened, namedIdentifiers(cases, names), watch)
      watch.signal.throwIfAborted()
      source = opened
      redactor = startRedactor(redactedNames(cases, names), next.identifiers)
      book.value = next
    },
    /** A row of the review; null when its item cannot be opened. */
    propose: async (itemId: string): Promise<ReviewRow | null> => {
      const [record] = (await source?.open([itemId])) ?? []
      if (!record || !redactor) return null
      const original = record.item.post.text ?? ''
      const { text, redactions } = redactor(original)
      return { itemId, original, spans: redactions, redacted: text }
    },
    close: () => {
      book.value = null
    },
  }
}
