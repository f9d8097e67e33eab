// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { albumIdIn, commentIdsIn, isPlaceholder, placeOf } from '../../../utils/platforms/facebook-address'
import { timeFromShortAge } from '../../../utils/platforms/facebook-times'
import { findPlatform } from '../../../utils/platforms/index'
import { directAddress, timeFromCode } from '../../../utils/platforms/meta'

const now = new Date('2026-11-22T12:00:00.000Z')

describe('the code of an Instagram or Threads post', () => {
  it('carries the second of the upload, also with the letters of a private account behind it', () => {
    expect(timeFromCode('DfrQkFTgAAD', now)?.slice(0, 19)).toBe('2026-11-13T09:00:00')
    expect(timeFromCode(`DfrQkFTgAAD${'x'.repeat(28)}`, now)?.slice(0, 19)).toBe('2026-11-13T09:00:00')
  })

  it('carries none when it is of another kind, or lies before the platform or after tomorrow', () => {
    for (const code of ['', 'AAAAAAAAAAA', '___________', 'DfrQkFTgAAD!', 'x'.repeat(20)])
      expect(timeFromCode(code, now)).toBeNull()
  })
})

describe('an address', () => {
  it('leads past the forwarding page, without marks for following people', () => {
    const target = encodeURIComponent('https://example.org/a?x=1&fbclid=abc')
    expect(directAddress(`https://l.facebook.com/l.php?u=${target}&h=AT0`)).toBe('https://example.org/a?x=1')
    expect(directAddress('https://www.facebook.com/a?__cft__[0]=b&__tn__=R')).toBe(
      'https://www.facebook.com/a',
    )
    expect(directAddress('https://l.threads.com/?u=javascript%3Aalert(1)')).toBe(
      'https://l.threads.com/?u=javascript%3Aalert(1)',
    )
  })

  it.each([
    [
      '/groups/12345/permalink/67890/?__cft__[0]=a',
      '67890',
      'https://www.facebook.com/groups/12345/permalink/67890/',
    ],
    [
      'https://m.facebook.com/a.b/posts/some-words/67890/',
      '67890',
      'https://www.facebook.com/a.b/posts/some-words/67890/',
    ],
    [
      '/story.php?story_fbid=67890&id=12345&m=1',
      '67890',
      'https://www.facebook.com/story.php?story_fbid=67890&id=12345',
    ],
    ['/watch/?v=67890&ref=x', '67890', 'https://www.facebook.com/watch/?v=67890'],
    ['/a.b/videos/67890/', '67890', 'https://www.facebook.com/a.b/videos/67890/'],
  ])('of a post on Facebook is known: %s', (href, id, permalink) => {
    expect(placeOf(href)).toMatchObject({ id, permalink })
  })

  it.each([
    '?__cft__[0]=a#?xyz',
    'https://www.facebook.com/groups/1/posts/12345/?__cft__[0]=a#?xyz',
    'https://facebook.com.example/a/posts/12345',
    '/a.b/posts/',
    '/groups/12345/',
  ])('of no post gives none: %s', (href) => {
    expect(placeOf(href)).toBeNull()
  })

  it('is a placeholder until the pointer reaches it', () => {
    expect(isPlaceholder('https://www.facebook.com/?__cft__[0]=a#?abc')).toBe(true)
    expect(isPlaceholder('/a.b/posts/12345')).toBe(false)
  })

  it('names post and comment in base64, and the post of an album', () => {
    const coded = encodeURIComponent(btoa('comment:123456_789012'))
    expect(commentIdsIn(`/a.b?comment_id=${coded}&__tn__=R`)).toEqual({ post: '123456', comment: '789012' })
    expect(commentIdsIn('/a.b?comment_id=789012')).toBeNull()
    expect(commentIdsIn('/a.b?comment_id=%%%%%%%%%%%%%%%%%%%%%%%%')).toBeNull()
    expect(albumIdIn('/photo/?fbid=1&set=gm.123456&x=1')).toBe('123456')
    expect(albumIdIn('/photo/?fbid=1&set=a.123456')).toBeNull()
  })
})

describe('a short age on Facebook', () => {
  it.each([
    ['1w', 'en', 'week'],
    ['3 h', 'pt', 'hour'],
    ['5 Std.', 'de', 'hour'],
    ['2 days', null, 'day'],
  ])('%s in %s is a window', (text, language, precision) => {
    expect(timeFromShortAge(text, language, now)).toMatchObject({ precision, source: 'relative', iso: null })
  })

  it('is none in a date: nothing is made up', () => {
    for (const text of ['30 May at 11:02', 'May 30', '', 'Yesterday', '9'.repeat(1_000)])
      expect(timeFromShortAge(text, 'en', now)).toMatchObject({ iso: null, from: null, source: null })
  })
})

it.each([
  ['https://web.facebook.com/groups/1', 'facebook'],
  ['https://m.facebook.com/story.php', 'facebook'],
  ['https://www.instagram.com/p/a/', 'instagram'],
  ['https://www.threads.net/@a', 'threads'],
  ['https://facebook.com.example/', undefined],
  ['https://notthreads.com/', undefined],
])('%s is a page of %s', (address, id) => {
  expect(findPlatform(new URL(address), document)?.id).toBe(id)
})
