// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import {
  absoluteAddress,
  attributeOf,
  directionOf,
  findAll,
  findClosest,
  findFirst,
  languageOf,
  linksIn,
  readLine,
  readText,
  shorten,
  shownMedia,
} from '../../../utils/platforms/dom'

function parse(html: string): Document {
  return new DOMParser().parseFromString(`<!doctype html><body>${html}</body>`, 'text/html')
}

/** The one element with the id `t`. */
function target(html: string): Element {
  const found = findFirst(parse(html), '[id="t"]')
  if (!found) throw new Error('the test page has no target')
  return found
}

describe('readText', () => {
  it.each([
    ['emoji as their words', 'a<img alt="🕊️">b', 'a🕊️b'],
    ['white space as one space', 'a  \n\t b', 'a b'],
    ['a break', 'a<br>b', 'a\nb'],
    ['two breaks as an empty line', 'a<br><br>b', 'a\n\nb'],
    ['many breaks as one empty line', 'a<br><br><br><br><br>b', 'a\n\nb'],
    ['paragraphs with an empty line', '<p>a</p>\n\n<p>b</p>', 'a\n\nb'],
    ['other blocks on lines of their own', '<div>a</div><div>b</div>c', 'a\nb\nc'],
    ['no breaks around the words', '<p><br>a<br></p>', 'a'],
    ['spaces beside breaks left out', 'a <br> b', 'a\nb'],
    ['code as written', '<pre>a\n  b</pre>', 'a\n  b'],
    [
      'no buttons, no scripts, no repetitions',
      'a<button>more</button><script>x</script><i aria-hidden="true">a</i>',
      'a',
    ],
    ['no forms inside', 'a<form><input name="childNodes">b</form>', 'a'],
  ])('reads %s', (_name, html, text) => {
    expect(readText(target(`<div id="t">${html}</div>`))).toBe(text)
  })

  it('keeps line breaks where they are characters of the text', () => {
    const element = target('<div id="t"><span>a\n\nb</span><span> c</span></div>')
    expect(readText(element, { whiteSpace: 'keep' })).toBe('a\n\nb c')
    expect(readText(element)).toBe('a b c')
  })

  it('leaves out what it is told to, and keeps hidden parts it is told to', () => {
    const element = target('<div id="t">a<q>b</q><i aria-hidden="true">c</i><b>d</b></div>')
    const outside = findAll(element, 'b')
    expect(readText(element, { exclude: 'q', keep: 'i', outside })).toBe('ac')
  })

  it('leaves out pictures it is told to, and those that repeat the words', () => {
    const element = target(
      '<div id="t">a<img alt="b" class="media"><img alt="c" aria-hidden="true"><img alt="d"></div>',
    )
    expect(readText(element, { exclude: '.media' })).toBe('ad')
  })

  it('reads a mention in a block of its own within the sentence', () => {
    const element = target('<div id="t">thanks <div><a href="/x">@x</a></div>, bye</div>')
    expect(readText(element, { inline: 'div' })).toBe('thanks @x, bye')
  })

  it('is null for nothing', () => {
    expect(readText(target('<div id="t"> <br> <img alt=""></div>'))).toBeNull()
    expect(readText(null)).toBeNull()
  })

  it('ends within the bound of the model, and not inside a character', () => {
    const text = readText(target(`<div id="t">${'🌊'.repeat(600_000)}</div>`)) ?? ''
    expect(text.length).toBeLessThanOrEqual(200_000)
    expect(text.isWellFormed()).toBe(true)
  })

  it('ends on nesting without measure', () => {
    const element = target('<div id="t"></div>')
    let deepest: Element = element
    for (let depth = 0; depth < 800; depth += 1) {
      const child = element.ownerDocument.createElement('i')
      deepest.append(child)
      deepest = child
    }
    deepest.append('too deep')
    expect(readText(element)).toBeNull()
  })
})

describe('finding', () => {
  it('gives no form, whose properties the page can replace', () => {
    const page = parse('<form class="a"></form><p class="a">x</p>')
    expect(findFirst(page, '.a')?.tagName).toBe('P')
    expect(findAll(page, '.a')).toHaveLength(1)
    expect(findClosest(findFirst(parse('<form class="b"><p></p></form>'), 'p'), '.b')).toBeNull()
  })

  it('asks the document itself, not what the page put in place of its methods', () => {
    const page = parse('<img name="querySelector"><p class="a">x</p>')
    Object.defineProperty(page, 'querySelector', { value: 'an element' })
    Object.defineProperty(page, 'querySelectorAll', { value: 'an element' })
    expect(findFirst(page, '.a')?.textContent).toBe('x')
    expect(findAll(page, '.a')).toHaveLength(1)
  })

  it('passes over what lies in other elements', () => {
    const page = parse('<section><p>inner</p></section><p>outer</p>')
    expect(findFirst(page, 'p', findAll(page, 'section'))?.textContent).toBe('outer')
  })

  it('is null for an attribute of nothing', () => {
    expect(attributeOf(null, 'href')).toBeNull()
  })
})

describe('absoluteAddress', () => {
  it.each([
    ['/a?b=1', 'https://x.com/a?b=1'],
    ['//other.example/a', 'https://other.example/a'],
    ['http://a.example/ b', 'http://a.example/%20b'],
    ['HTTPS://A.example', 'https://a.example/'],
  ])('%s', (href, address) => {
    expect(absoluteAddress(href, 'https://x.com/home')).toBe(address)
  })

  it.each([
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'blob:https://x.com/1',
    'file:///etc/hosts',
    'http://',
    `/${'a'.repeat(9_000)}`,
    `/${'ö'.repeat(3_000)}`,
    null,
  ])('is null for what is no web address or too long: %.30s', (href) => {
    expect(absoluteAddress(href, 'https://x.com/home')).toBeNull()
  })
})

describe('directionOf and languageOf', () => {
  it.each([
    ['Hello مرحبا', 'ltr'],
    ['مرحبا hello', 'rtl'],
    ['123 — שלום', 'rtl'],
    ['123 …', null],
    ['\u200f123', 'rtl'],
    ['ދިވެހި', 'rtl'],
    ['नमस्ते', 'ltr'],
    ['', null],
  ])('%s', (text, direction) => {
    expect(directionOf(null, text)).toBe(direction)
  })

  it('believes a direction that the element states', () => {
    expect(directionOf(target('<p id="t" dir="RTL"></p>'), 'Hello')).toBe('rtl')
    expect(directionOf(target('<p id="t" dir="auto"></p>'), 'Hello')).toBe('ltr')
  })

  it.each([
    ['ar', 'ar'],
    ['zh-Hant-TW', 'zh-Hant-TW'],
    ['', null],
    ['x"><script>', null],
  ])('lang %s', (lang, language) => {
    const element = target('<p id="t"></p>')
    element.setAttribute('lang', lang)
    expect(languageOf(element)).toBe(language)
  })
})

describe('linksIn', () => {
  it('gives web addresses only, with the words shown', () => {
    const element = target(
      '<p id="t"><a href="/a"> one\n two</a><a href="javascript:x">bad</a><a>none</a><a href="https://b.example">b</a></p>',
    )
    expect(linksIn(element, 'https://x.com')).toEqual([
      { address: 'https://x.com/a', text: 'one two' },
      { address: 'https://b.example/', text: 'b' },
    ])
  })

  it('gives at most 200', () => {
    expect(
      linksIn(target(`<p id="t">${'<a href="/a">a</a>'.repeat(500)}</p>`), 'https://x.com'),
    ).toHaveLength(200)
  })
})

describe('one line', () => {
  it('joins lines and ends within the bound of the model', () => {
    expect(readLine(target('<p id="t">a<br>b</p>'))).toBe('a b')
    expect(shorten('x'.repeat(5_000))).toHaveLength(2_000)
    expect(shorten(' \n ')).toBeNull()
    expect(shorten(null)).toBeNull()
  })

  it('has no empty alternative text', () => {
    expect(shownMedia('image', null, ' ').alt).toBeNull()
  })
})
