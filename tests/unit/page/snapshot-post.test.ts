// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { snapshotPost } from '../../../utils/page/snapshot-post'

function snapshot(html: string) {
  document.body.innerHTML = `<article id="post">${html}</article>`
  const post = document.querySelector('#post')
  if (!post) throw new Error('no post')
  return snapshotPost(post)
}

function parsed(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html')
}

const hostile = [
  '<script>steal()</script>',
  '<img src="https://tracker.example/a.png" srcset="https://tracker.example/b.png 2x" onerror="steal()">',
  '<a href="javascript:steal()" ping="https://tracker.example">x</a>',
  '<form action="https://tracker.example"><input name="attributes" value="secret"><button formaction="https://t.example">go</button></form>',
  '<iframe src="https://tracker.example" srcdoc="<script>steal()</script>"></iframe>',
  '<object data="https://tracker.example"></object><embed src="https://tracker.example">',
  '<link rel="stylesheet" href="https://tracker.example/a.css"><style>@import "https://tracker.example/b.css"</style>',
  '<meta http-equiv="refresh" content="0;url=https://tracker.example"><base href="https://tracker.example">',
  '<svg><use href="https://tracker.example#a"></use><image xlink:href="https://tracker.example/c.svg"></image></svg>',
  '<video src="https://tracker.example/v.mp4" poster="https://tracker.example/p.png"><source src="https://t.example"></video>',
  '<div style="background:url(https://tracker.example/d.png)" onclick="steal()" background="https://t.example">x</div>',
  '<details open ontoggle="steal()"><summary>x</summary></details>',
  '<template><script>steal()</script></template><noscript><img src="https://tracker.example"></noscript>',
  '<svg><rect fill="url(https://tracker.example/e.svg#x)" filter="URL (https://tracker.example/f)" mask="\\75rl(https://tracker.example/g)"></rect></svg>',
  '<a attributionsrc="https://tracker.example/h">x</a>',
  '<p data-original-src="https://tracker.example" autofocus contenteditable>x</p>',
]

describe('the kept HTML of a post', () => {
  beforeEach(() => {
    document.body.innerHTML = ''
  })

  it.each(hostile)('keeps nothing of %s that acts or fetches', (html) => {
    const page = parsed(snapshot(html).html)
    expect(
      page.querySelectorAll('script,style,link,base,iframe,object,embed,form,button,input,template,noscript')
        .length,
    ).toBe(0)
    expect(page.querySelectorAll('meta[http-equiv="refresh" i]').length).toBe(0)
    for (const element of page.querySelectorAll('article, article *')) {
      for (const { name, value } of element.attributes) {
        expect(name).not.toMatch(/^on/)
        if (!name.startsWith('data-original-')) {
          expect([
            'href',
            'src',
            'srcset',
            'poster',
            'action',
            'ping',
            'background',
            'xlink:href',
          ]).not.toContain(name)
          expect(value).not.toMatch(/url\(|tracker\.example|javascript:/)
        }
      }
    }
  })

  it('keeps words, names of attributes and addresses as data', () => {
    const { html } = snapshot(
      '<a href="https://example.org/x?a=1&b=2" title="a &quot;b&quot;">words &lt; &amp; 🙏</a>',
    )
    const link = parsed(html).querySelector('a')
    expect(link?.textContent).toBe('words < & 🙏')
    expect(link?.getAttribute('data-original-href')).toBe('https://example.org/x?a=1&b=2')
    expect(link?.getAttribute('title')).toBe('a "b"')
  })

  it('keeps nothing that a page needs to speak for the person to its server', () => {
    const { html, dropped } = snapshot('<p nonce="n1" data-csrf-token="t2" data-id="3">x</p>')
    expect(html).not.toMatch(/n1|t2/)
    expect(html).toContain('data-id="3"')
    expect(dropped).toEqual({ '(attribute that may be secret)': 2 })
  })

  it('counts everything under a bounded number of names', () => {
    const made = Array.from({ length: 500 }, (_, index) => `<x_${index}></x_${index}>`).join('')
    const { dropped } = snapshot(made)
    expect(Object.keys(dropped).length).toBeLessThanOrEqual(201)
    expect(Object.values(dropped).reduce((sum, count) => sum + count, 0)).toBe(500)
  })

  describe('of shadow trees', () => {
    /** A post that holds a host; `fill` gives it its trees. */
    function snapshotOf(light: string, fill: (tree: ShadowRoot) => void) {
      document.body.innerHTML = `<article id="post"><rs-host>${light}</rs-host></article>`
      const host = document.querySelector('rs-host')
      const post = document.querySelector('#post')
      if (!host || !post) throw new Error('no post')
      fill(host.attachShadow({ mode: 'open' }))
      return snapshotPost(post)
    }

    it('keeps the open ones, trees within trees, before what stands beside them', () => {
      const { html, dropped } = snapshotOf('<b slot="name">quiet_tern</b>', (tree) => {
        tree.innerHTML = '<p>Leave her alone.</p><slot name="name"></slot><rs-timestamp></rs-timestamp>'
        const inner = tree.querySelector('rs-timestamp')?.attachShadow({ mode: 'open' })
        if (inner) inner.innerHTML = '<time datetime="2026-11-20T09:02:00Z">9:02</time>'
      })
      const bare = html.replace(/ style="[^"]*"/g, '')
      expect(bare).toContain(
        '<rs-host><template shadowrootmode="open"><p>Leave her alone.</p><slot name="name">',
      )
      expect(bare).toContain(
        '<rs-timestamp><template shadowrootmode="open"><time datetime="2026-11-20T09:02:00Z">9:02</time></template></rs-timestamp></template><b slot="name">quiet_tern</b></rs-host>',
      )
      expect(dropped).toEqual({})
    })

    it.each(hostile)('keeps nothing in them of %s that acts or fetches', (inside) => {
      const { html } = snapshotOf('', (tree) => {
        tree.innerHTML = inside
      })
      const [, within = ''] = /<template shadowrootmode="open">(.*)<\/template><\/rs-host>/s.exec(html) ?? []
      const tree = parsed(within).body
      expect(
        tree.querySelectorAll('script,style,link,base,iframe,object,embed,form,input,template,meta').length,
      ).toBe(0)
      for (const { attributes } of tree.querySelectorAll('*'))
        for (const { name, value } of attributes)
          if (!name.startsWith('data-original-'))
            expect(`${name}=${value}`).not.toMatch(
              /^on|^(href|src|srcset|poster|action)=|url\(|tracker\.example|javascript:/,
            )
    })

    it('keeps a slot that stands in none of them as a plain block', () => {
      expect(snapshot('<slot name="x">words</slot>').html).toContain('<div data-original-element="slot"')
    })

    it('keeps nothing of closed ones', () => {
      document.body.innerHTML = '<article id="post"><rs-host></rs-host></article>'
      const tree = document.querySelector('rs-host')?.attachShadow({ mode: 'closed' })
      if (tree) tree.innerHTML = '<p>hidden</p>'
      const post = document.querySelector('#post')
      expect(post && snapshotPost(post).html).not.toMatch(/hidden|<template/)
    })
  })

  it('counts what it left out', () => {
    expect(snapshot('<script></script><script></script><iframe></iframe>').dropped).toEqual({
      script: 2,
      iframe: 1,
    })
  })

  it('ends early on a post beyond all measure, and says so', () => {
    const { html, dropped } = snapshot(`<p>${'x'.repeat(4_000_000)}</p><p>${'y'.repeat(4_000_000)}</p>`)
    expect(html.length).toBeLessThan(6_100_000)
    expect(dropped['(beyond the size limit)']).toBeGreaterThan(0)
  })
})
