import type { PostReading } from '../model/post'
import { attributeOf, findClosest, findFirst } from './dom'
import { wordsAgain } from './said-again'
import type { Said } from './said-twice'

type Author = PostReading['author']

/** The head of the page that this element stands in. Null when it stands in none. */
export function pageHead(element: Element): Element | null {
  return findFirst(findClosest(element, 'html'), 'head')
}

/** The page's title as its head states it. Null when it has none. */
export function titleIn(head: Element | null): string | null {
  return findFirst(head, 'title')?.textContent?.trim() || null
}

/** The content of the `meta` of this name or property. Null when the head has none. */
export function metaIn(head: Element | null, name: string): string | null {
  return attributeOf(findFirst(head, `meta[property="${name}"], meta[name="${name}"]`), 'content')
}

/** The name as another place states it: the shown one where both differ in spaces, marks or left-out emoji alone. */
export function nameAgain(shown: string | null, stated: string | null): string | null {
  return wordsAgain({ text: shown, links: [] }, stated)
}

const marks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/**
 * The name before one of the handles in a title such as `(2) Name (@handle) / X`. Null where the title names none of
 * them: it is another account's, or of another form. `sign` stands before the handle.
 */
export function nameTitled(
  title: string | null,
  { name }: Pick<Author, 'name'>,
  { handles, sign = '@' }: { handles: readonly string[]; sign?: string },
): string | null {
  const words = (title ?? '').replace(marks, '')
  const plain = words.toLowerCase()
  const ends = handles.map((handle) => plain.lastIndexOf(` (${sign}${handle.toLowerCase()})`))
  const end = Math.max(-1, ...ends)
  if (end < 1) return null
  const whole = words.slice(0, end).trim()
  // Unread messages are counted before it; a name can begin with such a number, too.
  const isWhole = nameAgain(name, whole) === name
  return nameAgain(name, isWhole ? whole : whole.replace(/^\(\p{Nd}+\+?\)\s*/u, ''))
}

/** The name in the title of the page and in the one for other sites, where they are about this account. */
export function namesTitled(
  profile: Element,
  author: Author,
  names: { handles?: readonly string[]; sign?: string } = {},
): Said[] {
  const head = pageHead(profile)
  const handles = names.handles ?? (author.handle === null ? [] : [author.handle])
  const read = (title: string | null) => nameTitled(title, author, { ...names, handles })
  return [
    { fact: 'name', source: 'title', value: read(titleIn(head)) },
    { fact: 'name', source: 'meta', value: read(metaIn(head, 'og:title')) },
  ]
}
