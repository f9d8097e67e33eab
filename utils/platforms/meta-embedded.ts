import { attributeOf, findFirst } from './dom'
import { readJson, textAt } from './embedded-data'

// Facebook, Instagram and Threads write the answers of their servers into the page as JSON. Hearsay: known from
// public code, not from a page. What the server sent is not renewed, so everything is found by its id.

/** What the data embedded in the page say about one post. `posted` is ISO in UTC. */
export type EmbeddedPost = { text: string | null; handle: string | null; posted: string | null }

/** Pages have scripts with data by the dozen: as much as is looked at together, in UTF-16 units. */
const longestTogether = 3_000_000
/** As many values as are looked at in one script. */
const mostValues = 50_000

type Fields = Record<string, unknown>

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null
}

/** The scripts with data that contain all these words. */
export function scriptsNaming(page: Document, words: readonly string[]): Element[] {
  let length = 0
  // A browser keeps this list: looking for them anew beside a thousand posts takes long.
  const scripts = [...Document.prototype.getElementsByTagName.call(page, 'script')]
  return scripts.filter((script) => {
    if (attributeOf(script, 'type') !== 'application/json') return false
    const text = length > longestTogether ? '' : (script.textContent ?? '')
    length += text.length
    return words.every((word) => text.includes(word))
  })
}

/** The objects in these data that fit, outermost first. */
function findObjects(data: unknown, isWanted: (fields: Fields) => boolean): Fields[] {
  const found: Fields[] = []
  const waiting: unknown[] = [data]
  for (let at = 0; at < waiting.length && at < mostValues; at += 1) {
    const value = waiting[at]
    const fields = fieldsOf(value)
    if (fields && isWanted(fields)) found.push(fields)
    if (Array.isArray(value)) waiting.push(...value.slice(0, 2_000))
    else if (fields) waiting.push(...Object.values(fields))
  }
  return found
}

function timeOf(seconds: unknown): string | null {
  const isPlausible = typeof seconds === 'number' && seconds > 1_000_000_000 && seconds < 10_000_000_000
  return isPlausible ? new Date(seconds * 1000).toISOString() : null
}

/** Of several copies of a post in the data the first that says most. */
function fullest(posts: readonly EmbeddedPost[]): EmbeddedPost | null {
  const weigh = (post: EmbeddedPost) => Object.values(post).filter((value) => value !== null).length
  return [...posts].sort((one, other) => weigh(other) - weigh(one))[0] ?? null
}

/** The post of Instagram or Threads with this code. Null when the page's data do not name it. */
export function findByCode(page: Document, code: string): EmbeddedPost | null {
  const found = scriptsNaming(page, [`"${code}"`]).flatMap((script) =>
    findObjects(readJson(script), (fields) => fields.code === code),
  )
  return fullest(
    found.map((fields) => ({
      text: textAt(fields, 'caption', 'text'),
      handle: textAt(fields, 'user', 'username'),
      posted: timeOf(fields.taken_at),
    })),
  )
}

/** The post of Facebook with this number. Null when the page's data do not name it. */
export function findByPostId(page: Document, id: string): EmbeddedPost | null {
  const found = scriptsNaming(page, [`"post_id":"${id}"`]).flatMap((script) =>
    findObjects(readJson(script), (fields) => fields.post_id === id),
  )
  return fullest(
    found.map((fields) => {
      const [message] = findObjects(fields, (inner) => textAt(inner, 'message', 'text') !== null)
      const [made] = findObjects(fields, (inner) => timeOf(inner.creation_time) !== null)
      return {
        text: textAt(message, 'message', 'text'),
        handle: null,
        posted: timeOf(made?.creation_time),
      }
    }),
  )
}

/**
 * Name and number of an account in the page's data: by its number on Facebook, by its handle on Instagram and
 * Threads. Null where the data do not name it, or name it in two ways.
 */
export function findAccount(
  page: Document,
  account: { id: string } | { handle: string },
): { name: string | null; id: string | null } | null {
  const isById = 'id' in account
  const words = isById ? [`"${account.id}"`, '"name":'] : [`"${account.handle}"`, '"full_name":']
  const found = scriptsNaming(page, words).flatMap((script) =>
    findObjects(readJson(script), (fields) =>
      isById
        ? fields.id === account.id && /^(?:User|Page)$/.test(textAt(fields, '__typename') ?? '')
        : fields.username === account.handle,
    ),
  )
  const only = (name: string): string | null => {
    const [first, second] = new Set(found.flatMap((fields) => textAt(fields, name) ?? []))
    return second === undefined ? (first ?? null) : null
  }
  return found.length === 0
    ? null
    : { name: only(isById ? 'name' : 'full_name'), id: only(isById ? 'id' : 'pk') }
}

/** The content of the `meta` of this name or property in the page's head. Null when it has none. */
export function metaOf(page: Document, name: string): string | null {
  const head = findFirst(page, 'head')
  return attributeOf(findFirst(head, `meta[property="${name}"], meta[name="${name}"]`), 'content')
}
