import type { Channel, LanguageMap } from '../model/channel'
import type { Words } from '../words/translate'

/** What a person reads about a channel. */
export type ChannelWords = {
  name: string
  does: string
  appeal: string
  warnings: string[]
  notes: string[]
  /** What the account reported learns of it. */
  tells: string
  /** How long it takes, as far as known. */
  takes: string
}

/** The sentence of a channel's own entry in this language, or in English where the entry has no other. */
function sentenceIn(map: LanguageMap, language: string): string {
  return map[language] ?? map[language.split('-')[0] ?? ''] ?? map.en ?? ''
}

function describeAnswer({ answer }: Channel, words: Words): string {
  if (answer === null) return words.t('channel.answer.unknown')
  const { amount, basis, evidence } = answer
  const time =
    answer.in === 'weeks-or-months' || amount === null
      ? words.t('channel.answer.weeks-or-months')
      : words.t(`channel.answer.${answer.in === 'hours' ? 'hours' : 'days'}`, { count: amount })
  const sentence = words.t(`channel.answer.by-${basis}`, { time })
  return evidence === 'verified' ? sentence : `${sentence} ${words.t('channel.answer.unconfirmed')}`
}

function describeAppeal({ appeal }: Channel, words: Words): string {
  const routes = appeal.routes.map((route) => words.t(`channel.appeal.${route}`))
  const { basis, days, evidence } = appeal
  // The law counts months of the calendar, and so does the ledger.
  const time =
    basis === 'law' && days === 180
      ? words.t('channel.appeal.six-months')
      : words.t('channel.appeal.days', { count: days ?? 0 })
  const clock = days === null ? [] : [time]
  const doubt = days === null || evidence === 'verified' ? [] : [words.t('channel.answer.unconfirmed')]
  return [...routes, ...clock, ...doubt].join(' ')
}

/** The sentences of a channel in one language: its own from its entry, the shared ones by their codes. */
export function channelWords({ channel, words }: { channel: Channel; words: Words }): ChannelWords {
  const own = (map: LanguageMap) => sentenceIn(map, words.language)
  return {
    name: own(channel.words.title),
    does: own(channel.words.does),
    appeal: describeAppeal(channel, words),
    warnings: channel.warnings.map((code) => words.t(`channel.warning.${code}`)),
    notes: channel.words.notes.map(own),
    tells: words.t(`channel.tells.${channel.tells}`),
    takes: describeAnswer(channel, words),
  }
}
