import { findReceiver } from '../channels/index'
import type { Item, OpenedItem } from '../model/item'
import type { PostReading } from '../model/post'
import type { WordKey, Words } from '../words/translate'
import { inline, isolate } from './foreign-text'
import { describePosted, showLocal, showUtc } from './moments'
import { exactAddress, serviceOf } from './select-items'

/**
 * One fact of an item. `kind` says how to show the value: our own `sentence`, `foreign` words on one line,
 * a `quote` of several lines, or `code` (addresses, ids, digests), which always runs from left to right.
 */
export type Fact = { label: WordKey; value: string; kind: 'sentence' | 'foreign' | 'quote' | 'code' }

const fact = (label: WordKey, value: string | null, kind: Fact['kind']): Fact[] =>
  value === null || value === '' ? [] : [{ label, value, kind }]

/** What people write before the name of an account on a platform: `@name`, but on Reddit `u/name`. */
export function handleSign({ platform }: Pick<PostReading, 'platform'>): string {
  return platform === 'reddit' ? 'u/' : '@'
}

/** Who published it, as shown: name and handle, with what of the two the page gave. Null when it gave neither. */
export function describeAuthor(post: PostReading): string | null {
  const { author } = post
  const shown = `${handleSign(post)}${author.handle}`
  const handle = author.handle === null ? null : isolate(shown)
  const isSame = author.name === author.handle || author.name === shown
  if (author.name === null || (isSame && handle !== null)) return handle
  return handle === null ? isolate(author.name) : `${isolate(author.name)} (${handle})`
}

/** A language tag as people call it, with the tag; only the tag where it is not a known one. */
export function describeLanguage(tag: string, words: Words): string {
  try {
    const name = new Intl.DisplayNames([words.language], { type: 'language', fallback: 'none' }).of(tag)
    return name === undefined ? isolate(tag) : `${name} (${isolate(tag)})`
  } catch {
    return isolate(tag)
  }
}

/** The platform by its proper name; the host of the page where no channel knows it. */
export function describeService(item: Item): string {
  return findReceiver(serviceOf(item)) ?? serviceOf(item)
}

function describeMedia(post: PostReading, words: Words): string | null {
  const parts = post.media.map((media) => {
    const kind = words.t(`report.media.${media.kind}`)
    const alt = media.alt === null ? kind : words.t('report.media.alt', { kind, alt: isolate(media.alt) })
    return media.isHidden ? words.t('report.media.covered', { media: alt }) : alt
  })
  return parts.length === 0 ? null : parts.join(words.t('report.list-semicolon'))
}

function describeState(post: PostReading, words: Words): string | null {
  const states: [boolean, WordKey][] = [
    [post.isEdited, 'report.state.edited'],
    [post.isTruncated, 'report.state.truncated'],
    [post.isDeleted, 'report.state.deleted'],
    [post.isAd, 'report.state.ad'],
  ]
  const sentences = states.flatMap(([isSo, key]) => (isSo ? [words.t(key)] : []))
  return sentences.length === 0 ? null : sentences.join(' ')
}

function placeFacts(item: Item, words: Words): Fact[] {
  const { page, post } = item
  const exact = exactAddress(item)
  const kind = words.t(`report.kind.${post.kind}`)
  return [
    ...fact('report.fact.address', exact, 'code'),
    ...fact('report.fact.page', page.address === exact ? null : page.address, 'code'),
    ...fact(
      'report.fact.platform',
      `${inline(describeService(item), words)}${words.t('report.list-comma')}${kind}`,
      'sentence',
    ),
    ...fact('report.fact.post-id', post.postId, 'code'),
    ...fact('report.fact.account', describeAuthor(post), 'sentence'),
    ...fact('report.fact.account-id', post.author.id, 'code'),
    ...fact('report.fact.profile', post.author.profile, 'code'),
  ]
}

function relationFacts(post: PostReading, words: Words): Fact[] {
  const handle = (value: string | null) => (value === null ? null : `${handleSign(post)}${value}`)
  return [
    ...fact('report.fact.reply-to', handle(post.replyToHandle), 'foreign'),
    ...fact('report.fact.parent', post.parentPostId, 'code'),
    ...fact('report.fact.quoted-in', post.quotedIn, 'code'),
    ...fact('report.fact.reposted-by', post.repostedBy, 'foreign'),
    ...fact(
      'report.fact.visibility',
      post.visibility && words.t(`report.visibility.${post.visibility}`),
      'sentence',
    ),
  ]
}

/** What the time of a reading is called: a profile was not posted, its account was opened. */
export function postedLabel({ kind }: PostReading): WordKey {
  return kind === 'profile' ? 'report.fact.account-since' : 'report.fact.posted'
}

/** The short form for a post shown around the one saved. */
export function postFacts(post: PostReading, words: Words): Fact[] {
  return [
    ...fact('report.fact.address', post.permalink, 'code'),
    ...fact(postedLabel(post), describePosted(post.posted, words), 'sentence'),
  ]
}

function surroundings({ page }: Item, words: Words): Fact[] {
  const times = page.times.map(({ asShown, machine }) =>
    words.t('item.timeValue', { shown: isolate(asShown), machine: isolate(machine) }),
  )
  return [
    ...fact('report.fact.headings', page.headings.map(isolate).join(' › '), 'sentence'),
    ...fact('report.fact.times', times.join(words.t('report.list-semicolon')), 'sentence'),
  ]
}

/** Counts as the page showed them, each with its name in the report's language where the name is a usual one. */
export function describeCounts({ counts }: PostReading, words: Words): string[] {
  return Object.entries(counts).map(([name, value]) =>
    words.t('report.text.line', {
      label: words.ofCode('count', name) ?? isolate(name),
      value: isolate(value),
    }),
  )
}

/** What an item shows, in the order in which every report gives it. */
export function itemFacts({ item, assessment }: OpenedItem, words: Words): Fact[] {
  const { captured, post } = item
  const counts = describeCounts(post, words)
  const types = assessment?.types.map((type) => words.t(`type.${type}`)) ?? []
  return [
    ...placeFacts(item, words),
    ...surroundings(item, words),
    ...fact(postedLabel(post), describePosted(post.posted, words), 'sentence'),
    ...fact('report.fact.captured', showUtc(captured.utc), 'code'),
    ...fact('report.fact.captured-local', showLocal(captured.utc, captured.zoneOffsetMinutes), 'code'),
    ...fact('report.fact.language', post.language && describeLanguage(post.language, words), 'sentence'),
    ...fact(
      'report.fact.words',
      post.text ?? words.t('report.no-words'),
      post.text === null ? 'sentence' : 'quote',
    ),
    ...fact('report.fact.content-warning', post.contentWarning, 'quote'),
    ...fact('report.fact.media', describeMedia(post, words), 'sentence'),
    ...relationFacts(post, words),
    ...fact('report.fact.state', describeState(post, words), 'sentence'),
    ...fact('report.fact.counts', counts.join(words.t('report.list-semicolon')), 'sentence'),
    ...fact('report.fact.types', types.join(words.t('report.list-comma')), 'sentence'),
  ]
}
