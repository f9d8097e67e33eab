import { describeSender } from './case-values'
import { linkLines } from './compose-text'
import { fillField } from './fill-field'
import { findMissing, missing } from './find-missing'
import { plainLines } from './foreign-text'
import { shortenedWarning } from './in-product'
import { section } from './letter'
import type { Prepared, Written } from './prepare'

/**
 * A request to remove intimate images: signature, place, statement of no consent, contact. Not ready without the
 * elements that the receiver asks for. Neither the image nor a word of the post is ever in it.
 */
export function writeNciiNotice(prepared: Prepared): Written {
  const { case: owner, items, words } = prepared
  const filled = prepared.channel.fields.map((field) => fillField(prepared, field))
  const asksSignature = prepared.channel.fields.some((field) => field.holds === 'signature')
  const isRepresented = owner.reporterRole !== null && owner.reporterRole !== 'self'
  const text = [
    words.t('report.ncii.title'),
    section(words.t('report.ncii.place'), [linkLines(items), words.t('report.ncii.no-image')].join('\n')),
    section(words.t('report.ncii.belief'), owner.isGoodFaith ? words.t('report.ncii.statement') : ''),
    section(words.t('report.ncii.contact'), describeSender(prepared)),
    section(words.t('report.ncii.signature'), asksSignature ? plainLines(owner.signature ?? '').trim() : ''),
    isRepresented ? words.t('report.ncii.represented') : '',
    words.t('report.ncii.copies'),
  ]
  return {
    fields: filled.map(({ field }) => field),
    missing: [
      ...findMissing(prepared),
      ...(owner.reporterRole === null ? [missing('reporterRole', { isBlocking: false })] : []),
    ],
    warnings: filled.flatMap((entry) => shortenedWarning(prepared, entry)),
    submissionText: text.filter((part) => part !== '').join('\n\n'),
    data: { withoutImages: true },
  }
}
