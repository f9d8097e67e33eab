// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { bluesky } from '../../../utils/platforms/bluesky'
import { timeFromHead } from '../../../utils/platforms/bluesky-head'

function parse(head: string, body = ''): Document {
  return new DOMParser().parseFromString(
    `<html lang="en"><head>${head}</head><body>${body}</body></html>`,
    'text/html',
  )
}

function bodyOf(page: Document): Element {
  const body = page.querySelector('body')
  if (!body) throw new Error('no body')
  return body
}

describe('recognising Bluesky', () => {
  it('goes by the address, or by the client that runs there', () => {
    expect(bluesky.recognises(new URL('https://bsky.app/search?q=x'), parse(''))).toBe(true)
    const own = parse('<meta name="generator" content="bskyweb">')
    expect(bluesky.recognises(new URL('https://sky.example/'), own)).toBe(true)
    expect(bluesky.recognises(new URL('https://bsky.app.example/'), parse(''))).toBe(false)
  })
})

describe('the time that the server states in the head', () => {
  const meta = '<meta property="article:published_time" content="2025-09-04T05:20:21.300Z">'
  const link = '<link rel="alternate" href="at://did:plc:aaaa/app.bsky.feed.post/3lxyfk72ki22l">'
  const block = (value: unknown) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`

  it('counts for the post it names', () => {
    expect(timeFromHead(bodyOf(parse(meta + link)), '3lxyfk72ki22l')).toBe('2025-09-04T05:20:21.300Z')
  })

  it('is left over from another post after a click, and does not count', () => {
    expect(timeFromHead(bodyOf(parse(meta + link)), '3lxygoayt422l')).toBeNull()
    expect(timeFromHead(bodyOf(parse(meta)), '3lxyfk72ki22l')).toBeNull()
  })

  it('is there for replies too, by their keys', () => {
    const comment = [
      { url: 'https://bsky.app/profile/a.example/post/3lxygoayt422l', datePublished: '2025-09-04T05:40:26Z' },
    ]
    const page = parse(block({ mainEntity: { url: 'https://bsky.app/profile/b.example/post/3lx', comment } }))
    expect(timeFromHead(bodyOf(page), '3lxygoayt422l')).toBe('2025-09-04T05:40:26.000Z')
    expect(timeFromHead(bodyOf(page), '3lx')).toBeNull()
  })

  it('is not taken from what is no JSON, no time, or endless', () => {
    const endless = JSON.stringify({ url: '/post/k', datePublished: 'soon', comment: 'x'.repeat(300_000) })
    for (const source of [
      '{',
      'null',
      '[[[[[[[[[[]]]]]]]]]]',
      '{"url":"/post/k","datePublished":7}',
      endless,
    ])
      expect(
        timeFromHead(bodyOf(parse(`<script type="application/ld+json">${source}</script>`)), 'k'),
      ).toBeNull()
  })
})
