// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { vk } from '../../../utils/platforms/vk'
import { accountAt, wallId, wallIn } from '../../../utils/platforms/vk-parts'

describe('the post that an address names', () => {
  it.each([
    ['/wall-9227140001_3275', '-9227140001_3275'],
    ['/wall9310000002_611', '9310000002_611'],
    ['https://vk.ru/wall-1_2?reply=3&thread=4', '-1_2'],
    ['https://m.vk.com/wall-1_2', '-1_2'],
    ['/feed?w=wall-1_2', '-1_2'],
    ['/quay_today?w=wall-1_2_r3', '-1_2'],
  ])('%s: %s', (href, id) => expect(wallIn(href)).toBe(id))

  it.each([
    null,
    '#',
    '',
    '/wall',
    '/wall-1',
    '/photo-1_2',
    'https://example.org/wall-1_2',
    'javascript:wall-1_2',
  ])('%s names none', (href) => expect(wallIn(href)).toBeNull())

  it.each([
    ['-1_2', '-1_2'],
    ['ad_17', null],
    ['-1_2_3', null],
    ['', null],
    [null, null],
  ])('the value %s is %s', (value, id) => expect(wallId(value)).toBe(id))
})

describe('the account at an address', () => {
  it.each([
    ['/id9310000002', { handle: 'id9310000002', id: '9310000002' }],
    ['/club9227140001', { handle: 'club9227140001', id: '-9227140001' }],
    ['/public9227140001', { handle: 'public9227140001', id: '-9227140001' }],
    ['/yuna.marsh', { handle: 'yuna.marsh', id: null }],
    ['https://m.vk.ru/quay_today', { handle: 'quay_today', id: null }],
    ['https://vk.com/quay_today?from=feed', { handle: 'quay_today', id: null }],
  ])('%s', (href, account) => expect(accountAt(href)).toEqual(account))

  it.each([
    null,
    '/',
    '/feed',
    '/im',
    '/wall9310000002_611',
    '/wall-1_2',
    '/im/convo/1',
    'https://example.org/quay',
  ])('%s is none', (href) => expect(accountAt(href)).toBeNull())
})

describe('the pages of VK', () => {
  const page = new DOMParser().parseFromString('<p>', 'text/html')

  it.each([
    'https://vk.com/feed',
    'https://vk.ru/feed',
    'https://m.vk.com/feed',
    'https://www.vk.com/durov_invented',
  ])('%s is one', (address) => expect(vk.recognises(new URL(address), page)).toBe(true))

  it.each([
    'https://id.vk.com/',
    'https://notvk.com/feed',
    'https://vk.com.example.org/',
    'https://vk.example/',
  ])('%s is none', (address) => expect(vk.recognises(new URL(address), page)).toBe(false))
})

describe('a part of a page', () => {
  const address = new URL('https://vk.com/feed')
  const comment = (id: number, inner = '') =>
    `<div data-testid="wall_comments_comment_root" id="-1_${id}"><a data-testid="comment-avatar" href="/wren"></a>` +
    `<div data-testid="comment-owner">Wren</div><div data-testid="comment-text">Words ${id}</div>${inner}</div>`
  const page = new DOMParser().parseFromString(
    '<article data-testid="post" data-post-id="-1_2"><h3 data-testid="post-header-title">Quay</h3>' +
      `<div data-testid="showmoretext-in">Words</div>${comment(3)}${comment(4)}</article>`,
    'text/html',
  )

  it('gives itself and what lies in it, each once', () => {
    const [post, first] = vk.findPosts(page, address)
    expect(vk.findPosts(page, address)).toHaveLength(3)
    expect(post && vk.findPosts(post, address)).toHaveLength(3)
    expect(first && vk.findPosts(first, address)).toEqual([first])
  })

  it('takes the account of a comment from its picture where the name is no link', () => {
    const [, first] = vk.findPosts(page, address)
    const reading = first && vk.readPost(first, address, new Date('2026-11-22T12:00:00.000Z'))
    expect(reading?.author).toEqual({
      handle: 'wren',
      name: 'Wren',
      profile: 'https://vk.com/wren',
      id: null,
    })
    expect(reading?.text).toBe('Words 3')
    expect(reading?.permalink).toBe('https://vk.com/wall-1_2?reply=3')
    expect(first && vk.otherSources?.(first, address, new Date(0))).toEqual([])
  })
})
