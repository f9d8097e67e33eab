import type { RedactedFacts } from '../model/redaction'
import type { Words } from '../words/translate'
import { isolate } from './foreign-text'
import { element, type Html } from './html'
import { code } from './html-parts'

/** Says of an item that it is a redacted copy: how much is covered, what stayed behind, and of what it is a copy. */
export function redactedNotice({ of, covered, leftOut }: RedactedFacts, words: Words): Html {
  const areas = covered.pictures.reduce((sum, picture) => sum + picture.areas.length, 0)
  const files = leftOut.map(isolate).join(words.t('report.list-comma'))
  return element(
    'div',
    { class: 'notice' },
    element('p', {}, words.t('report.redacted.what')),
    element(
      'ul',
      {},
      element('li', {}, words.t('report.redacted.areas', { count: areas })),
      element('li', {}, words.t('report.redacted.places', { count: covered.places })),
      element('li', {}, words.t('report.redacted.around')),
      leftOut.length === 0 ? null : element('li', {}, words.t('report.redacted.left-out', { files })),
    ),
    element('p', {}, words.t('report.redacted.tie')),
    element('p', { class: 'digest' }, code(of)),
  )
}
