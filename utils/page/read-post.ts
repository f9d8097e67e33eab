import type { PlatformAdapter } from '../model/platform'
import type { PostKind, PostReading } from '../model/post'
import { emptyReading } from '../platforms/dom'
import { plain } from './plain'

/**
 * A reading with the reader that made it. `reason` says why a generic one had to do, `expected` instead of which; with
 * a reading of the platform's own reader, what that did not find.
 */
export type ReadPost = {
  reading: PostReading
  reader: {
    platform: string
    version: number
    reason: string | null
    expected: string | null
    /** False while nobody has confirmed it for such posts; null for the generic reading. */
    isConfirmed: boolean | null
  }
}

/** Why the reader of a page's platform could not be used: the platform, and what went wrong. */
export type Unread = { expected: string; reason: string }

const textLimit = 190_000

/** What a person sees of an element, as text; never the text of what is hidden by style. */
export function visibleTextOf(element: Element): string {
  const text = element instanceof HTMLElement ? plain(element).innerText : (plain(element).textContent ?? '')
  return text.slice(0, textLimit)
}

function languageOf(element: Element): string | null {
  const holder = plain(element).closest('[lang]')
  const tag = holder && plain(holder).getAttribute('lang')
  return tag ? tag.slice(0, 100) : null
}

function directionOf(element: Element): 'ltr' | 'rtl' {
  return getComputedStyle(element).direction === 'rtl' ? 'rtl' : 'ltr'
}

/** The reading of anything that no adapter knows: its visible text, and what the page says of language. */
export function readGeneric(element: Element, kind: PostKind, unread: Unread | null): ReadPost {
  const selected = kind === 'selection' ? (getSelection()?.toString() ?? '').slice(0, textLimit) : null
  return {
    reading: {
      ...emptyReading('generic', kind),
      text: selected ?? visibleTextOf(element),
      language: languageOf(element),
      direction: directionOf(element),
    },
    reader: {
      platform: 'generic',
      version: 1,
      reason: unread?.reason ?? null,
      expected: unread?.expected ?? null,
      isConfirmed: null,
    },
  }
}

/** Why a reading is not enough to stand for the post; null when it is. */
function whyInsufficient(reading: PostReading): string | null {
  const { permalink, author, kind, postId, missing } = reading
  // Private messages have no address, and often no more of their writer than a name, or nothing for one's own.
  const isOwn = missing.some(({ field, reason }) => field === 'author.handle' && reason === 'own-message')
  if (kind === 'message' && (postId !== null || isOwn)) return null
  if (permalink === null && author.handle === null && author.id === null) return 'no-permalink-and-no-author'
  return null
}

/**
 * What every such post has and this reading lacks, while the page does not say why; null when nothing. It stands all
 * the same: its words, address and time are what the page shows.
 */
function whyPartial({ kind, author, isDeleted, missing }: PostReading): string | null {
  if (kind === 'message' || isDeleted) return null
  const isNamed = author.handle !== null || author.name !== null || author.id !== null
  const isSaid = missing.some(({ field, reason }) => field.startsWith('author') && reason !== 'not-in-page')
  return isNamed || isSaid ? null : 'no-author'
}

type Reading = { read: () => PostReading; isConfirmed: (reading: PostReading) => boolean }

function readWith(element: Element, adapter: PlatformAdapter, { read, isConfirmed }: Reading): ReadPost {
  const expected = adapter.id
  try {
    const reading = read()
    const reason = whyInsufficient(reading)
    if (reason !== null) return readGeneric(element, 'element', { expected, reason })
    return {
      reading: {
        ...reading,
        language: reading.language ?? languageOf(element),
        direction: reading.direction ?? directionOf(element),
      },
      reader: {
        platform: adapter.id,
        version: adapter.version,
        reason: whyPartial(reading),
        expected: null,
        isConfirmed: isConfirmed(reading),
      },
    }
  } catch {
    return readGeneric(element, 'element', { expected, reason: 'reader-threw' })
  }
}

/**
 * What the post shows, by its platform's reader; language and direction added from the page where the reader
 * left them open. A reader that throws, or finds neither permalink nor author, yields a generic reading with
 * the reason: never silence.
 */
export function readPost(post: Element, adapter: PlatformAdapter, address: URL, now: Date): ReadPost {
  return readWith(post, adapter, {
    read: () => adapter.readPost(post, address, now),
    isConfirmed: (reading) => adapter.isConfirmed && !adapter.isHearsay?.(post, reading),
  })
}

/** What the head of a profile page says of the account, otherwise as `readPost`. */
export function readProfile(head: Element, adapter: PlatformAdapter, address: URL, now: Date): ReadPost {
  return readWith(head, adapter, {
    read: () => {
      if (!adapter.profile) throw new Error('no reader of profiles')
      return adapter.profile.read(head, address, now)
    },
    isConfirmed: () => adapter.profile?.isConfirmed ?? false,
  })
}

/** The head of an account's profile page; null where there is none or its reader throws. */
export function findProfile(adapter: PlatformAdapter, address: URL): Element | null {
  try {
    return adapter.profile?.find(document, address) ?? null
  } catch {
    return null
  }
}

const serials = new WeakMap<Element, number>()
let lastSerial = 0

function serialOf(element: Element): number {
  const serial = serials.get(element) ?? ++lastSerial
  serials.set(element, serial)
  return serial
}

/**
 * By what a post is known again when its element is reused or drawn anew: platform and id, else its address.
 * Where it has neither, its element with author and the beginning of the words: the same words sent five times
 * by the same account are five posts. Short numbers are counted anew in each chat or group, so one that has no address
 * is known by its number here only.
 */
export function postKey(
  { platform, postId, permalink, author, text }: PostReading,
  element: Element,
): string {
  const words = `${author.handle ?? author.id ?? ''} ${(text ?? '').slice(0, 200)}`
  const isOnlyHere = postId !== null && /^\d{1,9}$/.test(postId)
  const { pathname, hash } = location
  const own = isOnlyHere ? (permalink ?? `${postId} ${pathname}${hash}`) : (postId ?? permalink)
  return `${platform}:${own ?? `#${serialOf(element)} ${words}`}`
}

/**
 * The posts that this one rests on, as the page shows them: what it quotes, and the chain it answers, nearest
 * first, at most ten. `known` are posts already read, to look parents up in.
 */
export function readContext(
  post: Element,
  own: PostReading,
  adapter: PlatformAdapter,
  known: Iterable<PostReading>,
  address: URL,
  now: Date,
): PostReading[] {
  const quoted = adapter
    .findPosts(post, address)
    .filter((inner) => inner !== post)
    .slice(0, 20)
    .map((inner) => readPost(inner, adapter, address, now).reading)
    .filter((inner) => inner.kind === 'quote' && inner.quotedIn === own.postId)
  const byId = new Map<string, PostReading>()
  for (const reading of known) if (reading.postId !== null) byId.set(reading.postId, reading)
  const chain: PostReading[] = []
  let parent = own.parentPostId === null ? undefined : byId.get(own.parentPostId)
  while (parent && chain.length < 10 && !chain.includes(parent)) {
    chain.push(parent)
    parent = parent.parentPostId === null ? undefined : byId.get(parent.parentPostId)
  }
  return [...quoted, ...chain]
}
