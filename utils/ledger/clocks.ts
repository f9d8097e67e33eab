import type { Due, DueKind, Filing, Nearness, When } from '../model/ledger'
import { addDays, addMonths, dayIn, daysBetween, momentOf } from './days'

/** Without a word from the receiver for so long, asking again is fair. A suggestion; no rule says so. */
const followUpDays = 14
/** A body that settles disputes out of court has 90 days, at most 180 (DSA Article 21(4)). */
const settlementDays = 90
/** A day that comes within so many days is told beforehand. */
const soonDays = 7

type Evidence = Due['evidence']

/** The clocks of a channel, as its data tells them; an unknown channel has none. */
export type ChannelClocks = {
  /** From the decision. `days` null where no clock is known. */
  appeal: { days: number | null; basis: 'law' | 'receiver' | null; evidence: Evidence }
  /** From the filing. */
  clocks: readonly {
    id: Exclude<DueKind, 'follow-up' | 'appeal' | 'out-of-court'>
    hours: number
    evidence: Evidence
  }[]
}

/** The clocks of a channel of which nothing is known. */
export const noClocks: ChannelClocks = {
  appeal: { days: null, basis: null, evidence: 'unverified' },
  clocks: [],
}

/** Whole days from three on are days of the calendar, which a change of the clock does not shift. */
function after(from: When, hours: number): Pick<Due, 'day' | 'at'> {
  if (hours % 24 === 0 && hours >= 72) return { day: addDays(from.day, hours / 24), at: null }
  const at = momentOf(from) + hours * 3_600_000
  return { day: dayIn(from.zone, at), at }
}

function ownClocks(filing: Filing, channel: ChannelClocks): Due[] {
  return channel.clocks.flatMap(({ id, hours, evidence }) => {
    const isKeeping = id === 'preservation'
    if (!isKeeping && filing.answer !== null) return []
    const from = isKeeping ? (filing.renewed ?? filing.filed) : filing.filed
    const whose = isKeeping ? 'yours' : 'theirs'
    return [{ filingId: filing.id, kind: id, whose, evidence, isEuLaw: false, ...after(from, hours) }]
  })
}

/** Six months of the law are months of the calendar; its data count them as 180 days. */
function appealDay(from: string, { days, basis }: ChannelClocks['appeal']): string | null {
  if (days === null) return null
  return basis === 'law' && days === 180 ? addMonths(from, 6) : addDays(from, days)
}

type Still = Pick<Due, 'kind' | 'whose' | 'day' | 'evidence' | 'isEuLaw'>

function followUp(from: When): Still {
  const day = addDays(from.day, followUpDays)
  return { kind: 'follow-up', whose: 'yours', day, evidence: 'unverified', isEuLaw: false }
}

function afterAppeal(filing: Filing, channel: ChannelClocks): Still[] {
  const last = filing.appeals.at(-1)
  if (last === undefined) return []
  if (last.answer === null && last.route === 'out-of-court') {
    return [
      {
        kind: 'settlement',
        whose: 'theirs',
        day: addDays(last.at.day, settlementDays),
        evidence: 'verified',
        isEuLaw: true,
      },
    ]
  }
  if (last.answer === null) return [followUp(last.at)]
  const canGoOn = last.answer.decision !== 'acted' && last.route === 'receiver'
  if (!canGoOn || channel.appeal.basis !== 'law') return []
  return [
    {
      kind: 'out-of-court',
      whose: 'yours',
      day: addMonths(last.answer.at.day, 6),
      evidence: channel.appeal.evidence,
      isEuLaw: true,
    },
  ]
}

function nextStep(filing: Filing, channel: ChannelClocks): Still[] {
  if (filing.appeals.length > 0) return afterAppeal(filing, channel)
  if (filing.answer === null) {
    const isCounted = channel.clocks.some(({ id }) => id !== 'preservation')
    return isCounted ? [] : [followUp(filing.filed)]
  }
  if (filing.answer.decision === 'acted') return []
  const day = appealDay(filing.answer.at.day, channel.appeal)
  const { basis, evidence } = channel.appeal
  return day === null ? [] : [{ kind: 'appeal', whose: 'yours', day, evidence, isEuLaw: basis === 'law' }]
}

/** What is counted for one filing now; nothing once it is closed. */
export function duesOf(filing: Filing, channel: ChannelClocks): Due[] {
  if (filing.isClosed) return []
  const still = nextStep(filing, channel).map((due) => ({ ...due, filingId: filing.id, at: null }))
  return [...ownClocks(filing, channel), ...still]
}

/** Everything that is counted, the nearest first. `clocksOf` gives the clocks of a channel by its id. */
export function dueList(filings: readonly Filing[], clocksOf: (channelId: string) => ChannelClocks): Due[] {
  const order = ({ day, at, filingId, kind }: Due) => `${day} ${at ?? Infinity} ${filingId} ${kind}`
  return filings
    .flatMap((filing) => duesOf(filing, clocksOf(filing.channelId)))
    .sort((one, other) => (order(one) < order(other) ? -1 : 1))
}

/** How near it is at this moment (milliseconds since 1970) by the calendar of this zone. */
export function nearnessOf(due: Due, now: { ms: number; zone: string }): Nearness {
  const days = daysBetween(dayIn(now.zone, now.ms), due.day)
  const isOver = due.at === null ? days < 0 : now.ms >= due.at
  if (isOver) return { state: 'over', days: Math.min(days, 0) }
  if (days <= 0) return { state: 'today', days: 0 }
  return { state: days <= soonDays ? 'soon' : 'later', days }
}

/** Whether anything is over, today, or within a week. */
export function isAnythingDue(dues: readonly Due[], now: { ms: number; zone: string }): boolean {
  return dues.some((due) => nearnessOf(due, now).state !== 'later')
}
