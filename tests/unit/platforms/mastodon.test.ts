// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { mastodon } from '../../../utils/platforms/mastodon'

function parse(body: string): Document {
  return new DOMParser().parseFromString(
    `<html lang="en"><head></head><body>${body}</body></html>`,
    'text/html',
  )
}

const anywhere = new URL('https://unheard-of.example/home')

describe('recognising a Mastodon server', () => {
  it('goes by the page, whatever the host', () => {
    const page = parse('<div class="notranslate app-holder" data-props="{}" id="mastodon"></div>')
    expect(mastodon.recognises(anywhere, page)).toBe(true)
  })

  it('leaves other pages alone, even on a host of that name', () => {
    const address = new URL('https://mastodon.social/about')
    expect(mastodon.recognises(address, parse('<div id="mastodon">A page about elephants</div>'))).toBe(false)
    expect(mastodon.recognises(address, parse('<div id="root"></div>'))).toBe(false)
  })
})

describe('an element that shows no post any more', () => {
  it('is read as nothing known, with the reason', () => {
    const page = parse(
      '<div class="status__wrapper"><span>Name</span><span>&lt;p&gt;words&lt;/p&gt;</span></div>',
    )
    expect(mastodon.findPosts(page, anywhere)).toEqual([])
    const wrapper = page.querySelector('.status__wrapper')
    if (!wrapper) throw new Error('no wrapper')
    const reading = mastodon.readPost(wrapper, anywhere, new Date(0))
    expect(reading).toMatchObject({
      text: null,
      permalink: null,
      missing: [{ field: 'text', reason: 'emptied' }],
    })
  })
})
