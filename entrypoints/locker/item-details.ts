import type { ClockCompared, ItemDetails, KeptPicture, Version } from '../../components/locker/item-details'
import { likenessDistance } from '../../utils/capture/likeness'
import type { CaptureSource, Corroborating } from '../../utils/model/corroboration'
import type { Item, ItemSummary, PartRecord } from '../../utils/model/item'
import type { PostReading } from '../../utils/model/post'
import { isClockOff, listSaidTwice } from '../../utils/model/said-twice'
import { compareReadings, identityOf, versionsOf } from '../../utils/model/versions'
import { durationText } from '../../utils/words/duration'
import type { Words } from '../../utils/words/translate'
import { platformName } from '../shared/platform-names'

/** Up to so many different bits, two pictures are likely copies. */
const alikeBits = 10
/** The likeness of every picture of one colour: it says nothing. */
const noLikeness = '0'.repeat(16)

type Known = {
  item: Item
  items: readonly ItemSummary[]
  words: Words
  /** What the captures of the same post show, by id, once they were opened; null before. */
  readings: ReadonlyMap<string, PostReading> | null
  /** Addresses of the original pictures that are shown, by name. */
  shown: ReadonlyMap<string, string>
  origin: ItemDetails['origin']
  bundle: ItemDetails['bundle']
  corroborated: ReadonlyMap<string, readonly Corroborating<ItemSummary>[]>
  sources: ReadonlyMap<string, CaptureSource>
}

function compareClock(item: Item, { language }: Words): ClockCompared | null {
  const { clockSkewSeconds: skew } = item.captured
  const isOff = isClockOff(item)
  if (skew === null || isOff === null) return null
  const how = skew > 0 ? 'behind' : skew < 0 ? 'ahead' : 'same'
  return { how, amount: durationText(Math.abs(skew), language), isOff }
}

function listVersions({ item, items, readings }: Known): Version[] {
  const own = items.find(({ id }) => id === item.id)
  if (!own) return []
  let before: PostReading | null = null
  return versionsOf(items, own).map((summary) => {
    // A second look that did not find the post has the page around it, or nothing.
    const isPostThere = identityOf(summary) !== null
    const reading = isPostThere ? (readings?.get(summary.id) ?? null) : null
    const changes = before && reading && compareReadings(before, reading)
    before = reading ?? before
    return { summary, changes, isPostThere }
  })
}

function siblingsOf({ item, items }: Known): ItemSummary[] {
  const { group } = item
  if (!group) return []
  return items
    .filter((one) => one.group?.id === group.id)
    .sort((a, b) => (a.group?.position ?? 0) - (b.group?.position ?? 0))
}

function isAlike(one: string | null, other: string | null): boolean {
  if (one === null || other === null || one === noLikeness) return false
  return likenessDistance(one, other) <= alikeBits
}

function keptPicture(record: PartRecord, { item, items, shown }: Known): KeptPicture {
  const others = items.filter(({ id }) => id !== item.id)
  const same = others.filter(({ pictures }) => pictures.some(({ sha256 }) => sha256 === record.sha256))
  const alike = others.filter(
    (one) => !same.includes(one) && one.pictures.some(({ likeness }) => isAlike(record.likeness, likeness)),
  )
  return { record, url: shown.get(record.name) ?? null, same, alike }
}

function corroborationOf({ item, corroborated, sources }: Known): ItemDetails['corroboration'] {
  return (corroborated.get(item.id) ?? []).map(({ capture, words }) => ({
    summary: capture,
    words,
    source: sources.get(capture.id) ?? null,
  }))
}

/** What is told of an item besides its own facts, from everything else in the locker. */
export function describeDetails(known: Known): ItemDetails {
  const { item, words, origin, bundle } = known
  const { expected } = item.collection.reader
  return {
    saidTwice: listSaidTwice(item),
    clock: compareClock(item, words),
    expectedName: expected === null ? null : platformName(expected, words),
    versions: listVersions(known),
    hasIdentity: identityOf(item.post) !== null,
    group: siblingsOf(known),
    pictures: item.parts.filter(({ role }) => role === 'media').map((record) => keptPicture(record, known)),
    origin,
    bundle,
    corroboration: corroborationOf(known),
  }
}
