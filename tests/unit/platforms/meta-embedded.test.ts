// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { findByCode, findByPostId, metaOf, scriptsNaming } from '../../../utils/platforms/meta-embedded'

function pageWith(...scripts: string[]): Document {
  const body = scripts.map((text) => `<script type="application/json">${text}</script>`).join('')
  return new DOMParser().parseFromString(`<html><head></head><body>${body}</body></html>`, 'text/html')
}

const post = (code: string, text: string) => ({
  code,
  caption: { text },
  user: { username: 'rex' },
  taken_at: 1_794_560_400,
})

describe('a post in the data of Instagram and Threads', () => {
  it('is found by its code, however deep', () => {
    const page = pageWith(
      JSON.stringify({ a: [[{ b: { post: post('DfrQ1', 'one') } }], { post: post('DfrQ2', 'two') }] }),
    )
    expect(findByCode(page, 'DfrQ2')).toEqual({
      text: 'two',
      handle: 'rex',
      posted: '2026-11-13T09:00:00.000Z',
    })
  })

  it('is the copy that says most', () => {
    const page = pageWith('{"code":"DfrQ1"}', JSON.stringify(post('DfrQ1', 'one')))
    expect(findByCode(page, 'DfrQ1')?.text).toBe('one')
  })

  it('is none in what is no JSON, or of another code, or of other types', () => {
    expect(findByCode(pageWith('{"code":"DfrQ1"', JSON.stringify(post('DfrQ2', 'two'))), 'DfrQ1')).toBeNull()
    const odd = pageWith('{"code":"DfrQ1","caption":["x"],"user":7,"taken_at":"soon"}')
    expect(findByCode(odd, 'DfrQ1')).toEqual({ text: null, handle: null, posted: null })
  })

  it('ends on data that nest without end, and on long lists', () => {
    const deep = `${'['.repeat(5_000)}{"code":"DfrQ1"}${']'.repeat(5_000)}`
    const wide = JSON.stringify([...Array.from({ length: 60_000 }, (_, n) => n), 'DfrQ1'])
    expect(findByCode(pageWith(deep), 'DfrQ1')).toEqual({ text: null, handle: null, posted: null })
    expect(findByCode(pageWith(wide), 'DfrQ1')).toBeNull()
  })
})

it('finds a post of Facebook by its number, with the first words and time inside it', () => {
  const story = {
    post_id: '122100000000555',
    a: { message: { text: 'words' } },
    b: { creation_time: 1_794_560_400 },
  }
  const page = pageWith(JSON.stringify({ node: story }))
  expect(findByPostId(page, '122100000000555')).toEqual({
    text: 'words',
    handle: null,
    posted: '2026-11-13T09:00:00.000Z',
  })
  expect(findByPostId(page, '1221')).toBeNull()
})

it('looks for words in scripts with data alone, and at no more than some of them', () => {
  const page = pageWith('{"a":"needle"}', '{"a":"hay"}')
  expect(scriptsNaming(page, ['needle', '"a"'])).toHaveLength(1)
  expect(scriptsNaming(pageWith(`"${'x'.repeat(3_000_001)}"`, '"needle"'), ['needle'])).toEqual([])
  const other = new DOMParser().parseFromString('<script>"needle"</script>', 'text/html')
  expect(scriptsNaming(other, ['needle'])).toEqual([])
})

it('reads what the head of the page says, not what somebody wrote into its body', () => {
  const html =
    '<head><meta property="og:title" content="Rex"></head><body><meta name="og:url" content="x"></body>'
  const page = new DOMParser().parseFromString(`<html>${html}</html>`, 'text/html')
  expect(metaOf(page, 'og:title')).toBe('Rex')
  expect(metaOf(page, 'og:url')).toBeNull()
})
