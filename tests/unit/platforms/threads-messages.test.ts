// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { threads } from '../../../utils/platforms/threads'
import { stripPage } from '../../support/broken-page'

const address = new URL('https://www.threads.com/messages/t/1000200030004000/')
const now = new Date('2026-11-22T12:00:00.000Z')

function parse(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html')
}

function read(html: string) {
  const page = parse(html)
  return threads.findPosts(page, address).map((post) => threads.readPost(post, address, now))
}

const head = '<a href="/@grebe.tamsin"><span dir="auto">grebe.tamsin</span></a>'
const face = (handle: string) => `<a href="/@${handle}"><img src="https://example.org/face.jpg"></a>`
const grid = (inside: string) => `<div role="grid">${inside}</div>`
const row = (inside: string) => `<div role="row"><div role="gridcell">${inside}</div></div>`

function bubble(words: string, place = 'flex-start'): string {
  return `<div style="display:flex;justify-content:${place}"><div style="background-color:rgb(24, 24, 24)"><span dir="auto">${words}</span></div></div>`
}

describe('who wrote a direct message on Threads', () => {
  it('is the account of the head where no picture stands, on the others’ side only', () => {
    const readings = read(`${head}${grid(row(bubble('One')) + row(bubble('Two', 'flex-end')))}`)
    expect(readings.map(({ author }) => author.handle)).toEqual(['grebe.tamsin', null])
    expect(readings[1]?.missing).toContainEqual({ field: 'author.handle', reason: 'own-message' })
  })

  it('is nobody known in a group, or where nothing puts the message aside', () => {
    const group = row(bubble('One')) + row(face('osric.pell') + bubble('Two'))
    expect(read(`${head}${grid(group)}`).map(({ author }) => author.handle)).toEqual([null, 'osric.pell'])
    const [aside] = read(`${head}${grid(row(bubble('One', 'normal')))}`)
    expect(aside?.author.handle).toBeNull()
    expect(aside?.missing).toContainEqual({ field: 'author.handle', reason: 'not-in-page' })
  })

  it('is hearsay, and the page says none of it twice', () => {
    const page = parse(grid(row(face('osric.pell') + bubble('One'))))
    const [post] = threads.findPosts(page, address)
    expect(post && threads.isHearsay?.(post, threads.readPost(post, address, now))).toBe(true)
    expect(post && threads.otherSources?.(post, address, now)).toEqual([])
  })
})

describe('what is a direct message on Threads', () => {
  it('has words on a ground, or somebody’s words: a note in the middle has neither', () => {
    const middle = '<div style="display:flex;justify-content:center"><span dir="auto">9:14 PM</span></div>'
    expect(read(grid(row(middle)))).toEqual([])
    expect(
      read(grid(row(`${face('osric.pell')}<span dir="auto">🔥</span>`))).map(({ text }) => text),
    ).toEqual(['🔥'])
  })

  it('has no words where two stand on a ground', () => {
    const [reading] = read(grid(row(face('osric.pell') + bubble('What was said') + bubble('The answer'))))
    expect(reading?.text).toBeNull()
    expect(reading?.missing).toContainEqual({ field: 'text', reason: 'not-certain-which' })
  })

  it('is a cell where the grid has no rows', () => {
    const cells = `<div role="gridcell">${bubble('One')}</div><div role="gridcell">${bubble('Two')}</div>`
    expect(read(grid(cells)).map(({ text }) => text)).toEqual(['One', 'Two'])
  })

  it('does not stand in the list of conversations, nor outside of a conversation', () => {
    const list = `<div role="link">${bubble('One')}</div>`
    expect(read(`${list}${grid(row(list))}`)).toEqual([])
    const page = parse(grid(row(bubble('One'))))
    for (const path of ['/messages/', '/messages/requests'])
      expect(threads.findPosts(page, new URL(path, address))).toEqual([])
  })
})

describe('pages of messages on Threads', () => {
  it.each(['messages', 'messages-right-to-left'])(
    '%s, rebuilt, gives nothing where messages are expected',
    (name) => {
      const html = readFileSync(`tests/fixtures/platforms/threads/${name}/page.html`, 'utf8')
      const page = parse(stripPage(html, null))
      expect(threads.findPosts(page, address)).toEqual([])
      expect(threads.expectsPosts?.(address, page)).toBe(true)
    },
  )

  it.each([
    ['/messages/', false],
    ['/messages/requests', false],
    ['/messages/t/1000200030004000', true],
    ['/settings', false],
    ['/@grebe.tamsin', true],
  ])('%s: posts are expected: %s', (path, expected) => {
    expect(threads.expectsPosts?.(new URL(path, address), parse(''))).toBe(expected)
  })
})
