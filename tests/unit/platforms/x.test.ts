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
})
