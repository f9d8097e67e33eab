import { attributeOf, childrenOf, findAll, findClosest, findFirst, isMatch } from './dom'
import { readJson, textAt, valueAt } from './embedded-data'
import { timeFromAttribute } from './times'

/** What the server states of a post in the head of a page; null where it does not. */
export type Stated = {
  at: string | null
  text: string | null
  name: string | null
  /** With `@`. */
  handle: string | null
  did: string | null
}

const read = new WeakMap<Element, { value: unknown; byKey: Map<string, Stated> }>()

function keyOf(address: string | null): string | null {
  return address === null ? null : (/\/post\/([^/?#]+)/.exec(address)?.[1] ?? null)
}

function asHandle(text: string | null): string | null {
  return text !== null && /^@\S+$/.test(text) ? text : null
}

function statedIn(value: unknown): Stated {
  const name = textAt(value, 'author', 'name')
  const did = textAt(value, 'author', 'identifier')
  return {
    at: timeFromAttribute(textAt(value, 'datePublished')),
    text: textAt(value, 'text'),
    // An account without a display name is named by its handle.
    name: asHandle(name) ? null : name,
    handle: asHandle(textAt(value, 'author', 'alternateName')) ?? asHandle(name),
    did: did?.startsWith('did:') ? did : null,
  }
}

function collect(value: unknown, byKey: Map<string, Stated>, depth: number): void {
  if (depth > 6) return
  if (Array.isArray(value)) {
    for (const entry of value.slice(0, 50)) collect(entry, byKey, depth + 1)
    return
  }
  const key = keyOf(textAt(value, 'url')) ?? keyOf(textAt(value, '@id'))
  const stated = statedIn(value)
  if (key !== null && stated.at !== null) byKey.set(key, stated)
  for (const name of ['mainEntity', 'comment', '@graph']) collect(valueAt(value, name), byKey, depth + 1)
}

function readBlock(block: Element): Map<string, Stated> {
  const value = readJson(block)
  const known = read.get(block)
  if (known && known.value === value) return known.byKey
  const byKey = new Map<string, Stated>()
  collect(value, byKey, 0)
  read.set(block, { value, byKey })
  return byKey
}

function metaIn(head: Element, name: string): string | null {
  return attributeOf(findFirst(head, `meta[property="${name}"]`), 'content')
}

/** The head's own lines are about the one post whose address they give. */
function statedInMeta(head: Element, key: string): Stated | null {
  const own = findAll(head, 'link[rel="alternate"][href^="at://"]')
    .map((link) => attributeOf(link, 'href'))
    .find((href) => href?.endsWith(`/${key}`))
  if (!own) return null
  const [, name, handle] = metaIn(head, 'og:title')?.match(/^(?:([\s\S]*) \()?(@[^\s()]+)\)?$/) ?? []
  return {
    at: timeFromAttribute(metaIn(head, 'article:published_time')),
    text: metaIn(head, 'og:description'),
    name: name ?? null,
    handle: handle ?? null,
    did: own.match(/^at:\/\/(did:[^/]+)\//)?.[1] ?? null,
  }
}

function headOf(post: Element): Element | null {
  return childrenOf(findClosest(post, 'html')).find((child) => isMatch(child, 'head')) ?? null
}

/**
 * What a page loaded from the server states of the post with this key, in its lines (`meta`) and in its data for
 * search engines (`embedded`). The client never updates the head, so it counts only where it names this very key.
 */
export function statedInHead(post: Element, key: string): { meta: Stated | null; embedded: Stated | null } {
  const head = headOf(post)
  if (!head) return { meta: null, embedded: null }
  const blocks = findAll(head, 'script[type="application/ld+json"]')
  const embedded = blocks.map((block) => readBlock(block).get(key)).find((stated) => stated !== undefined)
  return { meta: statedInMeta(head, key), embedded: embedded ?? null }
}

/**
 * The time at which the server first showed the post with this key, as a page loaded from the server states it
 * in its head (`article:published_time`, JSON-LD), in UTC to the millisecond; null where it does not.
 */
export function timeFromHead(post: Element, key: string): string | null {
  const { meta, embedded } = statedInHead(post, key)
  return meta?.at ?? embedded?.at ?? null
}
