import { describe, expect, it } from 'vitest'
import { compareWithItem, digestWords } from '../../../utils/capture/recheck'
import { samplePost } from '../../support/sample-items'

const before = samplePost({ text: 'We know which  door you use.', isTruncated: false })
const question = {
  itemId: 'a'.repeat(32),
  platform: before.platform,
  postId: before.postId,
  permalink: before.permalink ?? 'https://x.com/one/status/1',
  words: await digestWords(before),
  window: 'normal' as const,
}
const outcome = async (change: Parameters<typeof samplePost>[0]) =>
  (await compareWithItem(samplePost({ text: before.text, isTruncated: false, ...change }), question)).outcome

describe('a second look', () => {
  it('sees the same words, whatever the spaces and the counts', async () => {
    expect(await outcome({ text: 'We know which door\nyou use.', counts: { likes: '9' } })).toBe('unchanged')
  })
  it('sees other words', async () => {
    expect(await outcome({ text: 'We know which window you use.' })).toBe('edited')
  })
  it('does not judge words that one of the two pages cut', async () => {
    expect(await outcome({ text: 'We know', isTruncated: true })).toBe('undecided')
    const cut = { ...question, words: null }
    expect((await compareWithItem(before, cut)).outcome).toBe('undecided')
  })
  it.each([
    ['another post', { postId: '99' }],
    ['a post of another platform', { platform: 'mastodon' }],
    ['a notice in its place', { isDeleted: true }],
  ])('says that it is not shown when there is %s', async (_, change) => {
    expect(await outcome(change)).toBe('not-shown')
  })
  it('goes by the address where there is no id', async () => {
    const byAddress = { ...question, postId: null }
    expect((await compareWithItem(before, byAddress)).outcome).toBe('unchanged')
    const elsewhere = { ...byAddress, permalink: 'https://x.com/other/status/2' }
    expect((await compareWithItem(before, elsewhere)).outcome).toBe('not-shown')
  })
})
