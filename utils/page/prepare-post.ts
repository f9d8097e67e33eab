import type { PreparedPost } from '../messages/protocol'
import type { OtherSource } from '../model/platform'
import type { PostReading } from '../model/post'
import type { Choice } from './choices'
import { bringIntoView, findBand, frameOf, painted, rememberScroll } from './frame-post'
import { essenceOf, type Guard, guardPost } from './guard-post'
import { pageFacts, pageFactsAround } from './page-facts'
import { type PageReader, readChoice } from './page-reader'
import { plain } from './plain'
import { postKey, type ReadPost, readContext, visibleTextOf } from './read-post'
import { bandInWindow, isInFrame, type Rect, seenAddress, seenWindow, toWindow } from './window-place'

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
  return picture ? toWindow(frameOf(picture)) : null
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
  return { ...prepared, actions: [...prepared.actions, ...actions] }
}

/** What the page says of a choice and where it stands now. `read` is its reading. */
export function describeChoice(choice: Choice, page: PageReader, read: ReadPost): PreparedPost {
  const { element, kind } = choice
  return {
    reading: read.reading,
    context: contextOf(choice, read.reading, page),
    sources: read.reader.platform === 'generic' ? [] : sourcesOf(choice, page),
    reader: read.reader,
    page: kind === null || kind === 'profile' ? pageFacts() : pageFactsAround(element),
    visibleText: visibleTextOf(element),
    avatar: avatarOf(choice, page),
    ...(isWindow(choice) ? wholeWindow() : standingOf(element)),
    actions: isInFrame() ? ['stood-in-frame'] : [],
  }
}

/** Where and how something stands in the window. */
type Standing = Pick<PreparedPost, 'frame' | 'band' | 'offset' | 'viewport' | 'pixelRatio'>

function standingAt(frame: Rect, band: PreparedPost['band']): Standing {
  const { innerWidth: width, innerHeight: height, scrollX, scrollY } = seenWindow()
  return {
    frame,
    band,
    offset: { x: frame.x + scrollX, y: frame.y + scrollY },
    viewport: { width, height },
    pixelRatio: devicePixelRatio,
  }
}

function wholeWindow(): Standing {
  const { innerWidth: width, innerHeight: height } = seenWindow()
  return standingAt({ x: 0, y: 0, width, height }, { top: 0, bottom: height })
}

/** Where an element stands at this moment. */
export function standingOf(element: Element): Standing {
  return standingAt(toWindow(frameOf(element)), bandInWindow(findBand(element)))
}

/** Puts the page back as it was and says whether the choice was the same thing all the while. */
export function finishPost(choice: Choice, page: PageReader): { address: string; isSamePost: boolean } {
  const isUnchanged = choice.guard?.end() ?? false
  const isChosen =
    choice.kind !== null || postKey(readChoice(choice, page).reading, choice.element) === choice.key
  const isSamePost = isUnchanged && isChosen && plain(choice.element).isConnected
  choice.restore()
  return { address: seenAddress(), isSamePost }
}
