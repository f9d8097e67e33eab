// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { threadOf } from '../../../utils/page/thread'
import type { WatchedPost } from '../../../utils/page/watch-posts'
import { emptyReading } from '../../../utils/platforms/dom'

const reader = { platform: 'chirp', version: 1, reason: null, expected: null, isConfirmed: true }

function post(postId: string, parentPostId: string | null, more: Partial<WatchedPost['reading']> = {}) {
  const permalink = `https://chirp.example/p/${postId}`
  const reading = { ...emptyReading('chirp', 'post'), postId, parentPostId, permalink, ...more }
  return { reading, reader, element: document.createElement('div'), key: `chirp:${postId}`, isProfile: false }
}

const elsewhere = new URL('https://chirp.example/home')
const ids = (posts: WatchedPost[]) => posts.map(({ reading }) => reading.postId)

/** a ← b ← c ← d, e answers b, f stands alone. */
const [a, b, c, d, e, f] = [
  post('a', null),
  post('b', 'a'),
  post('c', 'b'),
  post('d', 'c'),
  post('e', 'b'),
  post('f', null),
]
const all = [a, b, c, d, e, f]

describe('the thread of a post', () => {
  it('is the chain above it and everything that answers it, in the order of the page', () => {
    expect(ids(threadOf(c, all, elsewhere))).toEqual(['a', 'b', 'c', 'd'])
    expect(ids(threadOf(b, all, elsewhere))).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(ids(threadOf(f, all, elsewhere))).toEqual(['f'])
  })

  it('is everything on the page that is the post’s own', () => {
    expect(ids(threadOf(f, all, new URL('https://chirp.example/p/f')))).toEqual(ids(all))
  })

  it.each([
    ['from where it was shared', 'https://chirp.example/p/f?s=20&t=kx'],
    ['letters as somebody typed them', 'https://chirp.example/P/f/'],
  ])('is so whatever else the address says: %s', (_, address) => {
    expect(ids(threadOf(f, all, new URL(address)))).toEqual(ids(all))
  })

  it('is so on another server than the post’s own, where the address names its number', () => {
    const far = post('114664144896065957', null, { permalink: 'https://far.example/@wren/77' })
    const page = [far, ...all]
    const own = 'https://chirp.example/@wren@far.example/114664144896065957'
    expect(ids(threadOf(far, page, new URL(own)))).toEqual(ids(page))
    expect(ids(threadOf(far, page, new URL('https://chirp.example/@wren@far.example')))).toEqual(ids([far]))
    const short = { ...far, reading: { ...far.reading, postId: 'home' } }
    expect(ids(threadOf(short, [short, ...all], elsewhere))).toEqual(['home'])
  })

  it('is not everything on the page of another post, or where the address of a post is a part of its page’s', () => {
    expect(ids(threadOf(f, all, new URL('https://other.example/p/f')))).toEqual(['f'])
    const asked = post('g', null, { permalink: 'https://chirp.example/watch?v=1&c=g' })
    const page = [...all, asked]
    expect(ids(threadOf(asked, page, new URL('https://chirp.example/watch?v=1')))).toEqual(['g'])
    expect(ids(threadOf(asked, page, new URL('https://chirp.example/watch?c=g&v=1')))).toEqual(ids(page))
  })

  it('has no branch beside the post’s own, on its own page either', () => {
    const page = [...all, post('h', 'above'), post('i', 'h')]
    const answer = post('j', 'above')
    const own = new URL('https://chirp.example/p/j')
    expect(ids(threadOf(answer, [post('above', null), ...page, answer], own))).toEqual([
      'above',
      ...ids(all),
      'j',
    ])
  })

  it('of a message is what it answers and what answers it: its address is that of the conversation', () => {
    const message = post('m', null, { kind: 'message' })
    const answer = post('n', 'm', { kind: 'message' })
    const page = [post('l', null, { kind: 'message' }), message, answer]
    expect(ids(threadOf(message, page, new URL('https://chirp.example/p/m')))).toEqual(['m', 'n'])
  })

  it('leaves out advertisements and what is quoted inside others', () => {
    const ad = post('ad', 'a', { isAd: true })
    const quoted = post('q', null, { kind: 'quote', quotedIn: 'b' })
    expect(ids(threadOf(a, [...all, ad, quoted], new URL('https://chirp.example/p/a')))).toEqual(ids(all))
  })

  it('ends where parents go round in a circle', () => {
    const round = [post('1', '2'), post('2', '1'), post('3', '2')]
    expect(ids(threadOf(round[2] ?? a, round, elsewhere))).toEqual(['1', '2', '3'])
  })

  it('has the post in it once and at most 200, whatever the page holds', () => {
    const many = Array.from({ length: 900 }, (_, index) => post(`n${index}`, null))
    const own = many[850] ?? a
    const members = threadOf(own, [...many, own], new URL('https://chirp.example/p/n850'))
    expect(members.length).toBe(200)
    expect(members.filter(({ key }) => key === own.key).length).toBe(1)
    // The nearest above it are among them, and it has answers below.
    expect(members.findIndex(({ key }) => key === own.key)).toBeGreaterThanOrEqual(20)
    const amid = many[400] ?? a
    const around = threadOf(amid, many, new URL('https://chirp.example/p/n400'))
    expect([around.length, around.indexOf(amid)]).toEqual([200, 20])
  })
})
