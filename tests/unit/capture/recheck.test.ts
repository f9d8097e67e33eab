import { describe, expect, it } from 'vitest'
import { compareWithItem, digestWords } from '../../../utils/capture/recheck'
import { emptyReading } from '../../../utils/platforms/dom'
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
const reader = { platform: 'x', version: 1, reason: null, expected: null, isConfirmed: true }
const failed = (reason: string) => ({ ...reader, platform: 'generic', expected: 'x', reason })
const outcome = async (change: Parameters<typeof samplePost>[0]) => {
  const post = samplePost({ text: before.text, isTruncated: false, ...change })
  return (await compareWithItem({ post, reader }, question)).outcome
}

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
    expect((await compareWithItem({ post: before, reader }, cut)).outcome).toBe('undecided')
  })
  it.each([
    ['another post', { postId: '99' }],
    ['a post of another platform', { platform: 'mastodon' }],
    ['a notice in its place', { isDeleted: true }],
  ])('says that it is not shown when there is %s', async (_, change) => {
    expect(await outcome(change)).toBe('not-shown')
  })
  it.each([
    ['reader-threw', 'undecided'],
    ['no-permalink-and-no-author', 'undecided'],
    ['reading refused: author.handle too_big', 'undecided'],
    ['reader-found-nothing', 'not-shown'],
  ])('does not take a reader that failed (%s) for a post that is gone: %s', async (reason, expected) => {
    const post = emptyReading('generic', 'page')
    expect((await compareWithItem({ post, reader: failed(reason) }, question)).outcome).toBe(expected)
  })
  it('goes by the address where there is no id', async () => {
    const byAddress = { ...question, postId: null }
    expect((await compareWithItem({ post: before, reader }, byAddress)).outcome).toBe('unchanged')
    const elsewhere = { ...byAddress, permalink: 'https://x.com/other/status/2' }
    expect((await compareWithItem({ post: before, reader }, elsewhere)).outcome).toBe('not-shown')
  })
})
