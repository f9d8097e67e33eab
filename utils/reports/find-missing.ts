import { authorisationLine, type Case, type ConsentAct, consentTo } from '../model/case'
import type { ChannelField, FieldContent } from '../model/channel'
import type { MissingFact } from '../model/report'
import { caseValues } from './case-values'
import { accountsOf, itemValues } from './item-values'
import type { Prepared } from './prepare'
import { exactAddress } from './select-items'

/** Keys under `missing.` in `locales/`. */
export type MissingField =
  | 'items'
  | 'permalink'
  | 'types'
  | 'category'
  | 'reporterRole'
  | 'reporterName'
  | 'reporterEmail'
  | 'organisation'
  | 'narrative'
  | 'reasons'
  | 'law'
  | 'country'
  | 'goodFaith'
  | 'signature'
  | 'attacked'
  | 'ownAccount'
  | 'attackedCountry'
  | 'defenderWork'
  | 'authorisation'
  | 'firstPerson'
  | 'representative'
  | 'account'
  | 'whyFalse'
  | 'exposed'
  | 'localContext'
  | 'urgency'
  | 'behindIt'
  | 'stepsTaken'
  | 'asks'
  | 'decision'
  | 'appealReasons'
  | 'consentPlatform'
  | 'consentPartner'
  | 'consentPolice'
  | 'consentUnGovernment'
  | 'consentUnPublic'
  | 'consentCompany'
  | 'accountId'
  | 'postIds'
  | 'ruleIds'
  | 'atUri'
  | 'cid'

/** What is missing when a field that holds this has no value; the others have rules of their own below. */
const missingOf: Partial<Record<FieldContent, MissingField>> = {
  text: 'narrative',
  summary: 'narrative',
  'reporter-name': 'reporterName',
  organisation: 'organisation',
  reasons: 'reasons',
  law: 'law',
  country: 'country',
  'good-faith': 'goodFaith',
  'no-consent': 'goodFaith',
  signature: 'signature',
  attacked: 'attacked',
  'own-account': 'ownAccount',
  'attacked-country': 'attackedCountry',
  'defender-work': 'defenderWork',
  'false-statements': 'whyFalse',
  exposed: 'exposed',
  context: 'localContext',
  urgency: 'urgency',
  steps: 'stepsTaken',
  asks: 'asks',
  decision: 'decision',
  'appeal-reasons': 'appealReasons',
}

const missingConsent: Record<ConsentAct, MissingField> = {
  platform: 'consentPlatform',
  partner: 'consentPartner',
  police: 'consentPolice',
  'un-government': 'consentUnGovernment',
  'un-public': 'consentUnPublic',
  company: 'consentCompany',
}

/** A missing fact; blocking where the receiver cannot take the report without it. */
export function missing(field: MissingField, { isBlocking }: { isBlocking: boolean }): MissingFact {
  return { field, isBlocking }
}

/** Whether this could be an e-mail address; only a mail server knows more. */
export function isEmail(text: string): boolean {
  return /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$/u.test(text.trim())
}

function categoryFacts({ types, categories }: Prepared, field: ChannelField): MissingFact[] {
  if (types.length === 0) return [missing('types', { isBlocking: field.isRequired })]
  return categories.length === 0 ? [missing('category', { isBlocking: false })] : []
}

function roleFacts({ case: owner }: Prepared, field: ChannelField): MissingFact[] {
  if (owner.reporterRole === null) return [missing('reporterRole', { isBlocking: field.isRequired })]
  const hasChoice = field.choices === null || field.choices[owner.reporterRole] !== undefined
  return hasChoice ? [] : [missing('representative', { isBlocking: false })]
}

/** The name and the address for the answer, both in one field; in which role is asked, since it says by what right. */
function senderFacts({ case: owner }: Prepared, { isBlocking }: { isBlocking: boolean }): MissingFact[] {
  return [
    ...(owner.reporterRole === null ? [missing('reporterRole', { isBlocking: false })] : []),
    ...(owner.reporterName.trim() === '' ? [missing('reporterName', { isBlocking })] : []),
    ...(isEmail(owner.reporterEmail) ? [] : [missing('reporterEmail', { isBlocking })]),
  ]
}

/** In the product one presses Report at the post itself, so its address stands in for an account not shown. */
function accountFacts({ channel, items }: Prepared, { isRequired }: ChannelField): MissingFact[] {
  if (items.length === 0 || accountsOf(items).length > 0) return []
  const isAtPost = channel.how === 'in-product' && items.some(({ item }) => exactAddress(item) !== null)
  return [missing('account', { isBlocking: isRequired && !isAtPost })]
}

function fieldFacts(prepared: Prepared, field: ChannelField): MissingFact[] {
  const { case: owner, items } = prepared
  const isBlocking = field.isRequired
  switch (field.holds) {
    case 'category':
      return categoryFacts(prepared, field)
    case 'reporter-role':
      return roleFacts(prepared, field)
    case 'text':
      return owner.narrative.trim() === '' ? [missing('narrative', { isBlocking })] : []
    case 'reporter-email':
      return isEmail(owner.reporterEmail) ? [] : [missing('reporterEmail', { isBlocking })]
    case 'sender':
      return senderFacts(prepared, { isBlocking })
    case 'authorisation':
      if (owner.reporterRole === null) return [missing('reporterRole', { isBlocking })]
      return isForHerself(owner) || authorisationLine(owner) !== ''
        ? []
        : [missing('authorisation', { isBlocking })]
    case 'behind':
      return isUntold(owner.behindIt)
        ? [missing('behindIt', { isBlocking: isBlocking && items.length === 0 })]
        : []
    case 'account-links':
    case 'account-ids':
      return accountFacts(prepared, field)
  }
  const name = missingOf[field.holds]
  if (name === undefined) return []
  return caseValues[field.holds]?.(prepared, field) || itemValues[field.holds]?.(prepared, field)
    ? []
    : [missing(name, { isBlocking })]
}

function isUntold(text: string | undefined): boolean {
  return (text ?? '').trim() === ''
}

function isForHerself({ reporterRole }: Case): boolean {
  return reporterRole === 'self'
}

function itemFacts({ items, leftOut, channel }: Prepared): MissingFact[] {
  const isWithoutAddress = leftOut.some(({ reason }) => reason === 'no-address')
  if (items.length === 0) {
    const asksLinks = channel.fields.some((field) => field.holds === 'links' && field.isRequired)
    if (!channel.needsItems && !asksLinks) return []
    return [missing(isWithoutAddress ? 'permalink' : 'items', { isBlocking: true })]
  }
  const hasUnaddressed = items.some(({ item }) => item.post.permalink === null && item.post.kind !== 'page')
  const isMissing = isWithoutAddress || (hasUnaddressed && channel.shape === 'in-product')
  return isMissing ? [missing('permalink', { isBlocking: false })] : []
}

/** Who is attacked, and by what right another person speaks, where the channel asks on whose behalf it is. */
function peopleFacts({ case: owner, channel, categories }: Prepared): MissingFact[] {
  const holds = (...contents: FieldContent[]) =>
    channel.fields.some((field) => contents.includes(field.holds))
  const asksRole = holds('reporter-role', 'sender')
  const isOther = owner.reporterRole !== null && !isForHerself(owner)
  const isRepresentative = isOther && owner.reporterRole !== 'bystander'
  const needsFirstPerson = categories[0]?.needsFirstPerson === true
  const facts: MissingFact[] = []
  if (asksRole && isOther && owner.attackedName.trim() === '' && owner.attackedHandles.trim() === '')
    facts.push(missing('attacked', { isBlocking: false }))
  if ((asksRole || needsFirstPerson) && isRepresentative && authorisationLine(owner) === '')
    facts.push(missing('authorisation', { isBlocking: false }))
  if (needsFirstPerson && owner.reporterRole === 'bystander')
    facts.push(missing('firstPerson', { isBlocking: false }))
  return facts
}

/**
 * What the person attacked has to be asked before anything goes there. The two questions of the UN have to be
 * answered, with yes or no; everything else needs a yes, unless she hands it over herself.
 */
function consentFacts({ case: owner, channel }: Prepared): MissingFact[] {
  return channel.consents.flatMap((act) => {
    const answer = consentTo(owner, act)
    const isQuestion = act === 'un-government' || act === 'un-public'
    const isSettled = isQuestion ? answer !== null : answer === true || isForHerself(owner)
    // Who reports decides whether she has to be asked at all.
    const name = isQuestion || owner.reporterRole !== null ? missingConsent[act] : 'reporterRole'
    return isSettled ? [] : [missing(name, { isBlocking: true })]
  })
}

/** What this channel still needs of the case, field by field; nothing that it does not ask for. */
export function findMissing(prepared: Prepared): MissingFact[] {
  return [
    ...itemFacts(prepared),
    ...prepared.channel.fields.flatMap((field) => fieldFacts(prepared, field)),
    ...peopleFacts(prepared),
    ...consentFacts(prepared),
  ]
}
