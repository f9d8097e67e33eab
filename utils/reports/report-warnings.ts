import { uncoveredTypes } from '../channels/categories'
import { typesWithoutRule } from '../channels/rank'
import type { AttachmentPlan } from '../model/attachment'
import type { Channel } from '../model/channel'
import type { Words } from '../words/translate'
import { channelWords } from './channel-words'
import { hasRules } from './compose-text'
import { inline } from './foreign-text'
import type { Prepared } from './prepare'
import { type LeftOutReason, serviceOf } from './select-items'

const leftOutReasons: readonly LeftOutReason[] = [
  'other-service',
  'same-post',
  'no-address',
  'other-account',
  'too-many',
]

/** How many items of the case are not in the report, a sentence for each reason. */
export function leftOutWarnings({ leftOut, words }: Prepared): string[] {
  return leftOutReasons.flatMap((reason) => {
    const count = leftOut.filter((entry) => entry.reason === reason).length
    return count === 0 ? [] : [words.t(`report.left-out.${reason}`, { count })]
  })
}

/** How many pictures the form has no room for. */
export function attachmentWarnings(plan: AttachmentPlan | null, words: Words): string[] {
  return plan === null || plan.left === 0 ? [] : [words.t('attachments.left', { count: plan.left })]
}

function categoryWarnings({ categories, channel, items, types, words }: Prepared): string[] {
  const list = (names: string[]) => names.join(words.t('report.list-comma'))
  const uncovered = uncoveredTypes(channel, types).map((type) => words.t(`type.${type}`))
  // A rule for whatever fits nowhere else is no better one.
  const others = categories
    .slice(1)
    .filter(({ id, name }) => id !== 'other' && name !== 'Other')
    .slice(0, 3)
    .map((category) => inline(category.name, words))
  const platforms = [...new Set(items.map(({ item }) => serviceOf(item)))]
  const uncoveredWord = hasRules(channel) ? 'report.no-rule' : 'report.not-named'
  const hasNoSmearRule = typesWithoutRule({ platforms, types }).includes('smear-campaign')
  return [
    ...(uncovered.length === 0 ? [] : [words.t(uncoveredWord, { types: list(uncovered) })]),
    ...(hasNoSmearRule ? [words.t('report.no-smear-rule')] : []),
    ...(others.length === 0 ? [] : [words.t('report.other-rules', { rules: list(others) })]),
  ]
}

/**
 * What is not sure of how much text a form takes: `unknown` where no limit is told, `unconfirmed` where one is that
 * nobody has read there. Null where it is sure, and for receivers who take letters.
 */
export function doubtOnLength({ fields, kind }: Channel): 'unknown' | 'unconfirmed' | null {
  if (kind !== 'platform' && kind !== 'legal-notice' && kind !== 'search-engine') return null
  const limits = fields.filter((field) => field.holds === 'text').map((field) => field.limits)
  if (limits.some((list) => list.length === 0)) return 'unknown'
  return limits.flat().some(({ evidence }) => evidence !== 'verified') ? 'unconfirmed' : null
}

function limitWarnings({ channel, words }: Prepared): string[] {
  const doubt = doubtOnLength(channel)
  const isUnread = channel.fields.some((field) => field.evidence !== 'verified')
  return [
    ...(doubt === null ? [] : [words.t(`report.limit-${doubt}`)]),
    ...(isUnread ? [words.t('report.fields-unread')] : []),
  ]
}

function languageWarnings({ channel, words }: Prepared): string[] {
  const base = words.language.split('-')[0] ?? words.language
  if (channel.languages.length === 0 || channel.languages.includes(base)) return []
  const names = new Intl.DisplayNames([words.language], { type: 'language' })
  const list = channel.languages.map((tag) => names.of(tag) ?? tag).join(words.t('report.list-comma'))
  return [words.t('report.language', { languages: list })]
}

/** What the person attacked said no to. The two questions of the UN are no matter of yes alone: a no is sent along. */
function consentWarnings({ case: owner, channel, words }: Prepared): string[] {
  const refused = channel.consents.some((act) => !act.startsWith('un-') && owner.consent?.[act] === false)
  return refused ? [words.t('report.consent-refused')] : []
}

/** The channel's own warnings, what the account reported learns, in which languages it reads. */
export function channelWarnings(prepared: Prepared): string[] {
  const { channel, words } = prepared
  const { warnings, tells } = channelWords({ channel, words })
  const isSaid = ['unknown', 'not-about-account', 'own-account'].includes(channel.tells)
  // Most of them have a warning of their own that says the same and what to do about it.
  const hasOwn = channel.warnings.some(
    (code) => code === channel.tells || code === tellsSaidBy[channel.tells],
  )
  return [
    ...warnings,
    ...(isSaid || hasOwn ? [] : [tells]),
    ...languageWarnings(prepared),
    ...consentWarnings(prepared),
  ]
}

const tellsSaidBy: Record<string, string> = {
  'other-server': 'forward',
  'government-letter': 'government-learns',
}

/** What does not fit the receiver's rules, its limits, and what nobody has confirmed. */
export function fitWarnings(prepared: Prepared): string[] {
  return [...categoryWarnings(prepared), ...limitWarnings(prepared)]
}
