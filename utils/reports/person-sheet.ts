import { describeContext, describeUrgency } from './case-values'
import { plainLines } from './foreign-text'
import { accountLines } from './item-values'
import { section } from './letter'
import type { Prepared, Written } from './prepare'
import { writeWebForm } from './web-form'

function withSections(prepared: Prepared, sections: string[]): Written {
  const written = writeWebForm(prepared)
  const more = sections.filter((part) => part !== '')
  return { ...written, submissionText: [written.submissionText, ...more].join('\n\n') }
}

/** A form about private details or pictures: its sheet, and what makes them dangerous, for fields not known here. */
export function writePrivacySheet(prepared: Prepared): Written {
  const { case: owner, words } = prepared
  return withSections(prepared, [
    section(words.t('report.section.exposed'), plainLines(owner.exposed ?? '').trim()),
    section(words.t('report.section.urgency'), describeUrgency(owner, words)),
    section(words.t('report.section.context'), describeContext(owner, words)),
  ])
}

/** A form about a false account: its sheet, and the account by name, address and number. Never a scan of an ID. */
export function writeImpersonationSheet(prepared: Prepared): Written {
  const { case: owner, words } = prepared
  return withSections(prepared, [
    section(words.t('report.section.account-ids'), accountLines(prepared)),
    section(words.t('report.section.own-account'), plainLines(owner.attackedHandles).trim()),
    words.t('report.person.no-document'),
  ])
}
