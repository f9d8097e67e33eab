import { type RabatPart, rabatParts } from '../model/case'
import type { ReportSheet } from '../model/report'
import { describeContext, describeUrgency } from './case-values'
import { plainLines, quoteLines } from './foreign-text'
import { describeCounts } from './item-facts'
import { accountLines, describePattern } from './item-values'
import { section } from './letter'
import type { Prepared } from './prepare'

/** The receivers for whom the threshold test of the Rabat Plan of Action means something. */
const readers = ['un', 'police', 'regulator', 'partner', 'authority']

function content({ items }: Prepared): string {
  return items
    .flatMap(({ item }) => (item.post.text === null ? [] : [quoteLines(item.post.text)]))
    .join('\n\n')
}

function reach({ items, words }: Prepared): string {
  return items
    .flatMap(({ item }, index) => {
      const counts = describeCounts(item.post, words)
      const post = words.t('report.item-name', { number: index + 1 })
      return counts.length === 0
        ? []
        : [words.t('report.text.line', { label: post, value: counts.join(words.t('report.list-semicolon')) })]
    })
    .join('\n')
}

/** What the saved posts and the case themselves say of a part. */
function known(prepared: Prepared, part: RabatPart): string {
  const { case: owner, words } = prepared
  const values: Record<RabatPart, string> = {
    context: describeContext(owner, words),
    speaker: accountLines(prepared),
    intent: describePattern(prepared),
    content: content(prepared),
    extent: reach(prepared),
    likelihood: describeUrgency(owner, words),
  }
  return values[part]
}

/**
 * The six parts of the Rabat threshold test with what is known of each, for hate and threats and for receivers
 * who use it. Never a score and never a verdict; null where it does not belong. OHCHR, A/HRC/22/17/Add.4.
 */
export function rabatSheet(prepared: Prepared): ReportSheet | null {
  const { case: owner, channel, types, words } = prepared
  const isAbout = types.includes('hateful-conduct') || types.includes('threat-of-violence')
  if (!isAbout || !readers.includes(channel.kind)) return null
  const parts = rabatParts.map((part) => {
    const told = plainLines(owner.rabat?.[part] ?? '').trim()
    const value = [told, known(prepared, part)].filter((text) => text !== '').join('\n')
    return section(words.t(`report.rabat.${part}`), value === '' ? words.t('report.rabat.nothing') : value)
  })
  return {
    id: 'rabat',
    title: words.t('report.sheet.rabat'),
    text: [words.t('report.rabat.note'), ...parts].join('\n\n'),
  }
}
