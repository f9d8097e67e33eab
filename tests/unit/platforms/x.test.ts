// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { x } from '../../../utils/platforms/x'

const now = new Date('2026-11-22T12:00:00.000Z')
const address = new URL('https://x.com/home')

function open(name: string): Document {
  const html = readFileSync(`tests/fixtures/platforms/x/${name}/page.html`, 'utf8')
  return new DOMParser().parseFromString(html, 'text/html')
}

describe('x', () => {
  it('gives, asked about one post, that post and what it quotes', () => {
    const [post, quote] = x.findPosts(open('quote'), address)
    expect(post && x.findPosts(post, address)).toEqual([post, quote])
  })

  it('takes no handle for a name where the block of both has lost its mark', () => {
    const page = open('advertisement')
    const read = () => x.findPosts(page, address).map((post) => x.readPost(post, address, now).author)
    const before = read()
    for (const block of page.querySelectorAll('[data-testid="User-Name"]'))
      block.removeAttribute('data-testid')
    expect(read()).toEqual(before.map((author) => ({ ...author, name: null })))
  })

  it.each(['https://x.com/home', 'https://twitter.com/a', 'https://mobile.twitter.com/a'])(
    'knows %s',
    (page) => {
      expect(x.recognises(new URL(page), open('plain'))).toBe(true)
    },
  )

  it.each(['https://notx.com/', 'https://x.com.example/', 'https://example.org/x.com'])(
    'does not know %s',
    (page) => {
      expect(x.recognises(new URL(page), open('plain'))).toBe(false)
    },
  )

  it('names no parent when the page is of another post, or the cell before holds none', () => {
    const page = open('reply')
    const [, chosen] = x.findPosts(page, address)
    if (!chosen) throw new Error('the page has a second post')
    const status = new URL(`https://x.com/jonas_wietzke/status/${x.readPost(chosen, address, now).postId}`)
    expect(x.readPost(chosen, status, now).parentPostId).not.toBeNull()
    expect(x.readPost(chosen, address, now).parentPostId).toBeNull()
    const cells = page.querySelectorAll('[data-testid="cellInnerDiv"]')
    cells[1]?.before(page.createElement('div'))
    expect(x.readPost(chosen, status, now).parentPostId).toBeNull()
  })

  it("takes the id's time only from ids that carry one", () => {
    const page = open('advertisement')
    for (const link of page.querySelectorAll('a[href*="/analytics"]')) {
      link.setAttribute('href', '/northwind_teas/status/20/analytics')
    }
    const [post] = x.findPosts(page, address)
    const reading = post && x.readPost(post, address, now)
    expect(reading?.postId).toBe('20')
    expect(reading?.posted).toMatchObject({ iso: null, source: null })
    expect(reading?.missing).toContainEqual({ field: 'posted', reason: 'not-in-page' })
  })

  it('looks for direct messages on pages of messages alone', () => {
    const page = open('messages')
    expect(x.findPosts(page, new URL('https://x.com/messages/1-2')).length).toBe(4)
    expect(x.findPosts(page, address)).toEqual([])
  })
})

describe('x, for visitors who are not logged in', () => {
  it('gives, asked about one post, that post and what it quotes', () => {
    const [, chosen, quote] = x.findPosts(open('visitors-status'), address)
    expect(chosen && x.findPosts(chosen, address)).toEqual([chosen, quote])
  })

  it('names no parent where the page is of another post', () => {
    const [, chosen] = x.findPosts(open('visitors-status'), address)
    if (!chosen) throw new Error('the page has a second post')
    const { postId } = x.readPost(chosen, address, now)
    const status = new URL(`https://x.com/tuva_reiss/status/${postId}`)
    expect(x.readPost(chosen, status, now).parentPostId).not.toBeNull()
    expect(x.readPost(chosen, address, now).parentPostId).toBeNull()
  })

  it('takes no article of another kind for a post', () => {
    const page = open('visitors-status')
    for (const action of page.querySelectorAll('[data-engagement-action]')) action.remove()
    expect(x.findPosts(page, address)).toEqual([])
  })
})

describe('the title of a status page', () => {
  const read = (title: string) => {
    const page = open('edited-in-page')
    page.title = title
    const [post] = x.findPosts(page, address)
    const id = post && x.readPost(post, address, now).postId
    const sources = post && x.otherSources?.(post, new URL(`https://x.com/ola_brandvik/status/${id}`), now)
    return sources?.filter(({ source }) => source === 'title').map(({ fact, value }) => `${fact}: ${value}`)
  }

  it.each([
    ['(12) Ola Brandvik on X: "Words" / X', ['name: Ola Brandvik', 'text: Words']],
    ['Ola Brandvik 在 X 上：“Words” / X', ['name: Ola Brandvik', 'text: Words']],
    ['Ola Brandvik auf X: „Wor “ds“ / X', ['name: Ola Brandvik', 'text: Wor “ds']],
    ['Somebody Else on X: "Words" / X', ['name: Somebody Else']],
    ['Home / X', []],
    ['Ola Brandvik (@ola_brandvik) / X', ['name: Ola Brandvik']],
  ])('%s', (title, stated) => {
    expect(read(title)).toEqual(stated)
  })
})
