// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest'
import type { PreparedPost } from '../../../utils/messages/protocol'
import type { PostReading } from '../../../utils/model/post'
import { createBook } from '../../../utils/page/sweep-book'
import { createLook } from '../../../utils/page/sweep-look'
import type { Watch, WatchedPost } from '../../../utils/page/watch-posts'
import { emptyReading } from '../../../utils/platforms/dom'

const snapshotPost = vi.hoisted(() => vi.fn(() => ({ html: '<p>x</p>', dropped: {} })))
vi.mock('../../../utils/page/snapshot-post', () => ({ snapshotPost }))
vi.mock('../../../utils/page/frame-post', () => ({ frameOf: () => ({ x: 0, y: 0, width: 1, height: 1 }) }))
vi.mock('../../../utils/page/prepare-post', () => ({
  describeChoice: (_choice: unknown, _page: unknown, { reading }: WatchedPost) =>
    ({ reading, page: { address: location.href } }) as unknown as PreparedPost,
  standingOf: () => ({}),
}))
vi.mock('../../../utils/page/full-view', () => ({
  createBands: () => () => ({ top: 0, bottom: 800 }),
  createPassing: () => ({ keepOnly: () => undefined, note: () => true }),
  isCovered: () => false,
  isDrawn: () => true,
  standOf: () => 'whole',
}))

const reader = { platform: 'chirp', version: 1, reason: null, expected: null, isConfirmed: true }

function post(key: string, change: Partial<PostReading> = {}, isProfile = false): WatchedPost {
  const reading = { ...emptyReading('chirp', 'post'), postId: key, text: 'Go away.', ...change }
  return { reading, reader, element: document.createElement('p'), key, isProfile }
}

function lookAt(near: () => WatchedPost[]) {
  const book = createBook()
  const watch = { near } as unknown as Watch
  const page = { platform: () => null, address: () => new URL(location.href), watch: () => watch }
  const look = createLook({ page, book, host: document.createElement('div') })
  return { book, keys: () => look().map(({ post: { key } }) => key) }
}

describe('a look of a sweep', () => {
  it('leaves out profiles and what is quoted: that is a part of the post that quotes it', () => {
    const near = [
      post('whole'),
      post('profile', {}, true),
      post('quote', { kind: 'quote' }),
      post('inside', { quotedIn: 'whole' }),
      post('answer', { kind: 'reply' }),
    ]
    expect(lookAt(() => near).keys()).toEqual(['whole', 'answer'])
  })

  it('gives no post again that is saved, and none twice that the page draws twice', () => {
    const { book, keys } = lookAt(() => [post('a'), post('b'), post('b')])
    expect(keys()).toEqual(['a', 'b'])
    book.settle('a', 'kept')
    expect(keys()).toEqual(['b'])
  })

  it('writes a post anew when its words have changed, and not for its counts', () => {
    let shown = post('a', { counts: { likes: '1' } })
    const { keys } = lookAt(() => [shown])
    const written = () => snapshotPost.mock.calls.length
    const before = written()
    keys()
    expect(written() - before).toBe(1)
    shown = post('a', { counts: { likes: '2' } })
    keys()
    expect(written() - before).toBe(1)
    shown = post('a', { text: 'Go away now.' })
    keys()
    expect(written() - before).toBe(2)
  })
})
