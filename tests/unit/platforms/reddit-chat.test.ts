// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { reddit } from '../../../utils/platforms/reddit'
import { buildChat, redditChat } from '../../support/reddit-chat'

const address = new URL(redditChat.room)
const now = new Date('2026-11-21T00:00:00Z')

function readChat(said: readonly object[]) {
  const build = new Function(`return (${buildChat})`)() as (messages: readonly object[]) => void
  build(said)
  return reddit.findPosts(document, address).map((post) => reddit.readPost(post, address, now))
}

afterEach(() => {
  document.body.replaceChildren()
})

describe('messages of the chat', () => {
  it('are read out of their shadow trees, with the name over a run of them', () => {
    const read = readChat(redditChat.said)
    expect(read.map(({ kind, postId }) => [kind, postId])).toEqual(
      redditChat.said.map(({ id }) => ['message', id]),
    )
    expect(read.map(({ author }) => author.handle)).toEqual(['harbour_kite', 'harbour_kite', 'quiet_tern'])
    expect(read.map(({ text, direction }) => [text, direction])).toEqual([
      ['We know which ferry she takes.', 'ltr'],
      ['نعرف أين تسكن.', 'rtl'],
      ['Leave her alone.', 'ltr'],
    ])
    expect(read.map(({ posted }) => posted.iso)).toEqual([
      '2026-11-20T09:00:00.000Z',
      '2026-11-20T09:01:00.000Z',
      '2026-11-20T09:02:00.000Z',
    ])
    expect(read[0]?.permalink).toBeNull()
    expect(read[0]?.missing).toContainEqual({ field: 'permalink', reason: 'platform-gives-none' })
  })

  it('are hearsay, and of nobody where no name stands over them', () => {
    const [first] = readChat([{ ...redditChat.said[1], by: null }])
    expect(first?.author).toEqual({ handle: null, name: null, profile: null, id: null })
    expect(first?.missing).toContainEqual({ field: 'author.handle', reason: 'not-in-page' })
    const [post] = reddit.findPosts(document, address)
    expect(post && first && reddit.isHearsay?.(post, first)).toBe(true)
  })

  it('are none without an id of their own', () => {
    expect(readChat([{ ...redditChat.said[0], id: '' }])).toEqual([])
    expect(readChat([{ ...redditChat.said[0], id: 'quay' }])).toEqual([])
  })

  it('stand in trees that are watched, and are expected in rooms alone', () => {
    readChat(redditChat.said)
    const hosts = (reddit.shadowTreesIn?.(document) ?? []).map(({ host }) => host.localName)
    expect(hosts.slice(0, 4)).toEqual(['rs-app', 'rs-room', 'rs-timeline', 'rs-virtual-scroll-dynamic'])
    expect(hosts.filter((name) => name === 'rs-timeline-event').length).toBe(3)
    expect(reddit.expectsPosts?.(address, document)).toBe(true)
    expect(reddit.expectsPosts?.(new URL('https://www.reddit.com/chat'), document)).toBe(false)
  })
})
