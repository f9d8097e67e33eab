// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { facebook } from '../../../utils/platforms/facebook'

const now = new Date('2026-11-22T12:00:00.000Z')
const address = new URL('https://www.facebook.com/')

const picture = (href: string) => `<a href="${href}" aria-label="Rosa"><svg></svg></a>`

/** What is said of the handle in a post by rosa.9, with these links before the name, this time link and this end. */
function handlesOf(parts: { before?: string; time?: string; after?: string; beside?: string }): string[] {
  const html = `<div aria-posinset="1" role="article">${parts.before ?? ''}<div><div data-ad-rendering-role="profile_name">
    <h3><a href="/rosa.9"><span>Rosa</span></a></h3></div>${parts.beside ?? ''}<a href="${parts.time ?? '?__cft__=a#?b'}">2h</a></div>
    <div data-ad-rendering-role="story_message"><div dir="auto">words</div></div>${parts.after ?? ''}</div>`
  const page = new DOMParser().parseFromString(html, 'text/html')
  const [post] = facebook.findPosts(page, address)
  const said = post ? (facebook.otherSources?.(post, address, now) ?? []) : []
  return said.filter(({ fact }) => fact === 'handle').map(({ source, value }) => `${source} ${value}`)
}

describe('the account of a post on Facebook, said a second time', () => {
  it('is that of the picture before the name', () => {
    expect(handlesOf({ before: picture('/rosa.9') })).toEqual(['profile rosa.9'])
    expect(handlesOf({ before: picture('/lars.7') })).toEqual(['profile lars.7'])
  })

  it('is not that of a story, of a group, or of those who liked it', () => {
    expect(handlesOf({ before: picture('/stories/123/456/'), after: picture('/lars.7') })).toEqual([])
    expect(handlesOf({ before: picture('/lars.7') + picture('/groups/12345/') })).toEqual(['profile lars.7'])
  })

  it('is not compared where one is a number and the other a name', () => {
    expect(handlesOf({ before: picture('/groups/12345/user/678/') })).toEqual([])
  })

  it('is that of the address, but for a post on the page of another account that the head names', () => {
    const time = 'https://www.facebook.com/lars.7/posts/122100000000555'
    expect(handlesOf({ time })).toEqual(['permalink lars.7'])
    expect(handlesOf({ time, beside: '<a href="/lars.7">Lars</a>' })).toEqual([])
    expect(handlesOf({ time: 'https://www.facebook.com/groups/12345/posts/678901' })).toEqual([])
  })
})
