import type { OpenedItem } from '../model/item'
import type { RedactedFacts } from '../model/redaction'
import type { Words } from '../words/translate'
import { type Child, element, type Html } from './html'
import { code, factList, quotation, row, sentences } from './html-parts'
import { pictureFigure } from './html-picture'
import { redactedNotice } from './html-redacted'
import { describeAuthor, itemFacts, postFacts } from './item-facts'
import { methodFacts } from './method-facts'
import { describeGroup, describeSecondLooks } from './related-items'
import { describeClockTrouble, describeConflicts } from './said-twice-facts'

function contextPosts({ item }: OpenedItem, words: Words): Child {
  if (item.context.length === 0) return null
  const posts = item.context.map((post) =>
    element(
      'li',
      {},
      element('p', {}, describeAuthor(post) ?? ''),
      post.text === null ? null : quotation(post.text, post.language),
      factList(postFacts(post, words), post, words),
    ),
  )
  return [element('h3', {}, words.t('report.html.context')), element('ol', {}, posts)]
}

function fileTable({ item }: OpenedItem, words: Words): Child {
  if (item.parts.length === 0) return null
  const cell = (name: 'th' | 'td', ...children: Child[]) => element(name, {}, ...children)
  const rows = item.parts.map((part) =>
    element(
      'tr',
      {},
      cell('td', code(part.name)),
      cell('td', words.t('report.unit.bytes', { count: part.bytes })),
      element('td', { class: 'digest' }, code(part.sha256)),
    ),
  )
  const head = element(
    'tr',
    {},
    cell('th', words.t('report.html.file')),
    cell('th', words.t('report.html.size')),
    cell('th', words.t('report.html.digest')),
  )
  return element(
    'div',
    { class: 'files' },
    element('h3', {}, words.t('report.html.files')),
    element('table', {}, element('thead', {}, head), element('tbody', {}, rows)),
  )
}

/** What one has to know before relying on the item: conflicts, and a clock that was off. */
function warnings({ item }: OpenedItem, words: Words): Child {
  const clock = describeClockTrouble(item, words)
  const conflicts = describeConflicts(item, words).map(({ sentence, quotes }) => [
    element('p', {}, sentence),
    quotes.map(({ label, text }) => [element('p', {}, label), quotation(text, item.post.language)]),
  ])
  if (conflicts.length === 0 && clock === null) return null
  return element('div', { class: 'notice' }, conflicts, clock === null ? null : element('p', {}, clock))
}

/** How the item hangs together with others: saved in one act, looked at again, or captured elsewhere, too. */
function relations(
  opened: OpenedItem,
  { items, words, source, corroboration }: Pick<Place, 'items' | 'words' | 'source' | 'corroboration'>,
): Child {
  const group = describeGroup(opened, items, words)
  const looks = describeSecondLooks(opened, items, words)
  const others = looks.length + corroboration.length
  if (group === null && source === null && others === 0) return null
  return element(
    'dl',
    {},
    source === null ? null : row(words.t('item.origin'), source),
    group === null ? null : row(words.t('report.fact.group'), group),
    looks.length === 0 ? null : row(words.t('report.fact.second-look'), sentences(looks)),
    corroboration.length === 0
      ? null
      : row(words.t('corroboration.title'), sentences([...corroboration, words.t('corroboration.about')])),
  )
}

type Place = {
  number: number
  items: readonly OpenedItem[]
  isInReport: boolean
  /** Its picture is in the report itself, too. */
  hasPicture: boolean
  words: Words
  /** The fingerprint of the custody log's checkpoint. */
  checkpoint: string | null
  /** From which other locker it came; null where it was captured under this one. */
  source: string | null
  /** Sentences about the captures of the same post from other lockers. */
  corroboration: readonly string[]
  /** What is said of a redacted copy; null for a whole item. */
  redacted: RedactedFacts | null
}

/** One item on its own sheet: the picture, the facts, then how it was made and what that leaves open. */
export function itemSection(opened: OpenedItem, place: Place): Html {
  const { number, items, isInReport, words, redacted } = place
  const count = items.length
  // What the page says twice stays behind, so nothing can be said of it.
  const method = methodFacts(opened, words).filter(
    ({ label }) => redacted === null || label !== 'report.method.sources',
  )
  return element(
    'section',
    {},
    element('h2', {}, words.t('report.html.item', { number, count })),
    isInReport ? null : element('p', { class: 'soft' }, words.t('report.html.other-item')),
    redacted && redactedNotice(redacted, words),
    warnings(opened, words),
    pictureFigure(opened, { number, words, isInside: place.hasPicture }),
    element('h3', {}, words.t('report.html.facts')),
    factList(itemFacts(opened, words), opened.item.post, words),
    relations(opened, place),
    contextPosts(opened, words),
    element('h3', {}, words.t('report.html.method')),
    element(
      'dl',
      {},
      method.flatMap(({ label, values }) => row(words.t(label), sentences(values))),
      place.checkpoint === null ? null : row(words.t('report.html.checkpoint-short'), code(place.checkpoint)),
    ),
    fileTable(opened, words),
  )
}
