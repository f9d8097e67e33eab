import { publishedTime } from '../model/post'
import { languageOf, periodOf } from './coarsen'
import { accountKey } from './pseudonyms'
import { regionOf } from './regions'
import { groupOf, typesOf } from './rows'
import type { NeedleKind } from './search-index'
import { type SearchIndex, startSearchIndex } from './search-index'
import { type DatasetRecord, type DatasetSource, openEach, type Watch } from './source'

/** What decisions need of one item: no word of it, a few hundred bytes. */
export type Entry = {
  id: string
  platform: string
  week: string
  month: string
  language: string
  region: string
  group: string
  /** `accountKey`, without what is known of handles elsewhere; null when the page names no account. */
  account: string | null
  target: string | null
  types: string | null
  /** Bounds of the moment of publication, in milliseconds since 1970; null when the page shows none. */
  from: number | null
  to: number | null
  cases: string
}

/** An identifier that does not come from an item: of a case, or typed by the person. */
export type Identifier = { kind: NeedleKind; value: string }

/** Everything decisions are made from, read once. */
export type Book = {
  entries: readonly Entry[]
  /** The one name of an account, whether it was seen by its id or by its handle. */
  canonical: (account: string) => string
  /** Every handle, name, address and id of the locker. */
  identifiers: SearchIndex
  /** Items that could not be opened. */
  unread: number
}

/** Equal strings once: most values of a locker are the same few. */
function startSharing(): <T extends string | null>(value: T) => T {
  const known = new Map<string, string>()
  return (value) => {
    if (value === null) return value
    const found = known.get(value)
    if (found === undefined) known.set(value, value)
    return (found ?? value) as typeof value
  }
}

/** Several cases in one value; ids have no space. */
const joinCases = (ids: readonly string[]): string => [...ids].sort().join(' ')

function entryOf(record: DatasetRecord, share: ReturnType<typeof startSharing>): Entry {
  const { post, id } = record.item
  const posted = publishedTime(post)
  const from = posted.iso ?? posted.from
  const to = posted.iso ?? posted.to
  return {
    id,
    platform: share(post.platform),
    week: share(periodOf(posted, 'week')),
    month: share(periodOf(posted, 'month')),
    language: share(languageOf(post.language)),
    region: share(regionOf(record.target?.country ?? '')),
    group: share(groupOf(record)),
    account: share(accountKey(post)),
    target: share(record.target?.key ?? null),
    types: share(typesOf(record)),
    from: from === null ? null : Date.parse(from),
    to: to === null ? null : Date.parse(to),
    cases: share(joinCases(record.caseIds)),
  }
}

/** Everything in a record that names an account or leads to a post. */
function collectIdentifiers({ item }: DatasetRecord, index: SearchIndex): void {
  for (const post of [item.post, ...item.context]) {
    index.add('handle', post.author.handle)
    index.add('name', post.author.name)
    index.add('id', post.author.id)
    index.add('permalink', post.author.profile)
    for (const mention of post.mentions) index.add('handle', mention)
    index.add('handle', post.replyToHandle)
    index.add('name', post.repostedBy)
    // An address that holds the post's id is found by the id.
    if (post.postId === null || !post.permalink?.includes(post.postId)) index.add('permalink', post.permalink)
    index.add('id', post.postId)
    index.add('id', post.parentPostId)
    index.add('id', post.quotedIn)
  }
}

/** Which id goes with a handle; a handle that was seen with two goes with none. */
function startAliases() {
  const ids = new Map<string, string | null>()
  return {
    note({ item }: DatasetRecord): void {
      const { handle, id } = item.post.author
      if (handle === null || id === null) return
      const plain = `${item.post.platform} handle ${handle.normalize('NFKC').toLowerCase()}`
      const before = ids.get(plain)
      const mine = `${item.post.platform} id ${id}`
      ids.set(plain, before === undefined || before === mine ? mine : null)
    },
    canonical: (account: string): string => ids.get(account) ?? account,
  }
}

/**
 * Reads every item of the locker once. `given` are identifiers of cases and of the person's own list. Throws
 * `AbortError` when cancelled.
 */
export async function readBook(
  source: DatasetSource,
  given: readonly Identifier[],
  watch: Watch = {},
): Promise<Book> {
  const identifiers = startSearchIndex()
  const aliases = startAliases()
  const share = startSharing()
  const entries: Entry[] = []
  // First, so that a target's name is called one where an account bears it, too.
  for (const { kind, value } of given) identifiers.add(kind, value)
  for await (const record of openEach(source, source.ids, watch)) {
    collectIdentifiers(record, identifiers)
    aliases.note(record)
    entries.push(entryOf(record, share))
  }
  return {
    entries,
    identifiers,
    canonical: aliases.canonical,
    unread: source.ids.length - entries.length,
  }
}
