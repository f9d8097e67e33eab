import type { OpenedItem } from '../model/item'
import { declarationLines } from './declaration'
import { element, type Html } from './html'
import type { ReportFile } from './html-cover'

/**
 * The last sheet: a draft of a declaration for whoever saved the posts, about those items alone that were saved under
 * the locker which makes the report. Null where there is none, and beside redacted copies: what is covered was
 * changed. It names nobody; whoever signs writes the name.
 */
export function declarationSection(file: ReportFile, items: readonly OpenedItem[]): Html | null {
  const { words, sources, redacted } = file
  const own = items.filter(({ item }) => !sources?.has(item.id))
  if (own.length === 0 || (redacted?.size ?? 0) > 0) return null
  const lines = declarationLines({ items: own, words, name: '', files: 'report.declaration.below' })
  const [draft = '', ...rest] = lines
  return element(
    'section',
    { class: 'declaration' },
    element('h2', {}, words.t('report.html.declaration')),
    element('p', { class: 'soft' }, draft),
    rest.map((line) => element('p', {}, line)),
  )
}
