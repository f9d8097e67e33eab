import type { FormFiles } from '../../components/export/FilesForForm'
import type { ChannelChoice } from '../../components/export/ForWhomStep'
import { calendarDayText, isolate } from '../../components/shared/format'
import { countryCode } from '../../utils/channels/countries'
import { listChannels, type Question, typesWithoutRule } from '../../utils/channels/rank'
import type { Case } from '../../utils/model/case'
import type { Channel } from '../../utils/model/channel'
import type { ItemSummary } from '../../utils/model/item'
import type { Filing } from '../../utils/model/ledger'
import type { Report } from '../../utils/model/report'
import { describeLimits } from '../../utils/reports/attachment-sheet'
import { statedLimits, takesPictures } from '../../utils/reports/attachments'
import { channelWords } from '../../utils/reports/channel-words'
import type { Words } from '../../utils/words/translate'
import { knownText } from './channel-facts'
import type { LedgerView } from './ledger-view'

/** What the choice of a channel depends on: the case, its items, and where it was filed before. */
export function questionOf(
  value: Case,
  { items, filings }: { items: ItemSummary[]; filings: readonly Filing[] },
): Question {
  const inCase = items.filter((item) => value.itemIds.includes(item.id))
  const places = [value.country, value.attackedCountry ?? ''].flatMap((text) => countryCode(text) ?? [])
  return {
    platforms: [...new Set(inCase.map((item) => item.platform))],
    types: value.types.length > 0 ? value.types : [...new Set(inCase.flatMap((item) => item.types))],
    reporterRole: value.reporterRole,
    isImminent: value.isImminent ?? null,
    isDefender: value.isDefender ?? null,
    countries: [...new Set(places)],
    tried: filings.filter((filing) => filing.caseId === value.id).map((filing) => filing.channelId),
  }
}

/** Said above the list: that no rule of the platform covers a smear, with the routes that exist. */
export function noteOn(question: Question, words: Words): string | null {
  return typesWithoutRule(question).includes('smear-campaign') ? words.t('report.no-smear-rule') : null
}

/** What a search for a channel looks at: its names in every language, whose it is, its platforms and its kind. */
function searchedText({ name, receiver, words: own, platforms, hosts, kind }: Channel, words: Words): string {
  const kindWord = words.t(`channel.kind.${kind}`)
  return [...Object.values(own.title), name, receiver, ...platforms, ...hosts, kindWord].join('\n')
}

/** All channels in words, best first for this case. */
export function rankedChoices(question: Question, words: Words): ChannelChoice[] {
  return listChannels(question).map(({ channel, reason }) => {
    const { name, does, warnings, tells, takes } = channelWords({ channel, words })
    return {
      id: channel.id,
      name,
      does,
      reason: words.t(reason),
      warnings,
      tells: channel.tells === 'unknown' ? null : tells,
      more: channel.tells === 'unknown' ? [tells, takes] : [takes],
      known: knownText(channel, words),
      searched: searchedText(channel, words),
    }
  })
}

/** What of this report was filed before, in sentences; empty when nothing was. */
export function repeatedText(ledger: LedgerView, report: Report, words: Words): string[] {
  const { same, sameReceiver, itemCount } = ledger.repeated(report.channelId, report.itemIds)
  const last = (filings: readonly Filing[]) => calendarDayText(filings[0]?.filed.day ?? '', words.language)
  if (same.length > 0)
    return [
      words.t('export.filedBefore', { count: itemCount, day: last(same) }),
      words.t('export.filedBeforeHint'),
    ]
  const [other] = sameReceiver
  if (!other) return []
  const values = { receiver: isolate(other.receiver), day: last(sameReceiver) }
  return [words.t('export.filedBeforeReceiver', values), words.t('export.filedBeforeHint')]
}

/** What a receiver takes of files; null where no picture goes there. */
export function filesFor(channel: Channel, { attachments }: Report, words: Words): FormFiles | null {
  if (!takesPictures(channel)) return null
  const stated = statedLimits(channel)
  return {
    stated: stated === null ? [] : describeLimits(stated, words),
    planned: attachments && { ready: attachments.pictures.length, left: attachments.left },
  }
}
