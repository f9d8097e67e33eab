// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { PlatformAdapter } from '../../../utils/model/platform'
import type { PostReading } from '../../../utils/model/post'
import { findAgain, findKnown } from '../../../utils/page/find-known'
import { findTrouble, type PageReader } from '../../../utils/page/page-reader'
import { postKey, readContext, readGeneric, readPost, readProfile } from '../../../utils/page/read-post'
import type { Watch, WatchedPost } from '../../../utils/page/watch-posts'
import { emptyReading } from '../../../utils/platforms/dom'

const now = new Date('2026-11-22T12:00:00.000Z')
const address = new URL('https://chirp.example/home')
const numbered = { handle: null, name: null, profile: null, id: '900000001' }
const someone = { handle: 'wren', name: null, profile: null, id: null }

/** A post that is whole but for what a test changes. */
function reading(change: Partial<PostReading> = {}): PostReading {
  const permalink = 'https://chirp.example/p/1'
  return {
    ...emptyReading('chirp', 'post'),
    postId: '1',
    permalink,
    author: someone,
    text: 'Go away.',
    ...change,
  }
}

/** A reader of a page whose posts are the `p` elements; `readings` are theirs, in order. */
function chirp(readings: readonly (PostReading | 'throws')[]): PlatformAdapter {
  document.body.innerHTML = readings.map(() => '<p>Go away.</p>').join('')
  const elements = [...document.querySelectorAll('p')]
  return {
    id: 'chirp',
    name: 'Chirp',
    version: 1,
    isConfirmed: true,
    hosts: [],
    recognises: () => true,
    findPosts: (root) => elements.filter((element) => root.contains(element)),
    readPost: (post) => {
      const found = readings[elements.indexOf(post as HTMLParagraphElement)]
      if (found === undefined || found === 'throws') throw new Error('unreadable')
      return found
    },
  }
}

function readOne(one: PostReading | 'throws') {
  const adapter = chirp([one])
  const [post] = adapter.findPosts(document.body, address)
  if (!post) throw new Error('no post')
  return readPost(post, adapter, address, now)
}

beforeEach(() => {
  document.body.innerHTML = ''
})

describe('a reading', () => {
  it('stands when it says whose post it is, or where', () => {
    for (const change of [{}, { permalink: null }, { permalink: null, author: numbered }]) {
      const { reader, reading: read } = readOne(reading(change))
      expect(reader).toMatchObject({ platform: 'chirp', reason: null, expected: null })
      expect(read.text).toBe('Go away.')
    }
  })

  it('has language and direction of what surrounds it, where the reader says none', () => {
    document.documentElement.lang = 'ar'
    expect(readOne(reading()).reading.language).toBe('ar')
    expect(readOne(reading({ language: 'fr' })).reading.language).toBe('fr')
    document.documentElement.removeAttribute('lang')
    expect(readOne(reading()).reading.language).toBeNull()
  })

  it('is by hearsay where the reader knows posts of its kind, or profiles, by hearsay alone', () => {
    const adapter = { ...chirp([reading()]), isHearsay: () => true }
    const [post] = adapter.findPosts(document.body, address)
    if (!post) throw new Error('no post')
    expect(readPost(post, adapter, address, now).reader.isConfirmed).toBe(false)
    expect(readPost(post, { ...adapter, isHearsay: () => false }, address, now).reader.isConfirmed).toBe(true)
    const profile = { find: () => post, findPicture: () => null, read: () => reading({ kind: 'profile' }) }
    const confirmed = (isConfirmed: boolean) =>
      readProfile(post, { ...adapter, profile: { ...profile, isConfirmed } }, address, now).reader.isConfirmed
    expect([confirmed(true), confirmed(false)]).toEqual([true, false])
  })

  it('of selected words has those alone', () => {
    document.body.innerHTML = '<p>Go away. Never come back.</p>'
    vi.stubGlobal('getSelection', () => ({ toString: () => 'Never come back.' }))
    expect(readGeneric(document.body, 'selection', null).reading.text).toBe('Never come back.')
    expect(readGeneric(document.body, 'element', null).reading.text).toContain('Go away.')
    vi.unstubAllGlobals()
  })

  it.each([
    ['throws', 'throws', 'reader-threw'],
    [
      'has neither address nor author',
      reading({ permalink: null, author: { ...someone, handle: null } }),
      'no-permalink-and-no-author',
    ],
  ] as const)('gives way to the words in view where the reader %s', (_, one, reason) => {
    expect(readOne(one)).toMatchObject({
      reading: { platform: 'generic', kind: 'element', text: 'Go away.' },
      reader: { platform: 'generic', expected: 'chirp', reason },
    })
  })

  const unnamed = { handle: null, name: null, profile: null, id: null }

  it('stands without its author, and says that the reader lacks it', () => {
    const missing = [{ field: 'author.handle', reason: 'not-in-page' }]
    const { reader, reading: read } = readOne(reading({ author: unnamed, missing }))
    expect(reader).toMatchObject({ platform: 'chirp', reason: 'no-author', expected: null })
    expect(read).toMatchObject({ platform: 'chirp', postId: '1', text: 'Go away.' })
  })

  it.each([
    ['a name is all that is shown', { author: { ...unnamed, name: 'Wren' } }],
    ['the page says that it was deleted', { isDeleted: true }],
    ['the page says why', { missing: [{ field: 'author.handle', reason: 'deleted' }] }],
    ['it is a message: one’s own name nobody', { kind: 'message' as const }],
  ])('lacks nothing where %s', (_, change) => {
    expect(readOne(reading({ author: unnamed, ...change })).reader).toMatchObject({
      platform: 'chirp',
      reason: null,
    })
  })

  it('is a message’s where that has a number, though neither address nor author', () => {
    const message = { kind: 'message' as const, permalink: null, author: unnamed }
    expect(readOne(reading(message)).reader.platform).toBe('chirp')
    expect(readOne(reading({ ...message, postId: null })).reader.platform).toBe('generic')
    const missing = [{ field: 'author.handle', reason: 'own-message' }]
    expect(readOne(reading({ ...message, postId: null, missing })).reader.platform).toBe('chirp')
  })
})

describe('what a post rests on', () => {
  const ids = (readings: readonly PostReading[]) => readings.map(({ postId }) => postId)

  function contextOf(own: PostReading, known: readonly PostReading[], inside: readonly PostReading[] = []) {
    const adapter = chirp([own, ...inside])
    const [post, ...rest] = adapter.findPosts(document.body, address)
    if (!post) throw new Error('no post')
    post.append(...rest)
    return ids(readContext(post, own, adapter, known, address, now))
  }

  it('is the chain above it, nearest first, at most ten', () => {
    const known = Array.from({ length: 20 }, (_, at) =>
      reading({ postId: `p${at}`, parentPostId: `p${at + 1}` }),
    )
    expect(contextOf(reading({ parentPostId: 'p0' }), known.slice(0, 3))).toEqual(['p0', 'p1', 'p2'])
    expect(contextOf(reading({ parentPostId: 'p0' }), known)).toHaveLength(10)
  })

  it('ends where parents go round in a circle', () => {
    const known = [reading({ postId: 'a', parentPostId: 'b' }), reading({ postId: 'b', parentPostId: 'a' })]
    expect(contextOf(reading({ parentPostId: 'a' }), known)).toEqual(['a', 'b'])
  })

  it('is what it quotes, and no comment that stands inside it', () => {
    const quoted = reading({ postId: 'q', kind: 'quote', quotedIn: '1' })
    const comment = reading({ postId: 'c', kind: 'comment' })
    const ofAnother = reading({ postId: 'r', kind: 'quote', quotedIn: 'c' })
    expect(contextOf(reading(), [], [quoted, comment, ofAnother])).toEqual(['q'])
  })
})

describe('a post that is looked for again', () => {
  const page = (readings: readonly PostReading[]): PageReader => {
    const adapter = chirp(readings)
    return { platform: () => adapter, address: () => address, watch: () => null }
  }
  const known = { platform: 'chirp', postId: '1000000001', permalink: 'https://chirp.example/p/1000000001' }
  const own = reading({ postId: known.postId, permalink: known.permalink })

  it('is known by platform and number, wherever it stands', async () => {
    const moved = { ...own, permalink: 'https://chirp.example/renamed/1000000001' }
    const found = await findKnown(known, page([reading(), moved]))
    expect(found?.reading.permalink).toBe(moved.permalink)
  })

  it('is known by its address where its number is short: each chat counts anew', async () => {
    const here = reading({ postId: '7', permalink: 'https://chirp.example/chat-b/7' })
    const elsewhere = { ...here, permalink: 'https://chirp.example/chat-a/7' }
    const question = { platform: 'chirp', postId: '7', permalink: 'https://chirp.example/chat-b/7' }
    expect((await findKnown(question, page([elsewhere, here])))?.reading.permalink).toBe(here.permalink)
  })

  it('is none of another platform with the same number', async () => {
    vi.useFakeTimers()
    const looked = findKnown({ ...known, platform: 'wire' }, page([own]))
    await vi.runAllTimersAsync()
    expect(await looked).toBeNull()
    vi.useRealTimers()
  })
})

describe('a post that is read once more', () => {
  const [own, other] = [reading(), reading({ postId: '2', permalink: 'https://chirp.example/p/2' })]

  function watchedIn(readings: PostReading[]) {
    const adapter = chirp(readings)
    const page: PageReader = { platform: () => adapter, address: () => address, watch: () => null }
    const [element] = adapter.findPosts(document.body, address)
    if (!element) throw new Error('no post')
    const key = postKey(own, element)
    const watched = { ...readPost(element, adapter, address, now), element, key, isProfile: false }
    return { watched, page }
  }

  it('is the same where its element still shows it', () => {
    const { watched, page } = watchedIn([own, other])
    expect(findAgain(watched, page)).toBe(watched)
  })

  it('is another element where the page has given its own to another post', () => {
    const { watched, page } = watchedIn([other, own])
    const found = findAgain(watched, page)
    expect([found?.reading.postId, found?.element === watched.element]).toEqual(['1', false])
  })

  it('is none where the page holds it no more', () => {
    const { watched, page } = watchedIn([other])
    expect(findAgain(watched, page)).toBeNull()
    watched.element.remove()
    expect(findAgain(watched, page)).toBeNull()
  })
})

describe('the trouble of a page', () => {
  function troubleOn(
    readings: readonly (PostReading | 'throws')[],
    { isBroken = false, expectsPosts = true } = {},
  ) {
    const adapter = { ...chirp(readings), expectsPosts: () => expectsPosts }
    const posts: WatchedPost[] = adapter.findPosts(document.body, address).map((element) => {
      const read = readPost(element, adapter, address, now)
      return { ...read, element, key: 'any', isProfile: false }
    })
    const watch: Partial<Watch> = { known: () => posts, count: () => posts.length, isBroken: () => isBroken }
    return findTrouble({ platform: () => adapter, address: () => address, watch: () => watch as Watch })
  }
  const unnamed = reading({ author: { handle: null, name: null, profile: null, id: null } })

  it('is that nothing is found where posts are expected', () => {
    expect(troubleOn([])).toEqual({ expected: 'chirp', reason: 'reader-found-nothing' })
    expect(troubleOn([], { expectsPosts: false })).toBeNull()
  })

  it('is that looking for posts failed', () => {
    expect(troubleOn([], { isBroken: true })).toEqual({ expected: 'chirp', reason: 'reader-threw' })
  })

  it('is that no post at all can be read in full', () => {
    expect(troubleOn(['throws', 'throws'])?.reason).toBe('reader-threw')
    expect(troubleOn([unnamed, unnamed])?.reason).toBe('no-author')
    expect(troubleOn([unnamed, reading()])).toBeNull()
  })
})
