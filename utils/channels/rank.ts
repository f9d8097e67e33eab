import type { ReporterRole } from '../model/case'
import type { Channel, ChannelKind } from '../model/channel'
import type { IncidentType } from '../model/item'
import { fittingCategories } from './categories'
import { holdsThere } from './countries'
import { channels, isForAnyService, servesPlatform } from './index'

/** Best first. Why a channel stands where it stands; words under `channel.reason.<reason>` in `locales/`. */
const reasons = [
  'imminent',
  'fits',
  'platform',
  'smear-route',
  'intimate',
  'appeal',
  'law',
  'next-step',
  'help',
  'search',
  'regulator',
  'un',
  'company',
  'invitation',
  'careful',
  'defenders',
  'journalists',
  'organisations',
  'types',
  'where',
  'later',
  'first-person',
  'tried',
  'no-category',
  'country',
  'authorities',
  'role',
  'elsewhere',
] as const
type Reason = (typeof reasons)[number]
type RankReason = `channel.reason.${Reason}`
export type RankedChannel = { channel: Channel; reason: RankReason }

/** `platforms`: adapter ids, or the hosts of pages that no adapter could read. */
export type Question = {
  platforms: string[]
  types: readonly IncidentType[]
  reporterRole: ReporterRole | null
  /** Somebody may be hurt soon. */
  isImminent?: boolean | null
  /** Whether the person attacked works for human rights; null or absent while not told. */
  isDefender?: boolean | null
  /** ISO 3166 codes of the countries the case touches; empty or absent while not told. */
  countries?: readonly string[]
  /** Ids of the channels where it was filed already. */
  tried?: readonly string[]
}

const shapes: readonly Channel['shape'][] = ['in-product', 'api-payload', 'web-form']

/** What takes up a decision that somebody else made first. */
function isAfterDecision({ fields, kind, shape }: Channel): boolean {
  const isAboutService = kind === 'regulator' && fields.some((field) => field.holds === 'service')
  return kind === 'court-settlement' || shape === 'complaint' || isAboutService
}

/** What keeps a channel from being a choice at all, or only under a condition. */
function obstacle(channel: Channel, question: Question): Reason | null {
  const { reporterRole, tried = [], countries = [], isDefender, types } = question
  if (reporterRole !== null && !channel.acceptsFrom.includes(reporterRole)) return 'role'
  if (channel.access === 'authorities') return 'authorities'
  if (!holdsThere(channel.countries, countries)) return 'country'
  if (types.length > 0 && fittingCategories(channel, types).length === 0) return 'no-category'
  if (tried.includes(channel.id)) return 'tried'
  if (isOnlyFirstPerson(channel, question)) return 'first-person'
  if (!channel.isProposed) return 'careful'
  if (channel.access === 'invitation') return 'invitation'
  if (types.length === 0 && isForOneThing(channel)) return 'types'
  if (countries.length === 0 && isNational(channel)) return 'where'
  if (channel.forWhom === 'defenders' && isDefender === false) return 'defenders'
  if (channel.forWhom === 'organisations' && reporterRole !== 'organisation') return 'organisations'
  return channel.forWhom === 'journalists' ? 'journalists' : null
}

/** Made for one kind of attack alone, so that it means nothing before it is said what happened. */
function isForOneThing({ kind, needsItems, shape }: Channel): boolean {
  const isOwnAccount = kind === 'platform' && !needsItems
  return kind === 'hotline' || kind === 'search-engine' || shape === 'ncii-notice' || isOwnAccount
}

/** An authority or a law of one country, of use only to who is told to live there. */
function isNational({ kind, countries, shape }: Channel): boolean {
  const isOfState = kind === 'regulator' || (kind === 'legal-notice' && shape !== 'ncii-notice')
  return isOfState && countries.some((code) => code !== 'EU')
}

function isOnlyFirstPerson(channel: Channel, { types, reporterRole }: Question): boolean {
  const categories = types.length === 0 ? channel.categories : fittingCategories(channel, types)
  return (
    reporterRole === 'bystander' &&
    categories.length > 0 &&
    categories.every((category) => category.needsFirstPerson)
  )
}

const reasonOfKind: Record<ChannelKind, Reason> = {
  platform: 'fits',
  partner: 'invitation',
  'search-engine': 'search',
  'legal-notice': 'law',
  'court-settlement': 'next-step',
  hotline: 'intimate',
  helpline: 'help',
  regulator: 'regulator',
  police: 'careful',
  authority: 'company',
  un: 'un',
}

function reasonFor(channel: Channel, question: Question, gaps: readonly IncidentType[]): Reason {
  const hindered = obstacle(channel, question)
  if (hindered !== null) return hindered
  const { types, tried = [], isImminent } = question
  if (channel.kind === 'helpline') return isImminent === true ? 'imminent' : 'help'
  if (channel.shape === 'takedown-appeal') return 'appeal'
  // Who was silenced by false reports has a decision of the platform to object to already.
  const isDecided = tried.length > 0 || types.includes('silencing')
  if (isAfterDecision(channel)) return isDecided ? 'next-step' : 'later'
  const coversSmear = channel.categories.some((category) => category.types.includes('smear-campaign'))
  const isLegal =
    channel.kind === 'legal-notice' || channel.kind === 'search-engine' || channel.shape === 'dsa-notice'
  if (gaps.includes('smear-campaign') && coversSmear && isLegal) return 'smear-route'
  if (channel.shape === 'ncii-notice') return 'intimate'
  if (channel.shape === 'dsa-notice') return 'law'
  if (channel.kind === 'platform' && types.length === 0) return 'platform'
  return reasonOfKind[channel.kind]
}

/**
 * The types for which no channel of these platforms themselves has a rule: for them there are only the routes
 * outside, as for most smear campaigns. Empty when no platform of the question is known.
 */
export function typesWithoutRule({
  platforms,
  types,
}: Pick<Question, 'platforms' | 'types'>): IncidentType[] {
  const own = channels.filter(
    (channel) =>
      channel.kind === 'platform' &&
      channel.shape !== 'dsa-notice' &&
      channel.access === 'open' &&
      platforms.some((platform) => servesPlatform(channel, platform)),
  )
  if (own.length === 0) return []
  return types.filter(
    (type) => !own.some(({ categories }) => categories.some(({ types: all }) => all.includes(type))),
  )
}

/**
 * The channels that can take posts of these platforms, best first, each with the reason for its place. Channels
 * of other platforms are left out; those that cannot take this case come last. In imminent danger helplines come
 * before everything else.
 */
export function rankChannels(question: Question): RankedChannel[] {
  const gaps = typesWithoutRule(question)
  return channels
    .filter(
      (channel) => isForAnyService(channel) || question.platforms.some((id) => servesPlatform(channel, id)),
    )
    .map((channel) => ({ channel, reason: reasonFor(channel, question, gaps) }))
    .map((entry) => ({ ...entry, place: placeOf(entry, question) }))
    .sort((a, b) => compare(a.place, b.place) || a.channel.id.localeCompare(b.channel.id, 'en'))
    .map(({ channel, reason }) => ({ channel, reason: `channel.reason.${reason}` }))
}

type Judged = { channel: Channel; reason: Reason }

function placeOf({ channel, reason }: Judged, { platforms, types, countries = [] }: Question): number[] {
  const platform = platforms.findIndex((id) => servesPlatform(channel, id))
  const covered = types.filter((type) => channel.categories.some((category) => category.types.includes(type)))
  const shape = shapes.indexOf(channel.shape)
  // Who helps defenders of any kind comes before who helps some; a route that nobody has confirmed comes later.
  const breadth = channel.kind === 'helpline' ? -covered.length : 0
  const doubt = channel.evidence === 'verified' && !channel.warnings.includes('maybe-closed') ? 0 : 1
  const isElsewhere = countries.length === 0 && channel.countries.some((code) => code !== 'EU')
  return [
    reasons.indexOf(reason),
    isForAnyService(channel) ? platforms.length : platform,
    isElsewhere ? 1 : 0,
    breadth,
    channel.kind === 'helpline' || shape < 0 ? doubt : 0,
    shape < 0 ? shapes.length : shape,
    -covered.length,
  ]
}

function compare(a: number[], b: number[]): number {
  const index = a.findIndex((value, position) => value !== b[position])
  return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0)
}

/** How many of each reason a tired person is shown at first; what is not named here is not among the first. */
const shares: Partial<Record<Reason, number>> = {
  imminent: 3,
  fits: 3,
  'smear-route': 3,
  intimate: 2,
  law: 1,
  search: 1,
  'next-step': 2,
  appeal: 1,
  help: 2,
  platform: 3,
  regulator: 1,
}

/** The first few of a ranked list, at most seven: what to look at before anything else. Keeps the order. */
export function shortList(ranked: readonly RankedChannel[]): RankedChannel[] {
  const taken = new Map<string, number>()
  const chosen = ranked.filter(({ reason }) => {
    const name = reason.slice('channel.reason.'.length) as Reason
    const count = taken.get(reason) ?? 0
    taken.set(reason, count + 1)
    return count < (shares[name] ?? 0)
  })
  return chosen.slice(0, 7)
}

/**
 * Every channel there is, each once: in imminent danger all helplines, then what to look at first, then the others
 * that can take this case by their rank, then those of other platforms, for who looks for one by its name.
 */
export function listChannels(question: Question): RankedChannel[] {
  const ranked = rankChannels(question)
  const urgent = ranked.filter(({ reason }) => reason === 'channel.reason.imminent')
  const first = [...new Set([...urgent, ...shortList(ranked)])]
  const known = new Set(ranked.map(({ channel }) => channel.id))
  const elsewhere = channels
    .filter(({ id }) => !known.has(id))
    .map((channel): RankedChannel => ({ channel, reason: 'channel.reason.elsewhere' }))
  return [...first, ...ranked.filter((entry) => !first.includes(entry)), ...elsewhere]
}
