import type { Channel } from '../model/channel'
import type { WordKey, Words } from '../words/translate'

/** What a person reads about a channel. */
export type ChannelWords = {
  name: string
  does: string
  appeal: string
  warnings: string[]
  notes: string[]
}

/** The sentences of a channel in one language. Throws for a channel without words; a test keeps that away. */
export function channelWords({ channel, words }: { channel: Channel; words: Words }): ChannelWords {
  // Channels are data, so their keys are only known when they are loaded.
  const t = (key: string) => words.t(key as WordKey)
  return {
    name: t(`channel.${channel.id}.name`),
    does: t(`channel.${channel.id}.does`),
    appeal: t(`channel.${channel.id}.appeal`),
    warnings: channel.warnings.map(t),
    notes: channel.notes.map(t),
  }
}
