import { browser } from 'wxt/browser'
import type { Question } from '../messages/protocol'
import type { PageState } from '../messages/states'
import { askPage } from '../messages/trusted-end'
import { platforms } from '../platforms/index'
import { readTab, writeFrames } from './tab-states'

/*
 * Frames within a documented page that its platform's reader reads as pages of their own: a live chat beside a video.
 * The grant for the page reaches those of its origin (measured in Chromium 156). What is remembered of a tab counts
 * for all of them together.
 */

/** What runs in pages and in these frames. */
export const contentScript = '/content-scripts/posts.js'
/** More frames of one page than anybody looks at. */
const framesAtMost = 10

/** Runs in each frame that the browser lets us into. */
function addressInFrame(): string {
  return location.href
}

/** The ids of the frames that are to be read; frames of other origins, and those we are not let into, are none. */
async function findFrames(tabId: number, platformId: string | null): Promise<number[]> {
  const readFrameAt = platforms.find(({ id }) => id === platformId)?.readFrameAt
  if (!readFrameAt) return []
  const answers = await browser.scripting
    .executeScript({ target: { tabId, allFrames: true }, func: addressInFrame })
    .catch(() => [])
  const addresses = answers.flatMap(({ frameId, result }) =>
    typeof result === 'string' && URL.canParse(result) ? [{ frameId, address: new URL(result) }] : [],
  )
  const around = addresses.find(({ frameId }) => frameId === 0)?.address
  if (!around) return []
  return addresses
    .filter(({ frameId, address }) => frameId !== 0 && address.origin === around.origin)
    .filter(({ address }) => readFrameAt(address, around) !== null)
    .map(({ frameId }) => frameId)
    .slice(0, framesAtMost)
}

async function startFrame(
  tabId: number,
  frameId: number,
  question: Question<'startDocumenting'>,
): Promise<boolean> {
  try {
    await browser.scripting.executeScript({ target: { tabId, frameIds: [frameId] }, files: [contentScript] })
  } catch {
    return false
  }
  return (await askPage(tabId, 'startDocumenting', question, frameId)).ok
}

/**
 * Begins to document the frames of a page that are to be read, and gives their ids. Asked again, it goes on with those
 * that are new or were loaded anew.
 */
export async function startFrames(
  tabId: number,
  platformId: string | null,
  question: Question<'startDocumenting'>,
): Promise<number[]> {
  const found = await findFrames(tabId, platformId)
  const started = await Promise.all(found.map((frameId) => startFrame(tabId, frameId, question)))
  return found.filter((_, index) => started[index])
}

/** What the documented frames within a page say of themselves. A frame that is gone says nothing. */
export async function readFrameStates(tabId: number): Promise<PageState[]> {
  const frames = (await readTab(tabId))?.frames ?? []
  const states = await Promise.all(frames.map((frameId) => askPage(tabId, 'pageState', {}, frameId)))
  return states.flatMap((state) => (state.ok ? [state.value] : []))
}

/** Whether a page shows posts, and its reader reads them. */
export function isRead({ hasPosts, isBroken }: Pick<PageState, 'hasPosts' | 'isBroken'>): boolean {
  return hasPosts && !isBroken
}

/** Whether this frame of a tab is documented: the page itself, or one that was begun with. */
export async function isDocumentedFrame(tabId: number, frameId: number): Promise<boolean> {
  const tab = await readTab(tabId)
  return tab !== null && (frameId === 0 || tab.frames.includes(frameId))
}

/** Runs in a frame: whether the keyboard is in it, and not in a frame below, or words of it are selected. */
function isInUse(): boolean {
  const isFocused = document.hasFocus() && !(document.activeElement instanceof HTMLIFrameElement)
  return isFocused || getSelection()?.isCollapsed === false
}

/** The documented frame in which the keyboard is or words are selected; the page itself where that is none. */
export async function frameInUse(tabId: number): Promise<number> {
  const frameIds = (await readTab(tabId))?.frames ?? []
  if (frameIds.length === 0) return 0
  const answers = await browser.scripting
    .executeScript({ target: { tabId, frameIds }, func: isInUse })
    .catch(() => [])
  return answers.find(({ result }) => result === true)?.frameId ?? 0
}

/** The other frames of a documented page, the page itself among them. */
async function othersOf(tabId: number, frameId: number): Promise<number[]> {
  const frames = (await readTab(tabId))?.frames ?? []
  return frames.length === 0 ? [] : [0, ...frames].filter((one) => one !== frameId)
}

/** Acts while the drawing of all other frames of the tab is taken away: a picture is of the whole window. */
export async function withOthersHidden<T>(
  { tabId, frameId }: { tabId: number; frameId: number },
  act: () => Promise<T>,
): Promise<T> {
  const others = await othersOf(tabId, frameId)
  await Promise.all(others.map((other) => askPage(tabId, 'hideMarks', {}, other)))
  return act().finally(() => Promise.all(others.map((other) => askPage(tabId, 'showMarks', {}, other))))
}

/** Removes every mark from the frames of a tab. */
export async function stopFrames(tabId: number): Promise<void> {
  const frames = (await readTab(tabId))?.frames ?? []
  await Promise.all(frames.map((frameId) => askPage(tabId, 'stopDocumenting', {}, frameId)))
  await writeFrames(tabId, [])
}
