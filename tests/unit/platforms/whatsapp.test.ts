// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { whatsapp } from '../../../utils/platforms/whatsapp'
import { phoneIn, placeOf } from '../../../utils/platforms/whatsapp-parts'

function withId(id: string): Element {
  const element = document.createElement('div')
  element.setAttribute('data-id', id)
  return element
}

describe('the id of a message', () => {
  it.each([
    [
      'false_447700900123@c.us_3EB0A1B2C3D4',
      { id: '3EB0A1B2C3D4', chat: '447700900123@c.us', sender: null, isOwn: false },
    ],
    [
      'true_120363000000000001@g.us_3EB0A1B2C3D4_447700900123@c.us',
      { id: '3EB0A1B2C3D4', chat: '120363000000000001@g.us', sender: '447700900123@c.us', isOwn: true },
    ],
    ['3EB0A1B2C3D4E5F6', { id: '3EB0A1B2C3D4E5F6', chat: null, sender: null, isOwn: null }],
    ['true_3EB0A1B2C3D4E5F6', { id: '3EB0A1B2C3D4E5F6', chat: null, sender: null, isOwn: true }],
  ])('%s', (id, place) => expect(placeOf(withId(id))).toEqual(place))

  it.each(['', 'short', 'divider-2026-11-17', 'false_447700900123@c.us_', 'a b c d e f g h i'])(
    '%s is none',
    (id) => expect(placeOf(withId(id)).id).toBeNull(),
  )
})

describe('a telephone number', () => {
  it.each([
    ['+44 7700 900123', '+447700900123'],
    ['\u202a+44\u00a07700\u00a0900123\u202c', '+447700900123'],
    ['+1 (555) 010-0199', '+15550100199'],
  ])('%s is %s', (shown, number) => expect(phoneIn(shown)).toBe(number))

  it.each([null, '', 'Wren Wade', '900123', '+44', '10:15', '+44 7700 900123 Wren', `+${'1'.repeat(20)}`])(
    '%s is none',
    (shown) => expect(phoneIn(shown)).toBeNull(),
  )
})

describe('a message that answers another', () => {
  it.each(['truncated', 'deleted-and-edited', 'reply'])(
    'is not by whoever is quoted, where the quotation has lost its mark: %s',
    (name) => {
      const html = readFileSync(`tests/fixtures/platforms/whatsapp/${name}/page.html`, 'utf8')
      const mark = ' data-testid="quoted-message"'
      expect(html).toContain(mark)
      const read = (page: string) => {
        const parsed = new DOMParser().parseFromString(page, 'text/html')
        const address = new URL('https://web.whatsapp.com/')
        const posts = whatsapp.findPosts(parsed, address)
        return posts.map((post) => {
          const { author, text, isDeleted } = whatsapp.readPost(
            post,
            address,
            new Date('2026-11-22T12:00:00Z'),
          )
          return { author, text, isDeleted }
        })
      }
      expect(read(html.replaceAll(mark, ''))).toEqual(read(html))
    },
  )
})

describe('a page that contradicts itself', () => {
  const address = new URL('https://web.whatsapp.com/')
  const page = new DOMParser().parseFromString(
    '<div id="main"><div data-id="false_120363000000000001@g.us_3EB0A1B2C3D4_447700900789@c.us">' +
      '<div class="message-in"><span aria-label="Juna Marsh:"></span><span data-testid="author">Raven</span>' +
      '<span data-testid="author">+44 7700 900456</span>' +
      '<div class="copyable-text" data-pre-plain-text="[10:15, 21/11/2026] Rook: "><span class="selectable-text">Words' +
      '</span></div></div></div></div>',
    'text/html',
  )

  it('is read as shown, and every other statement is told', () => {
    const [post] = whatsapp.findPosts(page, address)
    const now = new Date('2026-11-22T12:00:00.000Z')
    const reading = post && whatsapp.readPost(post, address, now)
    expect(reading?.author).toEqual({
      handle: '+447700900456',
      name: 'Raven',
      profile: null,
      id: '447700900789@c.us',
    })
    expect(post && whatsapp.otherSources?.(post, address, now)).toEqual([
      { fact: 'name', source: 'embedded-data', value: 'Rook' },
      { fact: 'name', source: 'label', value: 'Juna Marsh' },
      { fact: 'handle', source: 'id', value: '+447700900789' },
    ])
  })
})
