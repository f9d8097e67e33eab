import type { PlatformAdapter } from '../model/platform'
import type { Choice } from './choices'
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
  hasProfile: boolean
  hasChatFrame: boolean
}

function expectsPosts(adapter: PlatformAdapter, address: URL): boolean {
  return adapter.expectsPosts?.(address) ?? true
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
  const reason = known.find(({ reader }) => reader.platform !== 'generic') ? null : known[0]?.reader.reason
  return reason ? { expected, reason } : null
}

/** A reader that fails at this says nothing of it; it fails at posts as well, and that is told. */
function findChatFrame(adapter: PlatformAdapter | null): boolean {
  try {
    return adapter?.hasChatFrame?.(document) ?? false
  } catch {
    return false
  }
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
    hasProfile: profile !== null,
    hasChatFrame: findChatFrame(adapter),
  }
}

/** What was chosen, read by the reader that it was chosen with. */
export function readChoice({ element, kind }: Choice, page: PageReader): ReadPost {
  const adapter = page.platform()
  if (adapter && kind === null) return readPost(element, adapter, page.address(), new Date())
  if (adapter && kind === 'profile') return readProfile(element, adapter, page.address(), new Date())
  return readGeneric(element, kind === null || kind === 'profile' ? 'element' : kind, findTrouble(page))
}
