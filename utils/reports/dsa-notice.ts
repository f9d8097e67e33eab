import type { ChannelField } from '../model/channel'
import type { MissingFact } from '../model/report'
import { numberedPosts } from './compose-text'
import { fillField } from './fill-field'
import { findMissing, missing } from './find-missing'
import { inline, isolate, plainLines } from './foreign-text'
import { shortenedWarning } from './in-product'
import { describeService } from './item-facts'
import type { Prepared, Written } from './prepare'

/** Article 16(2)(c): name and e-mail are not asked of whoever reports sexual abuse of children. */
function isExcused({ case: owner }: Prepared, field: string): boolean {
  return owner.isChildSexualAbuse === true && (field === 'reporterName' || field === 'reporterEmail')
}

function missingFacts(prepared: Prepared): MissingFact[] {
  const { country, provision } = prepared.case
  const law = country.trim() === '' || provision.trim() === '' ? [missing('law', { isBlocking: false })] : []
  return [...findMissing(prepared).filter(({ field }) => !isExcused(prepared, field)), ...law]
}

function senderLines({ case: owner, words }: Prepared): string[] {
  const name = owner.reporterName.trim()
  const email = owner.reporterEmail.trim()
  const organisation = owner.organisation.trim()
  // The address stands bare on its own line, so that nothing invisible is copied with it.
  const lines = [name && isolate(name), email, organisation && isolate(organisation)].filter(
    (line) => line !== '',
  )
  if (owner.isChildSexualAbuse === true && (name === '' || email === ''))
    lines.push(words.t('report.notice.no-name'))
  if (owner.reporterRole !== null)
    lines.push(words.t('report.text.role', { role: words.t(`role.${owner.reporterRole}`) }))
  return lines
}

function lawLines({ case: owner, words }: Prepared): string[] {
  const law = [owner.country, owner.provision].map((part) => part.trim()).filter((part) => part !== '')
  return law.length === 0
    ? []
    : [words.t('report.notice.law', { law: law.map(isolate).join(words.t('report.list-comma')) })]
}

function noticeText(prepared: Prepared): string {
  const { case: owner, items, words } = prepared
  const service = items[0] ? describeService(items[0].item) : ''
  const story = plainLines(owner.narrative).trim()
  const section = (title: string, lines: string[]) => [title, ...lines].join('\n')
  const to = service === '' ? [] : [words.t('report.notice.to', { service: inline(service, words) })]
  return [
    section(words.t('report.notice.title'), to),
    section(words.t('report.notice.reasons'), [plainLines(owner.reasons).trim(), ...lawLines(prepared)]),
    ...(story === '' ? [] : [section(words.t('report.notice.story'), [story])]),
    section(words.t('report.notice.location'), [numberedPosts(prepared, 'long')]),
    section(words.t('report.notice.sender'), senderLines(prepared)),
    section(words.t('report.notice.good-faith'), [owner.isGoodFaith ? words.t('report.good-faith') : '']),
    words.t('report.notice.answer'),
  ].join('\n\n')
}

/** The reasons as one value: why it is illegal, and under which law where that is said. */
function reasonsValue(prepared: Prepared): string {
  const { country, provision, reasons } = prepared.case
  const law = [country.trim(), provision.trim()].filter((part) => part !== '').join(', ')
  return [plainLines(reasons).trim(), law].filter((part) => part !== '').join('\n')
}

function valueFor(prepared: Prepared, field: ChannelField): string | undefined {
  return field.holds === 'reasons' ? reasonsValue(prepared) : undefined
}

/**
 * A notice under Article 16 of the Digital Services Act: not ready without its four elements, (a) reasons,
 * (b) exact address, (c) name and e-mail, (d) statement of good faith. Regulation (EU) 2022/2065.
 */
export function writeDsaNotice(prepared: Prepared): Written {
  const { case: owner, items } = prepared
  const filled = prepared.channel.fields.map((field) => fillField(prepared, field, valueFor(prepared, field)))
  const first = items[0]
  return {
    fields: filled.map(({ field }) => field),
    missing: missingFacts(prepared),
    warnings: filled.flatMap((entry) => shortenedWarning(prepared, entry)),
    submissionText: noticeText(prepared),
    data: {
      notice: {
        service: first ? describeService(first.item) : null,
        country: owner.country,
        provision: owner.provision,
        isGoodFaith: owner.isGoodFaith,
      },
    },
  }
}
