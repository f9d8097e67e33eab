import { type Case, consentTo } from '../model/case'
import type { ChannelField, FieldContent } from '../model/channel'
import type { WordKey, Words } from '../words/translate'
import { linkLines } from './compose-text'
import { inline, plainLines } from './foreign-text'
import type { Prepared } from './prepare'

type Value = (prepared: Prepared, field: ChannelField) => string

const lines = (...parts: (string | undefined)[]) =>
  parts
    .map((part) => plainLines(part ?? '').trim())
    .filter((part) => part !== '')
    .join('\n')

function yesOrNo(answer: boolean | null, words: Words): string {
  if (answer === null) return ''
  return words.t(answer ? 'report.yes' : 'report.no')
}

/** How the person attacked allows to be named, for whoever has to know whom it is about; empty when she does not. */
export function attackedPerson(owner: Case): string {
  if (owner.attackedNaming === 'none') return ''
  return lines(owner.attackedName, owner.attackedHandles, owner.attackedAbout)
}

/** Whether danger is near, how grave it is and what may happen off the screen; empty while none of it is told. */
export function describeUrgency(owner: Case, words: Words): string {
  const imminent =
    owner.isImminent === undefined || owner.isImminent === null
      ? []
      : [words.t(owner.isImminent ? 'report.urgent.yes' : 'report.urgent.no')]
  const severity = owner.severity ? [words.t(`report.severity.${owner.severity}`)] : []
  return lines(...imminent, ...severity, owner.offlineRisk)
}

/** What the words mean where they are used, their translation with who made it, and the part that gender plays. */
export function describeContext(owner: Case, words: Words): string {
  const translator = owner.translator?.trim() ?? ''
  const by = translator === '' ? '' : words.t('report.translated-by', { who: translator })
  const translation = told('report.translation', owner.translation, words)
  return lines(owner.localContext, translation === '' ? '' : `${translation}\n${by}`, owner.genderLens)
}

/** A value under its label; empty where there is no value. */
function told(label: WordKey, value: string | undefined, words: Words): string {
  const plain = plainLines(value ?? '').trim()
  return plain === ''
    ? ''
    : words.t('report.text.line', { label: words.t(label), value: inline(plain, words) })
}

/** Which decision it is about: whose, its reference, its day; empty while none of it is told. */
function describeDecision(owner: Case, words: Words): string {
  return lines(
    told('report.decision.by', owner.decisionBy, words),
    told('report.decision.reference', owner.decisionReference, words),
    told('report.decision.on', owner.decisionOn, words),
  )
}

/** Who authorised the report, when and for what, each under its label; empty while none of it is told. */
function describeAuthorisation(owner: Case, words: Words): string {
  return lines(
    told('report.authorised.by', owner.authorisedBy, words),
    told('report.authorised.on', owner.authorisedOn, words),
    told('report.authorised.for', owner.authorisedFor, words),
    owner.authorisation,
  )
}

/** Who hands it over and how to answer: name, organisation, address, in which role. */
export function describeSenderAlone({ case: owner, words }: Prepared): string {
  const role = owner.reporterRole === null ? '' : words.t(`role.${owner.reporterRole}`)
  return lines(owner.reporterName, owner.organisation, owner.reporterEmail, role)
}

/** Who hands it over and how to answer, and by what right. */
export function describeSender(prepared: Prepared): string {
  const { case: owner, words } = prepared
  const right = owner.reporterRole === 'self' ? '' : describeAuthorisation(owner, words)
  return lines(describeSenderAlone(prepared), right)
}

/** Why it is illegal; with the addresses where a form has one field for both. Empty without a reason. */
function describeReasons({ case: owner, channel, items }: Prepared): string {
  const reasons = lines(owner.reasons)
  const hasPlace = channel.fields.some(({ holds }) => holds === 'links' || holds === 'text')
  return reasons === '' || hasPlace || channel.shape !== 'web-form'
    ? reasons
    : lines(reasons, linkLines(items))
}

/** The role as the form asks for it; our own words for it where the form's are not known. */
function roleChoice({ case: owner, words }: Prepared, field: ChannelField): string {
  if (owner.reporterRole === null) return ''
  if (field.choices === null) return words.t(`role.${owner.reporterRole}`)
  return field.choices[owner.reporterRole] ?? ''
}

function lawLine({ country, provision }: Case): string {
  return [country.trim(), provision.trim()].filter((part) => part !== '').join(', ')
}

/** What of the case itself goes into a field, by what the field holds. */
export const caseValues: Partial<Record<FieldContent, Value>> = {
  'reporter-role': roleChoice,
  'reporter-name': ({ case: owner }) => lines(owner.reporterName),
  'reporter-email': ({ case: owner }) => owner.reporterEmail.trim(),
  sender: describeSender,
  organisation: ({ case: owner }) => lines(owner.organisation),
  authorisation: ({ case: owner, words }) => describeAuthorisation(owner, words),
  attacked: ({ case: owner }) => attackedPerson(owner),
  'own-account': ({ case: owner }) => lines(owner.attackedHandles),
  'attacked-country': ({ case: owner }) => lines(owner.attackedCountry),
  'defender-work': ({ case: owner }) => lines(owner.defenderWork),
  country: ({ case: owner }) => lines(owner.country),
  law: ({ case: owner }) => plainLines(lawLine(owner)),
  reasons: describeReasons,
  'good-faith': ({ case: owner, words }) => (owner.isGoodFaith ? words.t('report.good-faith') : ''),
  'no-consent': ({ case: owner, words }) => (owner.isGoodFaith ? words.t('report.ncii.statement') : ''),
  signature: ({ case: owner }) => lines(owner.signature),
  exposed: ({ case: owner }) => lines(owner.exposed),
  context: ({ case: owner, words }) => describeContext(owner, words),
  urgency: ({ case: owner, words }) => describeUrgency(owner, words),
  steps: ({ case: owner }) => lines(owner.stepsTaken),
  asks: ({ case: owner }) => lines(owner.asks),
  decision: ({ case: owner, words }) => describeDecision(owner, words),
  'appeal-reasons': ({ case: owner }) => lines(owner.appealReasons),
  summary: ({ case: owner }) => lines(owner.narrativeShort) || lines(owner.narrative),
  'consent-government': ({ case: owner, words }) => yesOrNo(consentTo(owner, 'un-government'), words),
  'consent-public': ({ case: owner, words }) => yesOrNo(consentTo(owner, 'un-public'), words),
}
