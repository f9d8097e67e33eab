import type { PreparedPost } from '../messages/protocol'
import type { OtherSource } from '../model/platform'
import type { PostReading } from '../model/post'
import type { Choice } from './choices'
import { bringIntoView, findBand, frameOf, painted, type Rect, rememberScroll } from './frame-post'
import { essenceOf, type Guard, guardPost } from './guard-post'
import { pageFacts, pageFactsAround } from './page-facts'
import { type PageReader, readChoice } from './page-reader'
import { plain } from './plain'
import { postKey, type ReadPost, readContext, visibleTextOf } from './read-post'

/** What must stay as it is while pictures are taken. */
export function guardChoice(choice: Choice, page: PageReader): Guard {
  const { element, kind } = choice
  const say = (): string => {
    const { reading } = readChoice(choice, page)
    return reading.platform === 'generic'
      ? `${postKey(reading, element)} ${reading.text}`
      : essenceOf(reading)
  }
  return guardPost({ element, say, likeness: kind === 'page' ? 'nine-tenths' : 'same' })
}

function isWindow({ kind, extent }: Choice): boolean {
  return kind === 'selection' || (kind === 'page' && extent === 'window')
}

function contextOf(choice: Choice, own: PostReading, page: PageReader): PostReading[] {
  const adapter = page.platform()
  if (!adapter || choice.kind !== null) return []
  const known = page.watch()?.known() ?? []
  const readings = known.filter(({ isProfile }) => !isProfile).map(({ reading }) => reading)
  return readContext(choice.element, own, adapter, readings, page.address(), new Date())
}

/** What the page says a second time of a post or an account. A reader that fails here has read it all the same. */
function sourcesOf({ kind, element }: Choice, page: PageReader): OtherSource[] {
  if (kind !== null && kind !== 'profile') return []
  try {
    const adapter = page.platform()
    const reader = kind === null ? adapter : adapter?.profile
    return reader?.otherSources?.(element, page.address(), new Date()) ?? []
  } catch {
    return []
  }
}

function avatarOf({ kind, element }: Choice, page: PageReader): Rect | null {
  const picture = kind === 'profile' ? page.platform()?.profile?.findPicture(element) : null
  return picture ? frameOf(picture) : null
}

/**
 * Brings what was chosen into view without marks, reads it, and begins to watch that it stays as it is. `hideMarks`
 * takes our own drawing out of the picture.
 */
export async function preparePost(
  choice: Choice,
  page: PageReader,
  hideMarks: () => void,
): Promise<PreparedPost> {
  const { element } = choice
  choice.restore = rememberScroll(element)
  const actions = isWindow(choice) ? [] : bringIntoView(element)
  hideMarks()
  await painted()
  const prepared = describeChoice(choice, page, readChoice(choice, page))
  choice.guard = guardChoice(choice, page)
  if (!isWindow(choice)) choice.guard.expectAt(prepared.frame)
  return { ...prepared, actions }
}

/** What the page says of a choice and where it stands now. `read` is its reading. */
export function describeChoice(choice: Choice, page: PageReader, read: ReadPost): PreparedPost {
  const { element, kind } = choice
  const frame = isWindow(choice) ? { x: 0, y: 0, width: innerWidth, height: innerHeight } : frameOf(element)
  return {
    reading: read.reading,
    context: contextOf(choice, read.reading, page),
    sources: read.reader.platform === 'generic' ? [] : sourcesOf(choice, page),
    reader: read.reader,
    page: kind === null || kind === 'profile' ? pageFacts() : pageFactsAround(element),
    visibleText: visibleTextOf(element),
    frame,
    avatar: avatarOf(choice, page),
    band: isWindow(choice) ? { top: 0, bottom: innerHeight } : findBand(element),
    offset: { x: frame.x + scrollX, y: frame.y + scrollY },
    viewport: { width: innerWidth, height: innerHeight },
    pixelRatio: devicePixelRatio,
    actions: [],
  }
}

/** Puts the page back as it was and says whether the choice was the same thing all the while. */
export function finishPost(choice: Choice, page: PageReader): { address: string; isSamePost: boolean } {
  const isUnchanged = choice.guard?.end() ?? false
  const isChosen =
    choice.kind !== null || postKey(readChoice(choice, page).reading, choice.element) === choice.key
  const isSamePost = isUnchanged && isChosen && plain(choice.element).isConnected
  choice.restore()
  return { address: location.href.slice(0, 8_000), isSamePost }
}
