import { describe, expect, it } from 'vitest'
import { findCorroboration } from '../../../utils/model/corroboration'

const theirs = new Map([['b', { key: 'their log' }]])

function capture(
  id: string,
  overrides: Partial<Record<'postId' | 'permalink' | 'text' | 'platform', string | null>> = {},
) {
  return {
    id,
    platform: 'x',
    postId: '1790000000000000001',
    permalink: null,
    text: 'Words',
    ...overrides,
  } as {
    id: string
    platform: string
    postId: string | null
    permalink: string | null
    text: string | null
  }
}

const ids = (found: ReturnType<typeof findCorroboration>, id: string) =>
  found.get(id)?.map((one) => [one.capture.id, one.words])

describe('the same post from two lockers', () => {
  it('is found by platform and post id, on both sides', () => {
    const found = findCorroboration([capture('a'), capture('b')], theirs)
    expect(ids(found, 'a')).toEqual([['b', 'same']])
    expect(ids(found, 'b')).toEqual([['a', 'same']])
  })

  it('is found by its address alone, whatever the reader was', () => {
    const permalink = 'https://forum.example/post/7'
    const one = capture('a', { postId: null, permalink, platform: 'generic' })
    expect(ids(findCorroboration([one, capture('b', { permalink })], theirs), 'a')).toEqual([['b', 'same']])
  })

  it('is not two captures of one locker, nor two posts, nor a number that every conversation counts', () => {
    expect(findCorroboration([capture('a'), capture('c')], theirs).size).toBe(0)
    expect(findCorroboration([capture('a'), capture('b')], new Map()).size).toBe(0)
    expect(
      findCorroboration([capture('a'), capture('b', { postId: '1790000000000000002' })], theirs).size,
    ).toBe(0)
    expect(
      findCorroboration([capture('a', { postId: '17' }), capture('b', { postId: '17' })], theirs).size,
    ).toBe(0)
    expect(findCorroboration([capture('a'), capture('b', { platform: 'bluesky' })], theirs).size).toBe(0)
  })

  it('says where the words differ, and where one shows none', () => {
    expect(ids(findCorroboration([capture('a'), capture('b', { text: 'Other' })], theirs), 'a')).toEqual([
      ['b', 'different'],
    ])
    expect(ids(findCorroboration([capture('a'), capture('b', { text: null })], theirs), 'a')).toEqual([
      ['b', 'unknown'],
    ])
  })

  it('counts a capture once that shares id and address', () => {
    const permalink = 'https://x.example/ines/status/1790000000000000001'
    const found = findCorroboration([capture('a', { permalink }), capture('b', { permalink })], theirs)
    expect(found.get('a')).toHaveLength(1)
  })
})
