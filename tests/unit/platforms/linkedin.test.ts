// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { linkedin } from '../../../utils/platforms/linkedin'
import { commentUrnIn, postUrnIn, postUrnInKey } from '../../../utils/platforms/linkedin-ids'

const address = new URL('https://www.linkedin.com/feed/')
const now = new Date('2026-11-22T12:00:00.000Z')

function open(name: string): Document {
  const html = readFileSync(`tests/fixtures/platforms/linkedin/${name}/page.html`, 'utf8')
  return new DOMParser().parseFromString(html, 'text/html')
}

function readAll(page: Document) {
  return linkedin.findPosts(page, address).map((post) => linkedin.readPost(post, address, now))
}

describe('ids of LinkedIn', () => {
  it.each([
    ['CgoIjsejvOXquuse-replaceableCommentToolsX', 'activity', '1111111111111111111'],
    ['EgoIqtXqtLDAsMJc-replaceableCommentToolsX', 'ugcPost', '3333333333333333333'],
    ['CgsIgICIqvf8v8fMAQ-replaceableCommentToolsX', 'activity', '7370000000000000000'],
    ['CgsIgICIqvf8v8fMAQ==-commentListX', 'activity', '7370000000000000000'],
  ])('reads the post in the key %s', (key, type, id) => {
    expect(postUrnInKey(key)).toEqual({ type, id })
  })

  it.each([
    null,
    '',
    'GgoIjsejvOXquuse-replaceableCommentToolsX',
    'CgoIjsejvOXquus-replaceableCommentToolsX',
    'CgoIjsejvOXquuseAA-replaceableCommentToolsX',
    '%%%%%%%%%%-replaceableCommentToolsX',
    'CgoIjsejvOXquuse-somethingElse',
  ])('knows no post in the key %s', (key) => {
    expect(postUrnInKey(key)).toBeNull()
  })

  it('reads posts and comments in every writing of their names', () => {
    const post = { type: 'ugcPost', id: '7370000000000000011' }
    expect(postUrnIn('/feed/update/urn%3Ali%3AugcPost%3A7370000000000000011/?a=b')).toEqual(post)
    for (const inner of ['ugcPost', 'urn:li:ugcPost'])
      expect(commentUrnIn(`urn:li:comment:(${inner}:7370000000000000011,7370000000000000022)`)).toEqual({
        post,
        id: '7370000000000000022',
      })
  })
})

describe('linkedin', () => {
  it("does not take a scheduled post's id for its time", () => {
    const [reading] = readAll(open('scheduled'))
    expect(reading?.posted).toMatchObject({ asShown: '4h', iso: null, source: 'relative' })
  })

  it('believes ids against now only when most posts agree on when the page was drawn', () => {
    const page = open('drawn-days-ago')
    expect(readAll(page).map((reading) => reading.posted.iso !== null)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ])
    const few = open('drawn-days-ago')
    const cards = [...few.querySelectorAll('[data-display-contents] > div > [componentkey^="expanded"]')]
    for (const card of cards.slice(2)) card.remove()
    expect(readAll(few).map((reading) => reading.posted.iso)).toEqual([null, null])
  })

  it('takes the spoken words of a link for no name', () => {
    const page = open('older')
    const title = 'update-components-actor__title'
    for (const name of page.querySelectorAll(`.${title}`)) name.classList.remove(title)
    const names = readAll(page).map(({ author }) => author.name)
    expect(names).toContain(null)
    expect(names.filter((name) => name?.includes('profile'))).toEqual([])
  })

  it('reads the same without the English labels', () => {
    const page = open('comments')
    const before = readAll(page)
    for (const element of page.querySelectorAll('[aria-label]')) element.removeAttribute('aria-label')
    expect(readAll(page)).toEqual(before)
  })

  it.each(['https://www.linkedin.com/feed/', 'https://nl.linkedin.com/posts/a'])('knows %s', (page) => {
    expect(linkedin.recognises(new URL(page), open('plain'))).toBe(true)
  })

  it.each(['https://notlinkedin.com/', 'https://linkedin.com.example/'])('does not know %s', (page) => {
    expect(linkedin.recognises(new URL(page), open('plain'))).toBe(false)
  })
})
