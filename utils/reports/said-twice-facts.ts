import type { Item } from '../model/item'
import { isClockOff, listSaidTwice, type SaidTwice, type Stated } from '../model/said-twice'
import { durationText } from '../words/duration'
import type { Words } from '../words/translate'
import { inline, isolate } from './foreign-text'
import { showUtc } from './moments'

/** Longer words stand below the sentence instead of in it. */
const longestInSentence = 200

/** A conflict as a sentence; `quotes` are the two texts where they are too long to stand in it. */
export type Conflict = { sentence: string; quotes: { label: string; text: string }[] }

function describeStated(stated: Stated, words: Words): string {
  if (stated.kind === 'words') return isolate(stated.words)
  const [from, to] = [inline(showUtc(stated.from), words), inline(showUtc(stated.to), words)]
  return from === to ? from : words.t('twice.window', { from, to })
}

function describeConflict({ fact, source, here, there }: SaidTwice, words: Words): Conflict {
  const names = { fact: words.t(`twice.fact.${fact}`), source: words.t(`twice.source.${source}`) }
  const texts = [here, there].map((stated) => (stated.kind === 'words' ? stated.words : ''))
  if (fact !== 'text' && texts.every((text) => text.length <= longestInSentence)) {
    const values = { here: describeStated(here, words), there: describeStated(there, words) }
    return { sentence: words.t('twice.conflict', { ...names, ...values }), quotes: [] }
  }
  const [shown = '', other = ''] = texts
  return {
    sentence: words.t('twice.conflictHidden', names),
    quotes: [
      { label: words.t('twice.here'), text: shown },
      { label: words.t('twice.there', names), text: other },
    ],
  }
}

/** What the page says twice and not alike; empty when all of it agrees or nothing is said twice. */
export function describeConflicts(item: Item, words: Words): Conflict[] {
  return listSaidTwice(item)
    .filter(({ agrees }) => !agrees)
    .map((said) => describeConflict(said, words))
}

/** Everything that the page says twice, and what that cannot show. Never empty. */
export function describeSources(item: Item, words: Words): string[] {
  const all = listSaidTwice(item)
  if (all.length === 0) return [words.t('twice.none')]
  const sentences = all.map((said) =>
    said.agrees
      ? words.t('twice.agree', {
          fact: words.t(`twice.fact.${said.fact}`),
          source: words.t(`twice.source.${said.source}`),
        })
      : describeConflict(said, words).sentence,
  )
  return [...sentences, words.t('twice.limit')]
}

/** The device's clock beside the platform's; null when nobody asked the platform for its time. */
export function describeClock(item: Item, words: Words): string | null {
  const { clockSkewSeconds: skew } = item.captured
  if (skew === null) return null
  const how = skew > 0 ? 'behind' : skew < 0 ? 'ahead' : 'same'
  const amount = isolate(durationText(Math.abs(skew), words.language))
  return words.t(`report.clock.${how}`, { amount })
}

/** A clock that was more than two minutes off, and what follows from it; null for any other. */
export function describeClockTrouble(item: Item, words: Words): string | null {
  const clock = describeClock(item, words)
  return clock !== null && isClockOff(item) ? `${clock} ${words.t('report.clock.off')}` : null
}
