import type { OtherSource } from '../model/platform'
import type { PostReading } from '../model/post'
import { attributeOf, findAll, findClosest, findFirst } from './dom'
import { objectAfter, textAt } from './embedded-data'
import { statement } from './said-again'
import { timeFromAttribute } from './times'

/** More than a watch page's player data; what is longer is not looked through. */
const longestScript = 2_000_000

const playerData = 'ytInitialPlayerResponse'

/** The data that the server put into a watch page for its player; only of the page first loaded. */
function playerScript(page: Element | null): string | null {
  const scripts = page ? findAll(page, 'script:not([src])') : []
  for (const script of scripts) {
    const source = script.textContent ?? ''
    if (source.length <= longestScript && source.includes(playerData)) return source
  }
  return null
}

function titleOf(page: Element | null): string | null {
  const title = findFirst(page, 'head > title')?.textContent?.trim() ?? ''
  return title.match(/^(?:\(\d+\+?\) )?(\S[\s\S]*?) - YouTube$/)?.[1] ?? null
}

/** The video's words with another title: only that is stated a second time. */
function withTitle(text: string | null, title: string | null): string | null {
  if (text === null || title === null) return null
  const [, ...rest] = text.split('\n\n')
  return [title.replace(/\s+/g, ' ').trim(), ...rest].join('\n\n')
}

/** What a watch page says a second time about its video: in its title and in the data for the player. */
export function otherVideoSources(block: Element, reading: PostReading): OtherSource[] {
  if (reading.postId === null) return []
  const page = findClosest(block, 'html')
  const source = playerScript(page)
  const details = source === null ? null : objectAfter(source, 'videoDetails')
  const isOwn = textAt(details, 'videoId') === reading.postId
  const published = isOwn && source ? source.match(/"publishDate"\s*:\s*"([^"]{10,40})"/)?.[1] : undefined
  const stated = isOwn
    ? [
        ...statement('text', 'embedded-data', withTitle(reading.text, textAt(details, 'title'))),
        ...statement('name', 'embedded-data', textAt(details, 'author')),
        ...(reading.author.id ? statement('author-id', 'embedded-data', textAt(details, 'channelId')) : []),
        ...(reading.posted.iso ? statement('posted', 'embedded-data', timeFromAttribute(published)) : []),
      ]
    : []
  return [...statement('text', 'title', withTitle(reading.text, titleOf(page))), ...stated]
}

/** The account as the label of a comment's picture names it: since 2022 the handle stands for the name. */
export function otherAuthorSources(
  { author }: PostReading,
  { written, picture }: { written: string | null; picture: Element | null },
): OtherSource[] {
  const label = attributeOf(picture, 'aria-label')?.trim() ?? null
  const named = written?.match(/^@([^\s/]+)$/)?.[1]
  const isFromLink = author.profile !== null && /\/@[^/]+$/.test(author.profile)
  return [
    ...(isFromLink ? statement('handle', 'label', named) : []),
    ...(author.name !== null && author.name !== '' ? statement('name', 'label', label) : []),
  ]
}
