import type { ItemSummary } from './item'
import type { PostMedia, PostReading } from './post'
import { atOnce, each, type Steps } from './slices'
import { compareWords, type WordRun } from './word-changes'

/** What is needed of a capture to know which post it is of. */
type Identified = Pick<ItemSummary, 'id' | 'platform' | 'postId' | 'permalink'>
/** What is needed of a capture to put it among the others of its post. */
type Capture = Identified & Pick<ItemSummary, 'capturedAt' | 'recheck'>

/** Ids that short are counted anew in each conversation; they say nothing without the address. */
const countedId = /^\d{1,9}$/

/**
 * What is the same for all captures of one post: its platform and its id, else its address. Null when the page gave
 * neither, or only a number that is counted anew in each conversation.
 */
export function identityOf({ platform, postId, permalink }: Omit<Identified, 'id'>): string | null {
  if (postId !== null && !countedId.test(postId)) return `${platform} ${postId}`
  return permalink === null ? null : `${platform} ${permalink}`
}

/**
 * The captures that are of the same post as another one, by id: each with all of them, itself included, oldest first.
 * A second look belongs to what it looked at, even where the post was not shown any more. Captures that stand alone
 * are not in it.
 */
export function groupVersions<T extends Capture>(captures: readonly T[]): Map<string, T[]> {
  return atOnce(groupingVersions(captures))
}

/** As `groupVersions`, to be done in slices. */
export function* groupingVersions<T extends Capture>(captures: readonly T[]): Steps<Map<string, T[]>> {
  const first = new Map<string, T>()
  // Most captures stand alone: a group is made for the second one of a post only, and there may be 100,000.
  const groups = new Map<string, Set<T>>()
  yield* each(captures, (capture) => {
    const name = identityOf(capture)
    if (name === null) return
    const one = first.get(name)
    if (one === undefined) first.set(name, capture)
    else groups.set(capture.id, groupOf(groups, one).add(capture))
  })
  yield
  joinRechecks(captures, groups)
  const found = [...groups].filter(([, group]) => group.size > 1)
  return new Map(found.map(([id, group]) => [id, [...group].sort(oldestFirst)]))
}

function groupOf<T extends Capture>(groups: Map<string, Set<T>>, capture: T): Set<T> {
  const group = groups.get(capture.id) ?? new Set([capture])
  groups.set(capture.id, group)
  return group
}

function joinRechecks<T extends Capture>(captures: readonly T[], groups: Map<string, Set<T>>): void {
  const looks = captures.filter(({ recheck }) => recheck !== null)
  if (looks.length === 0) return
  const lookedAtIds = new Set(looks.map(({ recheck }) => recheck?.itemId))
  const byId = new Map<string | undefined, T>()
  for (const capture of captures) if (lookedAtIds.has(capture.id)) byId.set(capture.id, capture)
  for (const capture of looks) {
    const lookedAt = byId.get(capture.recheck?.itemId)
    if (!lookedAt) continue
    groupOf(groups, lookedAt)
    groupOf(groups, capture)
    joinGroups(groups, lookedAt, capture)
  }
}

function joinGroups<T extends Capture>(groups: Map<string, Set<T>>, one: T, other: T): void {
  const [into, from] = [groups.get(one.id), groups.get(other.id)]
  if (!into || !from || into === from) return
  for (const capture of from) {
    into.add(capture)
    groups.set(capture.id, into)
  }
}

function oldestFirst(a: Capture, b: Capture): number {
  return a.capturedAt < b.capturedAt ? -1 : a.capturedAt > b.capturedAt ? 1 : a.id < b.id ? -1 : 1
}

/** All captures of the post that one capture is of, oldest first, itself included; just itself when it stands alone. */
export function versionsOf<T extends Capture>(captures: readonly T[], capture: T): T[] {
  return groupVersions(captures).get(capture.id) ?? [capture]
}

/** A value that differs between two captures; null where one of them shows none. */
type Changed<N extends string> = { name: N; before: string | null; after: string | null }

const flags = ['isEdited', 'isDeleted', 'isTruncated'] as const
type Flag = (typeof flags)[number]

/** What is different in a later capture of the same post. */
export type ReadingChanges = {
  /** The words with what was removed and added; null when they are the same. */
  words: WordRun[] | null
  /** One of the two shows only the beginning of the words: what seems removed or added may be just that. */
  isCut: boolean
  values: Changed<'name' | 'handle' | 'contentWarning'>[]
  counts: Changed<string>[]
  addedMedia: PostMedia[]
  removedMedia: PostMedia[]
  /** What the page says of the post in one capture and not in the other. */
  flags: { name: Flag; isNow: boolean }[]
}

/** The host and the signed part of an address differ from one visit to the next; the path names the file. */
function mediumKey({ kind, address, alt }: PostMedia): string {
  const path = address === null ? null : URL.parse(address)?.pathname
  return `${kind} ${path ?? alt ?? ''}`
}

/** Those of `media` that `others` lack, each as often as it is lacking. */
function lacking(media: readonly PostMedia[], others: readonly PostMedia[]): PostMedia[] {
  const left = others.map(mediumKey)
  return media.filter((one) => {
    const at = left.indexOf(mediumKey(one))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

function changed<N extends string>(name: N, before: string | null, after: string | null): Changed<N>[] {
  return before === after ? [] : [{ name, before, after }]
}

/**
 * What is different in the later of two captures of one post, as far as both pages show it. Differences may come from
 * who looked and how: counts grow, an account that is logged in sees more.
 */
export function compareReadings(before: PostReading, after: PostReading): ReadingChanges {
  const names = [...new Set([...Object.keys(before.counts), ...Object.keys(after.counts)])]
  const isSame = before.text === after.text
  return {
    words: isSame ? null : compareWords(before.text ?? '', after.text ?? ''),
    isCut: !isSame && (before.isTruncated || after.isTruncated),
    values: [
      ...changed('name', before.author.name, after.author.name),
      ...changed('handle', before.author.handle, after.author.handle),
      ...changed('contentWarning', before.contentWarning, after.contentWarning),
    ],
    counts: names.flatMap((name) => changed(name, before.counts[name] ?? null, after.counts[name] ?? null)),
    addedMedia: lacking(after.media, before.media),
    removedMedia: lacking(before.media, after.media),
    flags: flags.flatMap((name) => (before[name] === after[name] ? [] : [{ name, isNow: after[name] }])),
  }
}
