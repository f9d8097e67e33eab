import { attributeOf, childrenOf, findAll, findClosest, findFirst, isMatch } from './dom'
import { timeFromAttribute } from './times'

type Published = { source: string; byKey: Map<string, string> }

const read = new WeakMap<Element, Published>()
/** More than the server ever writes; a page that holds more is not read. */
const longestBlock = 200_000

/** What is read of a schema.org object; all of it may be anything. */
type Block = {
  url?: unknown
  '@id'?: unknown
  datePublished?: unknown
  mainEntity?: unknown
  comment?: unknown
  '@graph'?: unknown
}

function isBlock(value: unknown): value is Block {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function keyOf(address: unknown): string | null {
  return typeof address === 'string' ? (/\/post\/([^/?#]+)/.exec(address)?.[1] ?? null) : null
}

function collect(value: unknown, byKey: Map<string, string>, depth: number): void {
  if (depth > 6) return
  if (Array.isArray(value)) {
    for (const entry of value.slice(0, 50)) collect(entry, byKey, depth + 1)
    return
  }
  if (!isBlock(value)) return
  const key = keyOf(value.url) ?? keyOf(value['@id'])
  const at = value.datePublished
  const iso = typeof at === 'string' ? timeFromAttribute(at) : null
  if (key !== null && iso !== null) byKey.set(key, iso)
  collect(value.mainEntity, byKey, depth + 1)
  collect(value.comment, byKey, depth + 1)
  collect(value['@graph'], byKey, depth + 1)
}

function readBlock(block: Element): Map<string, string> {
  const source = block.textContent ?? ''
  const known = read.get(block)
  if (known?.source === source) return known.byKey
  const byKey = new Map<string, string>()
  if (source.length > 0 && source.length <= longestBlock) {
    try {
      collect(JSON.parse(source), byKey, 0)
    } catch {
      // Not JSON: nothing to learn from it.
    }
  }
  read.set(block, { source, byKey })
  return byKey
}

function timeFromMeta(head: Element, key: string): string | null {
  for (const link of findAll(head, 'link[rel="alternate"][href^="at://"]')) {
    if (attributeOf(link, 'href')?.endsWith(`/${key}`) !== true) continue
    return timeFromAttribute(
      attributeOf(findFirst(head, 'meta[property="article:published_time"]'), 'content'),
    )
  }
  return null
}

/**
 * The time at which the server first showed the post with this key, as a page loaded from the server states it
 * in its head (`article:published_time`, JSON-LD), in UTC to the millisecond. The client never updates the
 * head, so it counts only where it names this very key; else null.
 */
export function timeFromHead(post: Element, key: string): string | null {
  const head = childrenOf(findClosest(post, 'html')).find((child) => isMatch(child, 'head'))
  if (!head) return null
  const fromMeta = timeFromMeta(head, key)
  if (fromMeta !== null) return fromMeta
  for (const block of findAll(head, 'script[type="application/ld+json"]')) {
    const iso = readBlock(block).get(key)
    if (iso !== undefined) return iso
  }
  return null
}
