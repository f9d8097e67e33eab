import { describe, expect, it } from 'vitest'
import type { ItemSummary } from '../../../utils/model/item'
import type { PostMedia } from '../../../utils/model/post'
import { compareReadings, groupVersions, identityOf, versionsOf } from '../../../utils/model/versions'
import { samplePost } from '../../support/sample-items'

type Capture = Pick<ItemSummary, 'id' | 'platform' | 'postId' | 'permalink' | 'capturedAt' | 'recheck'>

function capture(id: string, hour: number, overrides: Partial<Capture> = {}): Capture {
  const capturedAt = `2024-05-14T${String(hour).padStart(2, '0')}:00:00.000Z`
  return {
    id,
    platform: 'x',
    postId: '1790000000000000001',
    permalink: null,
    capturedAt,
    recheck: null,
    ...overrides,
  }
}
const none = { postId: null, permalink: null }
const ids = (captures: readonly Capture[]) => captures.map(({ id }) => id)

describe('identityOf', () => {
  it('is platform and id, else the address', () => {
    const permalink = 'https://x.com/harrow_blackmoor/status/1790000000000000001'
    const byId = identityOf({ platform: 'x', postId: '1790000000000000001', permalink })
    expect(identityOf({ platform: 'x', postId: '1790000000000000001', permalink: null })).toBe(byId)
    expect(identityOf({ platform: 'threads', postId: '1790000000000000001', permalink })).not.toBe(byId)
    expect(identityOf({ platform: 'x', postId: null, permalink })).toBe(`x ${permalink}`)
    expect(identityOf({ platform: 'x', ...none })).toBeNull()
  })

  it('does not take a number that every conversation counts anew', () => {
    const here = { platform: 'telegram', postId: '48', permalink: 'https://t.me/lowtide/48' }
    expect(identityOf(here)).not.toBe(identityOf({ ...here, permalink: 'https://t.me/hightide/48' }))
    expect(identityOf({ ...here, permalink: null })).toBeNull()
  })
})

describe('versionsOf', () => {
  it('gives every capture of the post, oldest first', () => {
    const all = [
      capture('c', 9),
      capture('a', 7),
      capture('other', 6, { postId: '1790000000000000002' }),
      capture('b', 8),
    ]
    expect(ids(versionsOf(all, capture('b', 8)))).toEqual(['a', 'b', 'c'])
    expect(ids(versionsOf(all, capture('other', 6)))).toEqual(['other'])
    expect([...groupVersions(all).keys()].sort()).toEqual(['a', 'b', 'c'])
  })

  it('counts a second look to what it looked at, even when nothing was shown', () => {
    const gone = capture('gone', 9, {
      platform: 'generic',
      ...none,
      recheck: { itemId: 'a', outcome: 'not-shown' },
    })
    const again = capture('again', 10, { ...none, recheck: { itemId: 'gone', outcome: 'not-shown' } })
    const all = [again, gone, capture('b', 8), capture('a', 7)]
    for (const one of all) expect(ids(versionsOf(all, one))).toEqual(['a', 'b', 'gone', 'again'])
  })

  it('keeps captures without identity apart, and takes a look at what is gone as standing alone', () => {
    const all = [
      capture('a', 7, none),
      capture('b', 8, none),
      capture('c', 9, { ...none, recheck: { itemId: 'deleted', outcome: 'unchanged' } }),
    ]
    expect(groupVersions(all).size).toBe(0)
  })
})

const image = (address: string | null, alt: string | null = null): PostMedia => ({
  kind: 'image',
  address,
  alt,
  isHidden: false,
})

const noChanges = {
  words: null,
  isCut: false,
  values: [],
  counts: [],
  addedMedia: [],
  removedMedia: [],
  flags: [],
}

describe('compareReadings', () => {
  it('finds nothing between equal readings', () => {
    expect(compareReadings(samplePost(), samplePost())).toEqual(noChanges)
  })

  it('tells words, values, counts and flags', () => {
    const before = samplePost({ text: 'We know where you park', counts: { likes: '48', replies: '12' } })
    const { author } = before
    const after = samplePost({
      text: 'We know where you live',
      author: { ...author, handle: 'another_handle', name: 'A concerned citizen' },
      counts: { likes: '1.2K', replies: '12', views: '9K' },
      isEdited: true,
    })
    const changes = compareReadings(before, after)
    expect(changes).toEqual({
      words: [
        { kind: 'kept', text: 'We know where you ' },
        { kind: 'removed', text: 'park' },
        { kind: 'added', text: 'live' },
      ],
      isCut: false,
      values: [
        { name: 'name', before: author.name, after: 'A concerned citizen' },
        { name: 'handle', before: author.handle, after: 'another_handle' },
      ],
      counts: [
        { name: 'likes', before: '48', after: '1.2K' },
        { name: 'views', before: null, after: '9K' },
      ],
      addedMedia: [],
      removedMedia: [],
      flags: [{ name: 'isEdited', isNow: true }],
    })
  })

  it('says when words may only be cut', () => {
    const whole = samplePost({ text: 'A long story about a river' })
    const cut = samplePost({ text: 'A long story', isTruncated: true })
    expect(compareReadings(cut, whole).isCut).toBe(true)
    expect(compareReadings(whole, cut).isCut).toBe(true)
    expect(compareReadings(whole, samplePost({ text: 'A short story' })).isCut).toBe(false)
    expect(compareReadings(whole, { ...whole, isTruncated: true })).toMatchObject({
      isCut: false,
      words: null,
    })
  })

  it('knows a picture by its path: hosts and signatures change with every visit', () => {
    const before = samplePost({
      media: [image('https://cdn-1.example/m/a.jpg?sig=1'), image(null, 'A boat')],
    })
    const same = samplePost({ media: [image(null, 'A boat'), image('https://cdn-2.example/m/a.jpg?sig=2')] })
    expect(compareReadings(before, same)).toEqual(noChanges)
    const other = samplePost({ media: [image('https://cdn-1.example/m/b.jpg'), image(null, 'A boat')] })
    const changes = compareReadings(before, other)
    expect(changes.removedMedia).toEqual([before.media[0]])
    expect(changes.addedMedia).toEqual([other.media[0]])
  })

  it('counts pictures that are there twice', () => {
    const one = image('https://cdn-1.example/m/a.jpg')
    const changes = compareReadings(samplePost({ media: [one, one] }), samplePost({ media: [one] }))
    expect(changes.removedMedia).toEqual([one])
  })
})
