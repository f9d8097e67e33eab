import { expect, test } from 'vitest'
import { publishedTime } from '../../../utils/model/post'
import { samplePost } from '../../support/sample-items'

test('a post was published when it was posted, a profile at no time that is known', () => {
  const post = samplePost()
  expect(publishedTime(post)).toBe(post.posted)
  expect(publishedTime({ ...post, kind: 'message' })).toBe(post.posted)
  expect(publishedTime({ ...post, kind: 'profile' })).toEqual({
    asShown: null,
    iso: null,
    from: null,
    to: null,
    precision: null,
    source: null,
  })
})
