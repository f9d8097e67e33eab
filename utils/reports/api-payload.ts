import type { ChannelField } from '../model/channel'
import type { Item } from '../model/item'
import type { MissingFact } from '../model/report'
import { fillField } from './fill-field'
import { findMissing, missing } from './find-missing'
import { inline } from './foreign-text'
import { shortenedWarning } from './in-product'
import type { Prepared, Written } from './prepare'
import { hostOf } from './select-items'

/** One interface for programs: what it is asked, and what the page could not give for it. */
type Payload = {
  /** Values of the fields that only this interface has, by what the field holds. */
  values: Partial<Record<ChannelField['holds'], string>>
  missing: MissingFact[]
  warnings: string[]
  /** The request, with null for what has to be looked up before it can be sent. */
  request(text: string): Record<string, unknown>
}

const isNumber = (text: string | null): text is string => text !== null && /^\d{1,30}$/.test(text)

function readMastodon({ items, categories, words }: Prepared): Payload {
  const first = items[0]?.item
  const accountId = first && isNumber(first.post.author.id) ? first.post.author.id : null
  const statusIds = items.flatMap(({ item }) =>
    item.post.kind !== 'profile' && isNumber(item.post.postId) ? [item.post.postId] : [],
  )
  const rule = categories[0]?.id ?? 'other'
  // The server refuses `violation` without the numbers of its rules, and the page does not give those.
  const category = rule === 'violation' ? 'other' : rule
  const gaps: MissingFact[] = []
  if (accountId === null) gaps.push(missing('accountId', { isBlocking: false }))
  if (statusIds.length < items.filter(({ item }) => item.post.kind !== 'profile').length)
    gaps.push(missing('postIds', { isBlocking: false }))
  if (rule === 'violation') gaps.push(missing('ruleIds', { isBlocking: false }))
  return {
    values: { category, 'account-id': accountId ?? '', 'post-ids': statusIds.join('\n') },
    missing: gaps,
    warnings: first
      ? [words.t('report.mastodon.server', { server: inline(hostOf(first.page.address), words) })]
      : [],
    request: (comment) => ({
      method: 'POST',
      path: '/api/v1/reports',
      server: first ? hostOf(first.page.address) : null,
      body: { account_id: accountId, status_ids: statusIds, comment, forward: false, category },
    }),
  }
}

const didPattern = /^did:[a-z]+:[A-Za-z0-9._:%-]*[A-Za-z0-9._-]$/
const recordKeyPattern = /^[A-Za-z0-9._:~-]{1,512}$/

function didOf({ post }: Item): string | null {
  const inAddress = post.permalink === null ? null : /\/profile\/(did:[^/?#]+)/.exec(post.permalink)?.[1]
  return [post.author.id, inAddress].find((did) => typeof did === 'string' && didPattern.test(did)) ?? null
}

/** The at-URI of a Bluesky post, from the author's stable id and the record key; null without either. */
export function atUriOf(item: Item): string | null {
  const { postId } = item.post
  if (postId?.startsWith('at://did:')) return postId
  const did = didOf(item)
  if (did === null || postId === null || !recordKeyPattern.test(postId)) return null
  return `at://${did}/app.bsky.feed.post/${postId}`
}

type Subject = { value: Record<string, string | null> | null; missing: MissingFact[] }

function blueskySubject(item: Item | undefined): Subject {
  if (item === undefined) return { value: null, missing: [] }
  const atUri = missing('atUri', { isBlocking: false })
  if (item.post.kind === 'profile') {
    const did = didOf(item)
    if (did === null) return { value: null, missing: [atUri] }
    return { value: { $type: 'com.atproto.admin.defs#repoRef', did }, missing: [] }
  }
  const uri = atUriOf(item)
  const gaps = [...(uri === null ? [atUri] : []), missing('cid', { isBlocking: false })]
  return { value: { $type: 'com.atproto.repo.strongRef', uri, cid: null }, missing: gaps }
}

function readBluesky({ items, categories }: Prepared): Payload {
  const subject = blueskySubject(items[0]?.item)
  const reasonType = categories[0]?.id ?? 'tools.ozone.report.defs#reasonOther'
  return {
    values: {
      category: reasonType,
      subject: subject.value === null ? '' : JSON.stringify(subject.value),
    },
    missing: subject.missing,
    warnings: [],
    request: (reason) => ({
      method: 'POST',
      path: '/xrpc/com.atproto.moderation.createReport',
      body: { reasonType, reason, subject: subject.value },
    }),
  }
}

/** By what a channel's fields hold: one that asks for a subject speaks the AT Protocol, else it is Mastodon's. */
function readPayload(prepared: Prepared): Payload {
  const asksSubject = prepared.channel.fields.some((field) => field.holds === 'subject')
  return asksSubject ? readBluesky(prepared) : readMastodon(prepared)
}

/**
 * For an interface for programs. What the page did not give is null in the request and named in `missing`; it
 * never blocks, because the platform's own report dialog fills it in by itself. Nothing is sent from here.
 */
export function writeApiPayload(prepared: Prepared): Written {
  const payload = readPayload(prepared)
  const filled = prepared.channel.fields.map((field) =>
    fillField(prepared, field, payload.values[field.holds]),
  )
  const textAt = prepared.channel.fields.findIndex((field) => field.holds === 'text')
  const text = filled[textAt]?.field.value ?? ''
  return {
    fields: filled.map(({ field }) => field),
    missing: [...findMissing(prepared), ...payload.missing],
    warnings: [...payload.warnings, ...filled.flatMap((entry) => shortenedWarning(prepared, entry))],
    submissionText: text,
    data: { request: payload.request(text) },
  }
}
