import type { Author } from '../model/post'
import { absoluteAddress, attributeOf } from './dom'
import { timeFromMs } from './times'

/** Addresses of posts and profiles begin with this. */
export const site = 'https://www.linkedin.com'

/** A post by the kind of its id; the same post has an id of each kind. */
export type Urn = { type: 'activity' | 'ugcPost' | 'share'; id: string }
/** A comment, with the post it stands under. */
export type CommentUrn = { post: Urn; id: string }

const began = Date.UTC(2010, 0, 1)

function decode(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function urnFrom(type: string | undefined, id: string | undefined): Urn | null {
  if (!id || (type !== 'activity' && type !== 'ugcPost' && type !== 'share')) return null
  return { type, id }
}

/** The post that an address or attribute names first. */
export function postUrnIn(text: string | null): Urn | null {
  const [, type, id] = decode(text ?? '').match(/urn:li:(activity|ugcPost|share):(\d{10,20})/) ?? []
  return urnFrom(type, id)
}

/** The comment that an attribute names: `urn:li:comment:(activity:1,2)`, also with the inner `urn:li:`. */
export function commentUrnIn(text: string | null): CommentUrn | null {
  const [, type, post, id] =
    decode(text ?? '').match(
      /urn:li:comment:\((?:urn:li:)?(activity|ugcPost|share):(\d{10,20}),(\d{10,20})\)/,
    ) ?? []
  const urn = urnFrom(type, post)
  return urn && id ? { post: urn, id } : null
}

function bytesOf(base64: string): Uint8Array | null {
  try {
    const plain = atob(base64.replaceAll('-', '+').replaceAll('_', '/'))
    return Uint8Array.from(plain, (letter) => letter.codePointAt(0) ?? 0)
  } catch {
    return null
  }
}

/**
 * The post in a component key such as `CgsIgMDU1PHd3tDOAQ-replaceableCommentTools…`: base64 of a protobuf whose
 * field 1 (activity) or 2 (ugcPost) holds the id in field 1, as zigzag varint. Null for any other key.
 */
export function postUrnInKey(key: string | null): Urn | null {
  const base64 = key?.match(/^([A-Za-z0-9+/_-]{8,40}={0,2})-(?:replaceableComment|commentList|comments)/)?.[1]
  const bytes = base64 ? bytesOf(base64) : null
  const [outer = 0, length = 0, inner] = bytes ?? []
  if (!bytes || inner !== 8 || length !== bytes.length - 2) return null
  let value = 0n
  for (const [index, byte] of bytes.slice(3).entries()) {
    value |= BigInt(byte & 127) << BigInt(7 * index)
    if (byte < 128) {
      const isWhole = index === bytes.length - 4 && (value & 1n) === 0n
      return isWhole ? urnFrom({ 10: 'activity', 18: 'ugcPost' }[outer], String(value >> 1n)) : null
    }
  }
  return null
}

/** The moment at which the id was made. Of a scheduled post that is days before it was published. */
export function timeOfId(id: string, now: Date): string | null {
  return /^\d{10,20}$/.test(id) ? timeFromMs(Number(BigInt(id) >> 22n), began, now) : null
}

/** The address of a post. */
export function postAddress(urn: Urn): string {
  return `${site}/feed/update/urn:li:${urn.type}:${urn.id}/`
}

/** The address of a comment, under its post. */
export function commentAddress({ post, id }: CommentUrn): string {
  const urn = `urn:li:comment:(${post.type}:${post.id},${id})`
  const escaped = encodeURIComponent(urn).replaceAll('(', '%28').replaceAll(')', '%29')
  return `${postAddress(post).slice(0, -1)}?commentUrn=${escaped}`
}

const profileShape = /^\/(in|company|school|showcase)\/([^/]+)/
/** Nearly all links are written so, and parsing the addresses of a long feed takes long. */
const plainProfile =
  /^(?:https:\/\/(?:[a-z]{2,3}\.)?linkedin\.com)?\/(in|company|school|showcase)\/([\w%.-]*[\w%-][\w%.-]*)(?:[/?#]|$)/

/** Whether the link leads to a member or an organisation. */
export function isProfileLink(link: Element): boolean {
  return profileOf(link) !== null
}

function profileOf(link: Element | URL | null): { kind: string; handle: string } | null {
  const href = link instanceof URL ? link.href : attributeOf(link, 'href')
  const [, plainKind, plainHandle] = href?.match(plainProfile) ?? []
  if (plainKind && plainHandle) return { kind: plainKind, handle: decode(plainHandle) }
  const address = absoluteAddress(href, site)
  if (!address || !/(^|\.)linkedin\.com$/.test(new URL(address).hostname)) return null
  const [, kind, handle] = new URL(address).pathname.match(profileShape) ?? []
  return kind && handle ? { kind, handle: decode(handle) } : null
}

/** The last part of a profile's address: what LinkedIn has for handles. */
export function handleOf(link: Element | null): string | null {
  return profileOf(link)?.handle ?? null
}

/** The account that a link to a profile, or the address of one, names; `name` as shown. */
export function authorBy(link: Element | URL | null, name: string | null): Author {
  const profile = profileOf(link)
  return {
    handle: profile?.handle ?? null,
    name,
    profile: profile ? `${site}/${profile.kind}/${encodeURIComponent(profile.handle)}/` : null,
    // Members without an address of their own are linked by their id.
    id: profile && /^ACo[\w-]{20,}$/.test(profile.handle) ? profile.handle : null,
  }
}
