// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { tiktok } from '../../../utils/platforms/tiktok'
import { stripPage } from '../../support/broken-page'

const address = new URL('https://www.tiktok.com/messages')
const now = new Date('2026-11-22T12:00:00.000Z')
const picture = (handle: string) =>
  `<a href="/@${handle}"><span data-e2e="chat-avatar"><img src="https://example.org/face.jpeg"></span></a>`
const words = (text: string) => `<div data-e2e="dm-new-message-text"><p>${text}</p></div>`

function item(inside: string, direction: 'row' | 'row-reverse' = 'row'): string {
  const style = `display:flex;flex-direction:${direction}`
  return `<div data-e2e="dm-new-chat-item"><div data-area="Actions" style="${style}">${inside}</div></div>`
}

function readShown(html: string) {
  document.body.innerHTML = html
  return tiktok.findPosts(document, address).map((post) => tiktok.readPost(post, address, now))
}

function parse(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html')
}

afterEach(() => {
  document.body.replaceChildren()
})

describe('who wrote a direct message on TikTok', () => {
  it('is the account of the picture, and hearsay', () => {
    const [reading] = readShown(item(`${picture('tamsin_grebe')}${words('No answer?')}`))
    expect(reading?.author.handle).toBe('tamsin_grebe')
    const [post] = tiktok.findPosts(document, address)
    expect(post && reading && tiktok.isHearsay?.(post, reading)).toBe(true)
    expect(post && tiktok.otherSources?.(post, address, now)).toEqual([])
  })

  it('is nobody known where no picture stands; drawn from the other end, it is the account that looked', () => {
    const [unknown, own] = readShown(`${item(words('One'))}${item(words('Two'), 'row-reverse')}`)
    expect(unknown?.missing).toContainEqual({ field: 'author.handle', reason: 'not-in-page' })
    expect(own?.missing).toContainEqual({ field: 'author.handle', reason: 'own-message' })
  })

  it('is not the account that the message shows', () => {
    const card = '<a href="/@osric.pell"><img src="https://example.org/face.jpeg"></a>'
    const [own] = readShown(item(`${card}${words('Follow <a href="/@osric.pell">@osric.pell</a>')}`))
    expect(own?.author.handle).toBeNull()
    expect(own?.mentions).toEqual(['osric.pell'])
  })
})

describe('the words of a direct message on TikTok', () => {
  it('are none where two parts could be them', () => {
    const [reading] = readShown(item(`${picture('a.b')}${words('What was said')}${words('The answer')}`))
    expect(reading?.text).toBeNull()
    expect(reading?.missing).toContainEqual({ field: 'text', reason: 'not-certain-which' })
  })

  it('are not those of a note, a button, a warning, a reaction or an emptied item', () => {
    const left = `<div role="button"><p>Reply</p></div><div data-e2e="dm-warning"><p>Not sent</p></div>
      <span data-e2e="dm-new-reaction-display"><p>2</p></span>`
    const note = '<div data-e2e="chat-item"><p>You can write to each other now</p></div>'
    expect(readShown(`${item(`${picture('a.b')}${left}`)}${note}${item('')}`)).toEqual([])
  })
})

describe('pages of messages on TikTok', () => {
  const read = (name: string) => readFileSync(`tests/fixtures/platforms/tiktok/${name}/page.html`, 'utf8')

  it.each(['messages', 'messages-right-to-left'])(
    '%s, rebuilt, gives nothing where messages are expected',
    (name) => {
      const page = parse(stripPage(read(name), null))
      expect(tiktok.findPosts(page, address)).toEqual([])
      expect(tiktok.expectsPosts?.(address, page)).toBe(true)
    },
  )

  it('expect none while no conversation is open', () => {
    const page = parse('<div data-e2e="dm-new-conversation-list"></div>')
    expect(tiktok.expectsPosts?.(address, page)).toBe(false)
    expect(tiktok.expectsPosts?.(new URL('https://www.tiktok.com/foryou'), page)).toBe(true)
  })

  it('can stand in a frame of the business pages', () => {
    const around = new URL('https://www.tiktok.com/business-suite/messages')
    const frameAt = (frame: string) => tiktok.readFrameAt?.(new URL(frame), around)?.href ?? null
    const own = 'https://www.tiktok.com/messages?scene=business'
    expect(frameAt(own)).toBe(own)
    expect(frameAt('https://www.tiktok.com/embed/v2/1')).toBeNull()
    expect(frameAt('https://tiktok.com.example/messages')).toBeNull()
  })
})
