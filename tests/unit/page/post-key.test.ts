// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { postKey } from '../../../utils/page/read-post'
import { emptyReading } from '../../../utils/platforms/dom'

const element = document.createElement('div')
const keyOf = (about: { postId: string | null; permalink: string | null }): string =>
  postKey({ ...emptyReading('telegram', 'message'), ...about }, element)

afterEach(() => {
  location.hash = ''
})

describe('the key of a post', () => {
  it('is its id, wherever it is shown', () => {
    const about = { postId: '2123700000000000000', permalink: 'https://x.com/a/status/2123700000000000000' }
    const before = keyOf(about)
    location.hash = '#elsewhere'
    expect(keyOf(about)).toBe(before)
    expect(keyOf({ ...about, permalink: null })).toBe(before)
  })

  it('is the address of a post whose number is short: each chat counts anew', () => {
    const one = { postId: '17', permalink: 'https://t.me/c/1000000001/17' }
    const other = { postId: '17', permalink: 'https://t.me/c/1000000002/17' }
    expect(keyOf(one)).not.toBe(keyOf(other))
    expect(keyOf(one)).toBe(keyOf({ ...one }))
  })

  it('is its number in this chat where it has no address either', () => {
    const about = { postId: '17', permalink: null }
    location.hash = '#1000000001'
    const before = keyOf(about)
    expect(keyOf(about)).toBe(before)
    location.hash = '#1000000002'
    expect(keyOf(about)).not.toBe(before)
  })
})
