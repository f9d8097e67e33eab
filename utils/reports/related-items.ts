import { type CaptureSource, type Corroborating, findCorroboration } from '../model/corroboration'
import type { OpenedItem } from '../model/item'
import type { Words } from '../words/translate'
import { inline } from './foreign-text'
import { showUtc } from './moments'

function nameOf(opened: OpenedItem, items: readonly OpenedItem[], words: Words): string {
  return words.t('report.item-name', { number: items.indexOf(opened) + 1 })
}

/** With what an item was saved in one act, and which of that is in this report; null for one saved alone. */
export function describeGroup(
  { item }: OpenedItem,
  items: readonly OpenedItem[],
  words: Words,
): string | null {
  if (!item.group) return null
  const { id, kind, position } = item.group
  const group = words.t(`report.group.${kind}`, { place: position + 1 })
  const others = items
    .filter((other) => other.item.group?.id === id && other.item.id !== item.id)
    .sort((a, b) => (a.item.group?.position ?? 0) - (b.item.group?.position ?? 0))
    .map((other) => nameOf(other, items, words))
  if (others.length === 0) return group
  return words.t('report.group.others', { group, items: others.join(words.t('report.list-comma')) })
}

type Corroborated = {
  words: Words
  sources?: ReadonlyMap<string, CaptureSource> | undefined
  redacted?: ReadonlyMap<string, unknown> | undefined
}

/**
 * By item, a sentence for each capture of the same post in this report that came from another locker. Words that are
 * covered are not compared.
 */
export function describeCorroboration(
  items: readonly OpenedItem[],
  { words, sources = new Map(), redacted }: Corroborated,
): Map<string, string[]> {
  const captures = items
    .filter((opened) => !redacted?.has(opened.item.id))
    .map((opened) => ({ ...opened.item.post, id: opened.item.id, opened }))
  const sentence = ({ capture, words: how }: Corroborating<(typeof captures)[number]>): string =>
    words.t(`report.corroboration.${how}`, {
      item: nameOf(capture.opened, items, words),
      when: inline(showUtc(capture.opened.item.captured.utc), words),
      source: nameSource(sources.get(capture.id), words),
    })
  const found = [...findCorroboration(captures, sources)]
  return new Map(found.map(([id, list]) => [id, list.map(sentence)]))
}

/** From which other locker or device an item came; null for one that was captured under the locker of the report. */
export function describeSource(id: string, { words, sources }: Corroborated): string | null {
  const source = sources?.get(id)
  return source ? nameSource(source, words) : null
}

function nameSource(source: CaptureSource | undefined, words: Words): string {
  if (!source) return words.t('report.corroboration.here')
  if (source.words === null) return words.t('corroboration.unsigned')
  const named = { words: inline(source.words, words) }
  return words.t(source.kind === 'drop-box' ? 'corroboration.dropBox' : 'corroboration.signed', named)
}

/** Which item this one is a second look at, and every second look at it, oldest first; numbered as in `items`. */
export function describeSecondLooks(
  { item }: OpenedItem,
  items: readonly OpenedItem[],
  words: Words,
): string[] {
  const first = items.find((other) => other.item.id === item.recheck?.itemId)
  const outcome = item.recheck && words.t(`recheck.${item.recheck.outcome}`)
  const own =
    outcome === null
      ? []
      : [
          first
            ? words.t('report.second-look.of', { item: nameOf(first, items, words), outcome })
            : words.t('report.second-look.of-other', { outcome }),
        ]
  return [...own, ...listLooks(item.id, items, words, (look) => nameOf(look, items, words))]
}

/** Every second look at an item, oldest first, without saying where in a report it stands. */
export function describeLooksAt(itemId: string, items: readonly OpenedItem[], words: Words): string[] {
  return listLooks(itemId, items, words, () => null)
}

function listLooks(
  itemId: string,
  items: readonly OpenedItem[],
  words: Words,
  nameLook: (look: OpenedItem) => string | null,
): string[] {
  return items
    .filter((look) => look.item.recheck?.itemId === itemId)
    .sort((a, b) => (a.item.captured.utc < b.item.captured.utc ? -1 : 1))
    .flatMap((look) => {
      if (!look.item.recheck) return []
      const values = {
        when: inline(showUtc(look.item.captured.utc), words),
        outcome: words.t(`recheck.${look.item.recheck.outcome}`),
      }
      const item = nameLook(look)
      return item === null
        ? words.t('report.second-look.by-other', values)
        : words.t('report.second-look.by', { ...values, item })
    })
}
