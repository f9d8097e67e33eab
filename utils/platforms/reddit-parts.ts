import type { Author, PostReading } from '../model/post'
import { absoluteAddress, directionOf, eachOnce, linksIn, readText } from './dom'

/** Addresses are given on this host, whichever host the page is on. */
export const site = 'https://www.reddit.com'

/** What Reddit shows in place of words or names that were taken away; not translated. */
const placeholder = /^\[\s*(deleted|removed)( by [^\]]*)?\s*\]$/i

/** Whether this stands for something that was deleted or removed. */
export function isPlaceholder(text: string | null): boolean {
  return text !== null && placeholder.test(text.trim())
}

/** The author by name; every part null when there is none or the account is deleted. Reddit shows no names. */
export function authorBy(name: string | null, id: string | null): Author {
  const handle = name && /^[\w-]{1,40}$/.test(name) ? name : null
  return {
    handle,
    name: null,
    profile: handle ? `${site}/user/${handle}` : null,
    id: handle && id && /^t2_\w+$/.test(id) ? id : null,
  }
}

/** A permalink on www.reddit.com, without its query. Null for an address elsewhere. */
export function permalinkFrom(path: string | null): string | null {
  const address = absoluteAddress(path, site)
  if (!address) return null
  const { hostname, pathname } = new URL(address)
  return /(^|\.)reddit\.com$/.test(hostname) && pathname.includes('/comments/') ? `${site}${pathname}` : null
}

/** The post's id that a permalink names, as a fullname (`t3_…`). */
export function postIdIn(permalink: string | null): string | null {
  const id = permalink?.match(/\/comments\/(\w{1,13})(\/|$)/)?.[1]
  return id ? `t3_${id}` : null
}

/** An id as fullname: `t3_abc` stays, `abc` gets the prefix. Null for anything else. */
export function fullname(id: string | null, prefix: 't1' | 't3'): string | null {
  if (!id || !/^(t[13]_)?\w{1,13}$/.test(id)) return null
  return /^t[13]_/.test(id) ? id : `${prefix}_${id}`
}

/** Pictures inside a text are media of the post, not words of it. */
const notWords = 'img[src*="redd.it/"], figure img, .expando-button'

type Words = Pick<PostReading, 'text' | 'direction' | 'links' | 'mentions'>

/** Words, links and mentions of a body; with `title` before the body. */
export function readWords(body: Element | null, title: string | null = null): Words {
  const words = readText(body, { exclude: notWords })
  const shown = isPlaceholder(words) ? null : words
  const text = [title, shown].filter((part) => part !== null).join('\n\n')
  const links = linksIn(body, site)
  const mentions = links.flatMap((link) => {
    const { hostname, pathname } = new URL(link.address)
    return /(^|\.)reddit\.com$/.test(hostname)
      ? (pathname.match(/^\/(?:u|user)\/([\w-]{1,40})\/?$/)?.[1] ?? [])
      : []
  })
  return {
    text: text === '' ? null : text,
    direction: directionOf(null, text),
    links,
    mentions: eachOnce(mentions),
  }
}
