import { calendarDayText, isolate, partOfDateText } from '../../components/shared/format'
import { channels, findChannel } from '../../utils/channels/index'
import { type ChannelClocks, noClocks } from '../../utils/ledger/clocks'
import type { Channel } from '../../utils/model/channel'
import { channelWords } from '../../utils/reports/channel-words'
import type { Words } from '../../utils/words/translate'
import { platformName } from './platform-names'

type KnownFacts = Pick<Channel, 'evidence' | 'asOf' | 'reviewedOn'>

/** The clocks of a channel; none for one that this version does not know. */
export function clocksOf(channelId: string): ChannelClocks {
  const channel = findChannel(channelId)
  if (channel === null) return noClocks
  return { appeal: channel.appeal, clocks: channel.clocks }
}

/** What a person calls a channel; the receiver's name as it was noted, for a channel unknown here. */
export function channelName(channelId: string, known: { receiver: string; words: Words }): string {
  const channel = findChannel(channelId)
  return channel === null ? known.receiver : channelWords({ channel, words: known.words }).name
}

type Filed = { channelId: string; receiver: string; platforms: readonly string[] }

/** A channel, with what was reported there where that is not in its name: a legal notice can be about any service. */
export function filedName({ channelId, receiver, platforms }: Filed, words: Words): string {
  const name = channelName(channelId, { receiver, words })
  const isOfOne = findChannel(channelId)?.platforms.length === 1
  const known = platforms.filter((id) => id !== '')
  if (isOfOne || known.length === 0) return name
  const of = known.map((id) => isolate(platformName(id, words))).join(words.t('report.list-comma'))
  return `${name} · ${of}`
}

/** Every channel by its name, in the order of the names. */
export function namedChannels(words: Words): { id: string; name: string }[] {
  return channels
    .map((channel) => ({ id: channel.id, name: channelWords({ channel, words }).name }))
    .sort((one, other) => one.name.localeCompare(other.name, words.language))
}

/** Where one can go on when the answer of a channel is no; finished sentences. */
export function appealWays(channelId: string, words: Words): string[] {
  const channel = findChannel(channelId)
  return channel === null ? [] : [channelWords({ channel, words }).appeal]
}

/**
 * How well an entry is known, in sentences: at the source itself or not, of what date the copy was that was read,
 * and when the entry was last compared with it. What was read nowhere has no such dates.
 */
export function knownText({ evidence, asOf, reviewedOn }: KnownFacts, { t, language }: Words): string {
  if (evidence === 'unverified') return t('channel.known.unverified')
  const known =
    asOf === null
      ? t(`channel.known.${evidence}-undated`)
      : t(`channel.known.${evidence}`, { day: partOfDateText(asOf, language) })
  return `${known} ${t('channel.known.reviewed', { day: calendarDayText(reviewedOn, language) })}`
}
