import type { ChannelField } from '../model/channel'
import type { MissingFact } from '../model/report'
import type { Prepared } from './prepare'

/** Keys under `missing.` in `locales/`. */
export type MissingField =
  | 'items'
  | 'permalink'
  | 'types'
  | 'category'
  | 'reporterRole'
  | 'reporterName'
  | 'reporterEmail'
  | 'narrative'
  | 'reasons'
  | 'law'
  | 'goodFaith'
  | 'attacked'
  | 'authorisation'
  | 'firstPerson'
  | 'representative'
  | 'accountId'
  | 'postIds'
  | 'ruleIds'
  | 'atUri'
  | 'cid'

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

function fieldFacts(prepared: Prepared, field: ChannelField): MissingFact[] {
  const { case: owner } = prepared
  const isBlocking = field.isRequired
  const unless = (isThere: boolean, name: MissingField) => (isThere ? [] : [missing(name, { isBlocking })])
  switch (field.holds) {
    case 'category':
      return categoryFacts(prepared, field)
    case 'reporter-role':
      return roleFacts(prepared, field)
    case 'text':
      return unless(owner.narrative.trim() !== '', 'narrative')
    case 'reporter-email':
      return unless(isEmail(owner.reporterEmail), 'reporterEmail')
    case 'reporter-name':
      return unless(owner.reporterName.trim() !== '', 'reporterName')
    case 'reasons':
      return unless(owner.reasons.trim() !== '', 'reasons')
    case 'good-faith':
      return unless(owner.isGoodFaith, 'goodFaith')
    default:
      return []
  }
}

function itemFacts({ items, leftOut, channel }: Prepared): MissingFact[] {
  const isWithoutAddress = leftOut.some(({ reason }) => reason === 'no-address')
  if (items.length === 0) {
    const name = isWithoutAddress ? 'permalink' : 'items'
    return [missing(name, { isBlocking: true })]
  }
  const hasUnaddressed = items.some(({ item }) => item.post.permalink === null && item.post.kind !== 'page')
  const isMissing = isWithoutAddress || (hasUnaddressed && channel.shape === 'in-product')
  return isMissing ? [missing('permalink', { isBlocking: false })] : []
}

/** Who is attacked, and by what right another person speaks, where the channel asks on whose behalf it is. */
function peopleFacts({ case: owner, channel, categories }: Prepared): MissingFact[] {
  const asksRole = channel.fields.some((field) => field.holds === 'reporter-role')
  const isOther = owner.reporterRole !== null && owner.reporterRole !== 'self'
  const isRepresentative = isOther && owner.reporterRole !== 'bystander'
  const needsFirstPerson = categories[0]?.needsFirstPerson === true
  const facts: MissingFact[] = []
  if (asksRole && isOther && owner.attackedName.trim() === '' && owner.attackedHandles.trim() === '')
    facts.push(missing('attacked', { isBlocking: false }))
  if ((asksRole || needsFirstPerson) && isRepresentative && owner.authorisation.trim() === '')
    facts.push(missing('authorisation', { isBlocking: false }))
  if (needsFirstPerson && owner.reporterRole === 'bystander')
    facts.push(missing('firstPerson', { isBlocking: false }))
  return facts
}

/** What this channel still needs of the case, field by field; nothing that it does not ask for. */
export function findMissing(prepared: Prepared): MissingFact[] {
  return [
    ...itemFacts(prepared),
    ...prepared.channel.fields.flatMap((field) => fieldFacts(prepared, field)),
    ...peopleFacts(prepared),
  ]
}
