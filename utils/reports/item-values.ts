import type { ChannelField, FieldContent } from '../model/channel'
import type { OpenedItem } from '../model/item'
import { publishedTime } from '../model/post'
import type { Words } from '../words/translate'
import { linkLines, numberedPosts } from './compose-text'
import { declarationText } from './declaration'
import { inline, isolate, plainLines, quoteLines, showAddress } from './foreign-text'
import { describeService, handleSign } from './item-facts'
import { showUtc } from './moments'
import type { Prepared } from './prepare'

type Value = (prepared: Prepared, field: ChannelField) => string

/** One account that published posts of the report, as the pages gave it. */
export type Account = {
  handle: string | null
  sign: string
  profile: string | null
  id: string | null
  service: string
}

/** The accounts behind these items, each once, in the order of the items. */
export function accountsOf(items: readonly OpenedItem[]): Account[] {
  const found = new Map<string, Account>()
  for (const { item } of items) {
    const { handle, profile, id } = item.post.author
    const service = describeService(item)
    const key = [service, id ?? handle?.toLowerCase() ?? profile].join(' ')
    const known = found.get(key)
    if (handle === null && profile === null && id === null) continue
    found.set(key, {
      service,
      sign: known?.sign ?? handleSign(item.post),
      handle: known?.handle ?? handle,
      profile: known?.profile ?? profile,
      id: known?.id ?? id,
    })
  }
  return [...found.values()]
}

/** A line for each account: @name, address of the profile, number. Only the number survives a change of name. */
export function accountLines({ items, words }: Prepared): string {
  return accountsOf(items)
    .map(({ handle, sign, profile, id, service }) => {
      const name = handle === null ? [] : [isolate(`${sign}${handle}`)]
      const address = profile === null ? [] : [showAddress(profile)]
      const number = id === null ? [] : [words.t('report.account-number', { id: isolate(id) })]
      return [inline(service, words), ...name, ...address, ...number].join(words.t('report.list-semicolon'))
    })
    .join('\n')
}

/** A handle for a field of a form: nothing invisible in it, nothing that turns what stands after it. */
function bareName(handle: string): string {
  return plainLines(handle).replace(/[\s\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069]/gu, '')
}

function profileLinks({ items }: Prepared): string {
  return accountsOf(items)
    .flatMap(({ profile, handle, sign }) => profile ?? (handle === null ? [] : `${sign}${bareName(handle)}`))
    .join('\n')
}

/** When the post was published as exactly as the page says, else when it was saved; for putting posts in order. */
function momentOf({ item }: OpenedItem): string {
  const { iso, from } = publishedTime(item.post)
  return iso ?? from ?? item.captured.utc
}

/** Items by the time of their posts, oldest first. */
export function inTimeOrder(items: readonly OpenedItem[]): OpenedItem[] {
  return items.toSorted((a, b) => momentOf(a).localeCompare(momentOf(b), 'en'))
}

function describePeriod(first: string, last: string, words: Words): string {
  const [from, to] = [inline(showUtc(first), words), inline(showUtc(last), words)]
  return from === to
    ? words.t('report.pattern.moment', { at: from })
    : words.t('report.pattern.period', { from, to })
}

/** How many posts of how many accounts between which moments, and of what kinds; empty without posts. */
export function describePattern(prepared: Prepared): string {
  const { items, types, words } = prepared
  const ordered = inTimeOrder(items)
  const [first, last] = [ordered[0], ordered.at(-1)]
  if (!first || !last) return ''
  const kinds = types.map((type) => words.t(`type.${type}`)).join(words.t('report.list-comma'))
  return [
    words.t('report.pattern.posts', { count: items.length }),
    words.t('report.pattern.accounts', { count: accountsOf(items).length }),
    describePeriod(momentOf(first), momentOf(last), words),
    ...(kinds === '' ? [] : [words.t('report.text.types', { types: kinds })]),
  ].join('\n')
}

function statements({ case: owner, items }: Prepared): string {
  const quotes = items.flatMap(({ item }) => (item.post.text === null ? [] : [quoteLines(item.post.text)]))
  const why = plainLines(owner.whyFalse ?? '').trim()
  return why === '' ? '' : [...quotes, why].join('\n\n')
}

function dataScope(prepared: Prepared): string {
  const { items, words } = prepared
  const ordered = inTimeOrder(items)
  const [first, last] = [ordered[0], ordered.at(-1)]
  if (!first || !last) return ''
  const at = (one: OpenedItem) => inline(showUtc(momentOf(one)), words)
  return words.t('report.preservation.scope', { from: at(first), to: at(last) })
}

function behind(prepared: Prepared): string {
  const told = plainLines(prepared.case.behindIt ?? '').trim()
  return [told, accountLines(prepared)].filter((part) => part !== '').join('\n')
}

/** The ids of servers as addresses of messages name them (`/channels/<server>/<channel>/<message>`), each once. */
function serverIds({ items }: Prepared): string {
  const ids = items.flatMap(({ item }) => /\/channels\/(\d+)\//.exec(item.post.permalink ?? '')?.[1] ?? [])
  return [...new Set(ids)].join('\n')
}

/** What of the items goes into a field, by what the field holds. */
export const itemValues: Partial<Record<FieldContent, Value>> = {
  category: ({ categories }) => categories[0]?.name ?? '',
  links: ({ items }) => linkLines(items),
  'further-links': ({ items }) => linkLines(items.slice(1)),
  'account-links': profileLinks,
  'account-id': ({ items }) =>
    accountsOf(items)
      .flatMap(({ id }) => id ?? [])
      .join('\n'),
  'account-ids': accountLines,
  'post-ids': ({ items }) => items.flatMap(({ item }) => item.post.postId ?? []).join('\n'),
  'server-id': serverIds,
  service: ({ items }) => {
    const first = items[0]
    return first ? describeService(first.item) : ''
  },
  chronology: (prepared) => numberedPosts({ ...prepared, items: inTimeOrder(prepared.items) }, 'long'),
  pattern: describePattern,
  'false-statements': statements,
  behind,
  'data-scope': dataScope,
  declaration: declarationText,
  preservation: (prepared) =>
    prepared.items.length === 0 ? '' : prepared.words.t('report.preservation.ask', { count: 90 }),
}
