import type { PlatformAdapter } from '../model/platform'
import type { Choice } from './choices'
import { plain } from './plain'
import { type ReadPost, readGeneric, readPost, readProfile, type Unread } from './read-post'
import type { Watch } from './watch-posts'

/** How this page is read now. Asked anew each time: pages change their address without loading. */
export type PageReader = {
  /** The reader of the page's platform, or null when none knows it. */
  platform: () => PlatformAdapter | null
  address: () => URL
  /** Null while documenting is off, and where no platform's reader knows the page. */
  watch: () => Watch | null
}

/** What the reader makes of the page, for the popup. */
export type PageState = {
  platformId: string | null
  platformName: string | null
  isConfirmed: boolean
  isBroken: boolean
  hasPosts: boolean
  hasProfile: boolean
  hasClosedFrame: boolean
}

function expectsPosts(adapter: PlatformAdapter, address: URL): boolean {
  return adapter.expectsPosts?.(address, document) ?? true
}

/** Why the reader of the page's platform gives nothing to mark; null when it does, or none is expected to. */
export function findTrouble({ platform, address, watch }: PageReader): Unread | null {
  const adapter = platform()
  const watching = watch()
  if (!adapter || !watching) return null
  const expected = adapter.id
  if (watching.isBroken()) return { expected, reason: 'reader-threw' }
  if (watching.count() === 0)
    return expectsPosts(adapter, address()) ? { expected, reason: 'reader-found-nothing' } : null
  const known = watching.known()
  const reason = known.find(({ reader }) => reader.platform !== 'generic' && reader.reason === null)
    ? null
    : known[0]?.reader.reason
  return reason ? { expected, reason } : null
}

/** The address of a frame, as its element gives it. Null where it gives none. */
function addressIn(frame: Element, page: URL): URL | null {
  const src = plain(frame).getAttribute('src')
  return src !== null && URL.canParse(src, page.href) ? new URL(src, page) : null
}

/** Whether this element draws a frame that the reader reads as a page. */
export function isReadFrame(element: Element, page: PageReader): boolean {
  if (!(element instanceof HTMLIFrameElement)) return false
  const address = addressIn(element, page.address())
  return address !== null && (page.platform()?.readFrameAt?.(address, page.address()) ?? null) !== null
}

/** Whether the page holds a frame that would be read and is of another origin, where we may not look. */
function hasClosedFrame(page: PageReader): boolean {
  if (!page.platform()?.readFrameAt) return false
  return Array.from(plain(document).querySelectorAll('iframe')).some(
    (frame) => isReadFrame(frame, page) && plain(frame).contentDocument === null,
  )
}

/** The state of the page as the reader sees it now. */
export function describePage(page: PageReader): PageState {
  const adapter = page.platform()
  const profile = page.watch()?.profile() ?? null
  const known = page.watch()?.known() ?? []
  const isHearsay = known.some(({ reader }) => reader.isConfirmed === false)
  return {
    platformId: adapter?.id ?? null,
    platformName: adapter?.name ?? null,
    isConfirmed: (adapter?.isConfirmed ?? true) && !isHearsay,
    isBroken: findTrouble(page) !== null,
    hasPosts: (page.watch()?.count() ?? 0) > 0,
    hasProfile: profile !== null,
    hasClosedFrame: hasClosedFrame(page),
  }
}

/** What was chosen, read by the reader that it was chosen with. */
export function readChoice({ element, kind }: Choice, page: PageReader): ReadPost {
  const adapter = page.platform()
  if (adapter && kind === null) return readPost(element, adapter, page.address(), new Date())
  if (adapter && kind === 'profile') return readProfile(element, adapter, page.address(), new Date())
  return readGeneric(element, kind === null || kind === 'profile' ? 'element' : kind, findTrouble(page))
}
